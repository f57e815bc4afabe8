import { startEffects } from './effects.ts';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { startIdInput } from '../list/id-input.ts';
import type { Options } from '../options/options.ts';
import { startJson, taskEvent } from '../output/json.ts';
import { painter } from '../output/paint.ts';
import { startPlain } from '../output/plain.ts';
import { summaryLines } from '../output/summary.ts';
import type { Poller } from '../poll/poller.ts';
import type { Journal } from '../journal/journal.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { glyphsFor } from '../screen/theme.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { installExitHandlers } from '../terminal/exits.ts';
import { createRestore } from '../terminal/restore.ts';
import { exitCodeOf, isDecided, isOver, waitForEnd } from './end-condition.ts';
import type { WatchList } from '../list/watch-list.ts';

export type RunHeadlessOptions = {
  readonly mode: 'plain' | 'json' | 'quiet';
  readonly options: Options;
  readonly store: Store;
  readonly poller: Poller;
  readonly list: WatchList;
  readonly journal: Journal | null;
  readonly capabilities: Capabilities;
  readonly readsStdin: boolean;
  /** Lines for the person; they go to standard error. */
  readonly notices: readonly string[];
  /** Takes the tokens out of a text that is printed when everything else failed. */
  readonly redact: (text: string) => string;
};

/** Watches without a screen, for pipes, scripts and screen readers. The exit code says what came of it. */
export async function runHeadless(run: RunHeadlessOptions): Promise<ExitCode> {
  const { mode, options, store, poller, list, journal, capabilities } = run;
  const write = (text: string) => void process.stdout.write(text);
  const complain = (text: string) => void process.stderr.write(`cliptop: ${sanitizeLine(text)}\n`);
  run.notices.forEach(complain);
  // What went wrong while the list was opened.
  const { flash } = store.getState();
  if (flash !== null) complain(flash.text);

  const glyphs = glyphsFor(options.ascii || !capabilities.unicode.value);
  const paint = painter(capabilities.color.value);
  const json = mode === 'json' ? startJson({ store, write, tasks: !options.once }) : null;
  const removeHandlers = installExitHandlers({
    restore: createRestore({ interactive: false }),
    save: () => void journal?.close(),
    onSignal: signal => json?.end(exitCodes[signal]),
    redact: run.redact,
  });
  const stopEffects = startEffects({ store, journal, logFile: options.logFile });
  const stopFlashes = store.subscribe((state, previous) => {
    if (state.flash !== null && state.flash !== previous.flash) complain(state.flash.text);
  });
  if (json !== null && !options.once)
    for (const task of store.getState().tasks) write(taskEvent(task, 'added', Date.now()));
  const stopPlain = mode === 'plain' && !options.once ? startPlain({ store, write, glyphs, paint }) : () => undefined;

  const feeds = startIdInput({ options, list, journal, readsStdin: run.readsStdin, complain });
  // Like tail -f: who follows a file waits for more.
  const until = options.until ?? (options.follow ? 'never' : 'all');
  const { end, stop: stopWaiting } = waitForEnd({
    store,
    isDecided: state => !options.once && isDecided(state, until, options.failFast),
    // A list that another cliptop has emptied has nothing left to wait for.
    isOver: state =>
      options.once
        ? poller.askedOnce
        : isOver(state, until, options.failFast) || (state.tasks.length === 0 && until !== 'never' && !options.follow),
    inputEnd: feeds.inputEnd,
    timeout: options.timeout,
    lookEvery: options.once ? 50 : undefined,
  });
  const seen = { any: store.getState().tasks.length > 0 };
  const stopSeeing = store.subscribe(({ tasks }) => (seen.any ||= tasks.length > 0));
  poller.start();
  await end;
  for (const stop of [stopWaiting, stopSeeing, feeds.stop, stopPlain, stopFlashes, stopEffects]) stop();

  const state = store.getState();
  const isEmptyInput = run.readsStdin && !seen.any && feeds.inputEnded();
  const code = codeOf(state, {
    isEmptyInput,
    rejected: feeds.rejected(),
    stillOpen: run.readsStdin && !feeds.inputEnded(),
  });
  if (isEmptyInput && !feeds.rejected()) complain('standard input held no task id');
  if (json !== null) {
    if (options.once) for (const task of state.tasks) write(taskEvent(task, 'status', Date.now()));
    json.stop();
    json.end(code);
  } else if (mode === 'plain' && state.tasks.length > 0) {
    const columns = process.stdout.isTTY ? process.stdout.columns || capabilities.size.value.columns : 120;
    write(`${options.once ? '' : '\n'}${summaryLines(state, { glyphs, columns, paint }).join('\n')}\n`);
  }
  removeHandlers();
  return code;
}

/** What came of it, and of ids on standard input that could not be taken: they count only where all else went well. */
function codeOf(
  state: State,
  { isEmptyInput, rejected, stillOpen }: { isEmptyInput: boolean; rejected: boolean; stillOpen: boolean },
): ExitCode {
  if (state.demo) return exitCodes.ok;
  if (isEmptyInput) return exitCodes.usage;
  const code = exitCodeOf(state);
  if (code !== exitCodes.ok) return code;
  return rejected ? exitCodes.usage : stillOpen ? exitCodes.open : code;
}
