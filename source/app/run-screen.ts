import { closeSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import { providers } from '../api/providers.ts';
import type { Leave } from '../commands/commands.ts';
import type { Config } from '../options/config.ts';
import { startEffects } from './effects.ts';
import { startIdInput } from '../list/id-input.ts';
import { defaultKeymap, rebind } from '../keymap.ts';
import type { RunHeadlessOptions } from './run-headless.ts';
import type { Sources } from '../api/sources.ts';
import { countByStatus } from '../store/selectors.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { glyphsFor } from '../screen/theme.ts';
import { childEnvironment } from '../terminal/child-process.ts';
import { installExitHandlers } from '../terminal/exits.ts';
import { revealFunctionKeys } from '../terminal/function-keys.ts';
import { notification, notificationProtocol } from '../terminal/notify.ts';
import { createProgressBar } from '../terminal/progress.ts';
import { createRestore } from '../terminal/restore.ts';
import { createTitle, titleText } from '../terminal/title.ts';
import { openTerminalDescriptor } from '../terminal/tty.ts';
import { startTui } from './run-tui.tsx';
import { isDecided, isOver, waitForEnd } from './end-condition.ts';
import { redirectWarnings } from '../terminal/node-warnings.ts';

export type RunScreenOptions = Omit<RunHeadlessOptions, 'mode'> & {
  readonly config: Config;
  readonly sources: Sources;
  /** The controlling terminal, where standard input is a pipe. */
  readonly keys: ReadStream | null;
};

/** Watches on the screen until the person leaves, or until it is over where that was asked for. */
export async function runScreen(run: RunScreenOptions): Promise<Leave> {
  const { options, config, store, poller, list, journal, capabilities, sources, keys } = run;
  const keymap = config.keys === undefined ? defaultKeymap : rebind(config.keys);
  const stdin = keys ?? process.stdin;
  const { stdout } = process;
  const write = (bytes: string) => void stdout.write(bytes);
  const multiplexer = capabilities.multiplexer.value;

  // Ink leaves the alternate screen itself, on every way out.
  const restore = createRestore({ interactive: true, stdin });
  const guestInput = keys === null ? null : openTerminalDescriptor();
  const title = options.title && capabilities.title.value ? createTitle(write) : null;
  const bar = options.progress && capabilities.progress.value ? createProgressBar(write) : null;
  restore.add(writeLast => title?.close(writeLast));
  restore.add(writeLast => bar?.close(writeLast));
  const protocol = notificationProtocol(options.notify ?? config.notify ?? 'auto', capabilities.notification.value);
  const note = (text: string) => store.dispatch({ type: 'note', at: Date.now(), text: sanitizeLine(text) });
  const nameCounts = () => title?.set(titleText(countByStatus(store.getState().tasks)));

  const restoreWarnings = redirectWarnings(text => note(run.redact(text)));
  const hideFunctionKeys = revealFunctionKeys(stdin);
  const left = Promise.withResolvers<Leave>();
  const tui = startTui({
    options,
    store,
    poller,
    list,
    capabilities,
    glyphs: glyphsFor(options.ascii || !capabilities.unicode.value),
    keymap,
    clipboard: options.clipboard ?? config.clipboard ?? 'auto',
    player: options.player ?? config.player ?? null,
    stdin,
    stdout,
    childEnvironment: childEnvironment(
      process.env,
      providers.map(({ tokenVariable }) => tokenVariable),
      { secrets: sources.tokens },
    ),
    terminalInput: guestInput ?? 'inherit',
    write,
    leave: () => {
      title?.close();
      bar?.close();
    },
    enter: nameCounts,
    onLeave: left.resolve,
  });
  const removeHandlers = installExitHandlers({
    restore,
    stdin,
    unmount: tui.unmount,
    save: () => void journal?.close(),
    foregroundChild: () => tui.jobControl()?.foregroundChild() ?? false,
    redact: run.redact,
  });

  const stopEffects = startEffects({
    store,
    journal,
    logFile: options.logFile,
    isRoundOver: () => poller.idle,
    notify: text => {
      if (tui.jobControl()?.foregroundChild() !== true) write(notification(text, protocol, multiplexer));
    },
    setTitle: text => {
      if (tui.jobControl()?.foregroundChild() !== true) title?.set(text);
    },
    setProgress: report => {
      if (tui.jobControl()?.foregroundChild() !== true) bar?.update(report);
    },
  });
  nameCounts();
  const [notice] = run.notices;
  // Trouble with the saved list is told already, and matters more.
  if (notice !== undefined && store.getState().flash === null) {
    store.dispatch({ type: 'flash', flash: { level: 'warning', text: notice } });
  }
  run.notices.forEach(note);

  const complain = (text: string) => store.dispatch({ type: 'flash', flash: { level: 'error', text } });
  const feeds = startIdInput({ options, list, journal, readsStdin: run.readsStdin, complain });
  const until = options.until ?? 'never';
  const { end, stop: stopWaiting } = waitForEnd({
    store,
    isDecided: state => isDecided(state, until, options.failFast),
    isOver: state => isOver(state, until, options.failFast),
    inputEnd: feeds.inputEnd,
    timeout: options.timeout,
  });
  void end.then(() => left.resolve('over'));
  poller.start();

  const how = await left.promise;
  for (const stop of [stopWaiting, feeds.stop, stopEffects, restoreWarnings]) stop();
  tui.unmount();
  restore.run();
  removeHandlers();
  hideFunctionKeys();
  stdin.pause();
  stdin.unref();
  if (guestInput !== null) closeSync(guestInput);
  return how;
}
