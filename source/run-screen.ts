import { closeSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import { providers } from './api/provider.ts';
import type { Leave } from './commands/commands.ts';
import type { Config } from './config.ts';
import { startEffects } from './effects.ts';
import { startFeeds } from './feeds.ts';
import { defaultKeymap, rebind } from './keymap.ts';
import type { RunLinesOptions } from './run-lines.ts';
import type { Sources } from './sources.ts';
import { countByStatus } from './store/select.ts';
import { glyphsFor } from './table/theme.ts';
import { childEnvironment } from './terminal/child-environment.ts';
import { installExitHandlers } from './terminal/exits.ts';
import { revealFunctionKeys } from './terminal/function-keys.ts';
import { notification, notificationProtocol } from './terminal/notify.ts';
import { createProgressBar } from './terminal/progress.ts';
import { createRestore } from './terminal/restore.ts';
import { createTitle, titleText } from './terminal/title.ts';
import { openTerminalDescriptor } from './terminal/tty.ts';
import { startTui } from './tui.tsx';
import { isOver } from './until.ts';

export type RunScreenOptions = Omit<RunLinesOptions, 'mode'> & {
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
  const nameCounts = () => title?.set(titleText(countByStatus(store.getState().tasks)));

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
    guest: () => tui.jobControl()?.guest() ?? false,
    redact: run.redact,
  });

  const stopEffects = startEffects({
    store,
    journal,
    logFile: options.logFile,
    notify: text => {
      if (tui.jobControl()?.guest() !== true) write(notification(text, protocol, multiplexer));
    },
    setTitle: text => {
      if (tui.jobControl()?.guest() !== true) title?.set(text);
    },
    setProgress: report => {
      if (tui.jobControl()?.guest() !== true) bar?.update(report);
    },
  });
  nameCounts();
  const [notice] = run.notices;
  if (notice !== undefined) store.dispatch({ type: 'flash', flash: { level: 'warning', text: notice } });
  for (const text of run.notices) store.dispatch({ type: 'note', at: Date.now(), text });

  const complain = (text: string) => store.dispatch({ type: 'flash', flash: { level: 'error', text } });
  const feeds = startFeeds({ options, list, journal, readsStdin: run.readsStdin, complain });
  poller.start();
  const until = options.until ?? 'never';
  const stopChecking = store.subscribe(state => {
    if (isOver(state, until, options.failFast)) left.resolve('over');
  });
  const timer = options.timeout === undefined ? undefined : setTimeout(() => left.resolve('over'), options.timeout);

  const how = await left.promise;
  clearTimeout(timer);
  for (const stop of [stopChecking, feeds.stop, stopEffects]) stop();
  tui.unmount();
  restore.run();
  removeHandlers();
  hideFunctionKeys();
  stdin.pause();
  stdin.unref();
  if (guestInput !== null) closeSync(guestInput);
  return how;
}
