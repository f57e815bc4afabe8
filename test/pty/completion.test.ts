import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { flags } from '../../source/options/flags.ts';
import { installed } from '../terminal/tmux.ts';
import { ids } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

type ShellSetup = {
  /** How `cliptop` is made a function that runs the built program to complete, and else prints its arguments. */
  readonly settings: (command: string) => string;
  readonly file: string;
  readonly start: (path: string) => readonly string[];
};

const printed = `printf '<%s>' "$@"; echo`;
const shells: Readonly<Record<string, ShellSetup>> = {
  bash: {
    settings: command => `PS1='prompt$ '
cliptop() { case $1 in --compl*) ${command} "$@" ;; *) ${printed} ;; esac; }
eval "$(cliptop --completion bash)"
`,
    file: 'bashrc',
    start: path => ['--noprofile', '--rcfile', path, '-i'],
  },
  zsh: {
    settings: command => `PS1='prompt$ '
LISTMAX=0; autoload -Uz compinit; compinit -u -D
cliptop() { case $1 in --compl*) ${command} "$@" ;; *) ${printed} ;; esac; }
eval "$(cliptop --completion zsh)"
`,
    file: '.zshrc',
    start: () => ['-d', '-i'],
  },
  fish: {
    settings: command => `function fish_prompt; echo -n 'prompt$ '; end
function cliptop
    if string match -q -- '--compl*' $argv[1]; ${command} $argv; else; printf '<%s>' $argv; echo; end
end
cliptop --completion fish | source
`,
    file: 'settings.fish',
    start: path => ['--no-config', '-i', '-C', `source ${path}`],
  },
};

/** What is typed, where \t stands for the key Tab, and what the shell hands to the program. */
const lines: readonly (readonly [typed: string, becomes: string])[] = [
  ['--fail\t', '<--fail-fast>'],
  ['--outp\tj\t', '<--output><json>'],
  ['--color ne\t', '<--color><never>'],
  ['--color=ne\t', '<--color><never>'],
  ['-o q\t', '<-o><quiet>'],
  ['--sort time:d\t', '<--sort><time:desc>'],
  ['--columns status,prog\t', '<--columns><status,progress>'],
  ['--download-what audio,cov\t', '<--download-what><audio,cover>'],
  ['--session ev\t', '<--session><evening>'],
  ['--provider mi\t', '<--provider><mine>'],
  ['--service mid\t', '<--service><midjourney>'],
  ['--file some\t', '<--file><some ids.txt>'],
  ['--download mus\t', '<--download><music>'],
  ['--plain task_WEE\t', `<--plain><${ids.weekend}>`],
  ['ccapi/su\t', `<ccapi/suno:${ids.long}>`],
  [`ccapi/suno:task_LO\t`, `<ccapi/suno:${ids.long}>`],
  ['--session evening 1a6\t', `<--session><evening><${ids.window}>`],
  ['-- task_W\t', `<--><${ids.weekend}>`],
];

async function openShell(world: World, name: string): Promise<Terminal> {
  const setup = shells[name];
  if (setup === undefined) throw new Error(`no shell ${name}`);
  await world.simulate([]);
  await world.pipe(['--add', ids.weekend, `ccapi/suno:${ids.long}`]);
  await world.pipe(['--session', 'evening', '--add', ids.window]);
  mkdirSync(join(world.folder, 'config/cliptop'));
  mkdirSync(join(world.folder, 'home/music'));
  writeFileSync(join(world.folder, 'home/some ids.txt'), '');
  const mine = { dialect: 'fetch', baseUrl: 'https://relay.example', token: 'x' };
  writeFileSync(
    join(world.folder, 'config/cliptop/config.json'),
    `{ "providers": { "mine": ${JSON.stringify(mine)}, /* mine */ }, }`,
    { mode: 0o600 },
  );
  world.file('inputrc', 'set completion-query-items 0\nset page-completions off\n');
  const path = world.file(setup.file, setup.settings(`'${process.execPath}' '${world.cli}'`));
  const shell = world.terminal(name, setup.start(path), { columns: 160, rows: 100, env: { ZDOTDIR: world.folder } });
  await shell.waitFor('prompt$');
  return shell;
}

for (const name of Object.keys(shells)) {
  describe.skipIf(!installed(name))(`the completion of ${name}`, () => {
    test('completes flags, values, files and what only cliptop knows', async ({ world }) => {
      const shell = await openShell(world, name);
      for (const [typed, becomes] of lines) {
        const before = shell.output.length;
        shell.send(`cliptop ${typed}\r`);
        const answer = () => /<.*>(?=\r?\n)/.exec(shell.since(before))?.[0] ?? '';
        await shell.until(
          () => answer() !== '',
          () => `cliptop ${typed} was never run`,
        );
        // Some shells write --flag=value, and take back the slash behind a folder.
        expect([
          typed,
          answer()
            .replace(/^(<--[\w-]+)=/, '$1><')
            .replace('/>', '>'),
        ]).toEqual([typed, becomes]);
      }
    });

    test('asks the program that is named, also by a path in the home folder', async ({ world }) => {
      const shell = await openShell(world, name);
      const program = `#!/bin/sh\nexec '${process.execPath}' '${world.cli}' "$@"\n`;
      mkdirSync(join(world.folder, 'home/bin'));
      writeFileSync(join(world.folder, 'home/bin/cliptop'), program, { mode: 0o755 });
      await shell.press('~/bin/cliptop --session ev\t', /--session[ =]evening/);
    });

    test('lists every flag', async ({ world }) => {
      const shell = await openShell(world, name);
      shell.send('cliptop --\t\t');
      for (const flag of flags)
        await shell.until(
          () => shell.output.includes(`--${flag.name}`),
          () => flag.name,
        );
    });
  });
}

describe.concurrent('words for a shell', () => {
  test('are those of the list, with what they are', async ({ world }) => {
    await world.simulate([]);
    await world.pipe(['--add', ids.weekend, `ccapi/suno:${ids.long}`]);
    const { stdout } = await world.pipe(['--complete', 'id', '--plain']);
    expect(stdout).toBe(`${ids.weekend}\tpending\nccapi/suno:${ids.long}\tpending\n`);
  });

  for (const args of [
    [],
    ['nonsense'],
    ['id', '--session', '../x'],
    ['id', '--session'],
    ['provider', '--config', '/'],
  ]) {
    test(`are no trouble for --complete ${args.join(' ')}`, async ({ world }) => {
      const { code, stdout, stderr } = await world.pipe(['--complete', ...args]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toBe(args[0] === 'provider' ? stdout : '');
    });
  }

  test('are never such that they mean something to the shell', async ({ world }) => {
    const own = { 'x; rm': {}, '$(x)': {}, mine: { baseUrl: '\u001b[31mred\n' } };
    const config = world.file('config.json', JSON.stringify({ providers: own }));
    const { stdout } = await world.pipe(['--complete', 'provider', '--config', config]);
    expect(stdout.split('\n').slice(-2)).toEqual(['mine\tred', '']);
  });
});
