import type { Until } from '../options/options.ts';
import { taskMatcher } from '../store/filter.ts';
import type { Account } from './account.ts';
import { startDownloads } from './downloads.ts';
import { startEffects } from './effects.ts';
import type { WriteExport } from './export.ts';
import { endHooks, openHooks } from './hooks.ts';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { startIdInput } from '../list/id-input.ts';
import { fileEvent, startJson, taskEvent } from '../output/json.ts';
import { painter } from '../output/paint.ts';
import { savedLine, startPlain } from '../output/plain.ts';
import { summaryLines } from '../output/summary.ts';
import { createUnsavedReport } from '../output/unsaved.ts';
import { findTask } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { installExitHandlers } from '../terminal/exits.ts';
import { createRestore } from '../terminal/restore.ts';
import { exitCodeOf, isDecided, isOver, waitForEnd } from './end-condition.ts';
import { whatResumes } from './resume.ts';
import type { Session } from './session.ts';

/** Watches without a screen, for pipes, scripts and screen readers. The exit code says what came of it. */
export async function runHeadless(
  session: Session & { readonly output: 'plain' | 'json' | 'quiet' },
  account: Account,
  writeExport: WriteExport,
): Promise<ExitCode> {
  const { output, options, store, poller, journal, capabilities, glyphs, readsStdin } = session;
  const write = (text: string) => void process.stdout.write(text);
  const complain = (text: string) => void process.stderr.write(`cliptop: ${sanitizeLine(text)}\n`);
  session.notices.forEach(complain);
  // What went wrong while the list was opened.
  const { flash } = store.getState();
  if (flash !== null) complain(flash.text);

  const hooks = await openHooks(session, {
    quiet: false,
    isComplete: () => downloads.isIdle() && input.inputEnded(),
  });
  const paint = painter(capabilities.color.value, session.theme);
  const json = output === 'json' ? startJson({ store, write, tasks: !options.once }) : null;
  const removeHandlers = installExitHandlers({
    restore: createRestore({ interactive: false }),
    save: () => {
      endHooks(hooks);
      journal?.close();
      writeExport();
    },
    onSignal: signal => json?.end(exitCodes[signal]),
    redact: session.redact,
  });
  const stopEffects = startEffects({ store, journal, logFile: options.logFile });
  const stopFlashes = store.subscribe((state, previous) => {
    if (state.flash !== null && state.flash !== previous.flash) complain(state.flash.text);
  });
  const isShown = taskMatcher(store.getState());
  const writeTasks = (change: 'added' | 'status') => {
    for (const task of store.getState().tasks.filter(isShown)) write(taskEvent(task, change, Date.now()));
  };
  if (json !== null && !options.once) writeTasks('added');
  const stopPlain = output === 'plain' && !options.once ? startPlain({ store, write, glyphs, paint }) : () => undefined;

  const unsaved = createUnsavedReport(complain);
  const downloads = startDownloads(session, {
    quiet: false,
    onFile: file => {
      const task = findTask(store.getState(), file.task);
      const now = Date.now();
      const line = output === 'json' ? fileEvent(file, now) : output === 'plain' ? savedLine(file, task, now) : null;
      if (line !== null) write(line);
      if (output !== 'json') unsaved.onFile(file, task);
      hooks.onFile(file);
    },
  });
  const input = startIdInput({ ...session, complain });
  void input.inputEnd.then(hooks.check);
  const recent = account.addRecent(complain);
  account.discover((text, hushed) => {
    if (hushed !== true) complain(text);
  });
  // Like tail -f: who follows a file, or looks for new tasks, waits for more.
  const until = options.until ?? (options.follow || options.discover ? 'never' : 'all');
  const { end, stop: stopWaiting } = waitForEnd({
    store,
    isDecided: state => !options.once && isDecided(state, until, options.failFast),
    // A list that another cliptop has emptied has nothing left to wait for.
    isOver: state =>
      options.once
        ? poller.roundFinished && downloads.isIdle()
        : (isOver(state, until, options.failFast) && downloads.isIdle()) ||
          (state.tasks.length === 0 && until !== 'never' && !options.follow),
    onRoundFinished: session.onRoundFinished,
    inputEnd: Promise.all([input.inputEnd, recent]).then(() => undefined),
    timeout: session.timeout,
  });
  const seen = { any: store.getState().tasks.length > 0 };
  const stopSeeing = store.subscribe(({ tasks }) => (seen.any ||= tasks.length > 0));
  poller.start();
  await end;
  for (const stop of [stopWaiting, stopSeeing, input.stop, stopPlain]) stop();
  await poller.stop();
  await downloads.stop();
  unsaved.end();
  // Each of them within its time: a script that goes on finds done what they do.
  await hooks.settle();
  for (const stop of [stopFlashes, stopEffects]) stop();
  const state = store.getState();
  const isEmptyInput = readsStdin && !seen.any && input.inputEnded();
  const exported = writeExport();
  const code = codeOf(state, {
    exported,
    until,
    isEmptyInput,
    rejected: input.rejected(),
    stillOpen: readsStdin && !input.inputEnded(),
    recent: account.exitCode(),
  });
  if (isEmptyInput && !input.rejected()) complain('standard input held no task id');
  if (json !== null) {
    if (options.once) writeTasks('status');
    json.stop();
    json.end(code);
  } else if (output === 'plain' && state.tasks.length > 0) {
    const columns = process.stdout.isTTY ? process.stdout.columns || capabilities.size.value.columns : 120;
    const lines = summaryLines(state, {
      glyphs,
      columns,
      paint,
      filtered: true,
      resumes: whatResumes({ ...session, keymap: store.getState().keymap }),
    });
    write(`${options.once ? '' : '\n'}${lines.join('\n')}\n`);
  }
  removeHandlers();
  return code;
}

type Outcome = {
  /** Whether what `--export` asks for is written. */
  readonly exported: boolean;
  readonly until: Until;
  readonly isEmptyInput: boolean;
  readonly rejected: boolean;
  /** Whether standard input is still open. */
  readonly stillOpen: boolean;
  /** What came of the tasks that were asked for by their time or number. */
  readonly recent: ExitCode;
};

/** What came of it, and of ids on standard input that could not be taken: they count only where all else went well. */
function codeOf(state: State, { exported, until, isEmptyInput, rejected, stillOpen, recent }: Outcome): ExitCode {
  if (state.demo) return exported ? exitCodes.ok : exitCodes.failed;
  if (isEmptyInput) return exitCodes.usage;
  const code = exitCodeOf(state, until);
  if (!exported && code !== exitCodes.refused) return exitCodes.failed;
  if (code !== exitCodes.ok) return code;
  if (rejected) return exitCodes.usage;
  if (recent !== exitCodes.ok) return recent;
  // What may still come from standard input is open, but for who waits for any one task.
  return stillOpen && !isDecided(state, until, false) ? exitCodes.open : code;
}
