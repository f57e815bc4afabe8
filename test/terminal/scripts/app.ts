// A small full-screen program on the parts of source/terminal, for tests to type into.
import { writeFileSync } from 'node:fs';

import { render, Text, useApp, useInput } from 'ink';
import { createElement, useEffect, useState, type ReactElement } from 'react';

import { detectCapabilities } from '../../../source/terminal/capabilities.ts';
import { installExitHandlers } from '../../../source/terminal/exits.ts';
import { openUrl } from '../../../source/terminal/open.ts';
import { createRestore } from '../../../source/terminal/restore.ts';
import { createJobControl, type JobControl } from '../../../source/terminal/job-control.ts';
import { createTitle } from '../../../source/terminal/title.ts';
import { openTerminal, openTerminalDescriptor } from '../../../source/terminal/tty.ts';

const [saved = '/dev/null', player = 'true'] = process.argv.slice(2);
const keys = process.stdin.isTTY ? process.stdin : openTerminal();
if (keys === null) throw new Error('no terminal');
const title = createTitle(bytes => process.stdout.write(bytes));
const restore = createRestore({ interactive: true, stdin: keys });
restore.add(write => title.close(write));

let jobs: JobControl | undefined;
const removeHandlers = installExitHandlers({
  restore,
  unmount: () => view.unmount(),
  save: () => writeFileSync(saved, 'saved'),
  interruptsChild: () => jobs?.interruptsChild() === true,
  stdin: keys,
});

function App(): ReactElement {
  const { suspendTerminal, exit } = useApp();
  const [typed, setTyped] = useState('');
  const [message, setMessage] = useState('');
  useEffect(() => {
    title.set('cliptop 1 running');
    jobs = createJobControl({
      suspendTerminal,
      stdin: keys ?? process.stdin,
      leave: () => title.close(),
      enter: () => title.set('cliptop 1 running'),
    });
    return () => jobs?.close();
  }, [suspendTerminal]);
  useInput((input, key) => {
    if (key.ctrl && input === 'z') void jobs?.suspend().then(stopped => setMessage(`stopped ${String(stopped)}`));
    else if (input === 'o') void play().then(setMessage);
    else if (input === 't') setTimeout(() => void boom());
    else if (input === 'j') setTimeout(() => void Promise.reject(new Error('rejected')));
    else if (input === 'q') exit();
    else setTyped(before => before + input);
  });
  return createElement(Text, null, `app [${typed}] ${message}`);
}

function boom(): never {
  throw new Error('boom \u001b]0;owned\u0007');
}

async function play(): Promise<string> {
  const { env, platform, stdout } = process;
  const result = await openUrl('https://example.com/a.mp3', {
    player,
    capabilities: detectCapabilities({ env, platform, stdout, stdin: { isTTY: true } }),
    runInTerminal: run => (jobs === undefined ? run() : jobs.runInTerminal(run)),
    terminalInput: process.stdin.isTTY ? 'inherit' : (openTerminalDescriptor() ?? 'inherit'),
  });
  return `${result.kind} ${'how' in result ? result.how : result.reason}`;
}

const view = render(createElement(App), { stdin: keys, alternateScreen: true, exitOnCtrlC: false });
await view.waitUntilExit();
removeHandlers();
restore.run();
// The controlling terminal, where it was opened for keys, is still being read and would keep the process alive.
process.exit(0);
