import { appendFileSync } from 'node:fs';
import type { Journal } from './session/journal.ts';
import { endedTasks } from './store/changes.ts';
import { countByStatus, findTask } from './store/select.ts';
import type { State } from './store/state.ts';
import type { Store } from './store/store.ts';
import { isFinal, type Task } from './task/task.ts';
import { summarise } from './terminal/notify.ts';
import type { ProgressReport } from './terminal/progress.ts';
import { titleText } from './terminal/title.ts';

export type EffectsOptions = {
  readonly store: Store;
  readonly journal: Journal | null;
  /** Calls the person; not called while notifications are off. */
  readonly notify?: (text: string) => void;
  readonly setTitle?: (text: string) => void;
  readonly setProgress?: (report: ProgressReport | null) => void;
  readonly logFile?: string | undefined;
};

/** What follows from a change without anybody pressing a key. Returns how to stop it. */
export function startEffects({ store, journal, notify, setTitle, setProgress, logFile }: EffectsOptions): () => void {
  let logBroken = false;
  const writeLog = (state: State, previous: State) => {
    if (logFile === undefined || logBroken || state.log === previous.log) return;
    const last = previous.log.at(-1);
    const entries = state.log.slice(last === undefined ? 0 : state.log.lastIndexOf(last) + 1);
    try {
      appendFileSync(logFile, entries.map(({ at, text }) => `${new Date(at).toISOString()} ${text}\n`).join(''));
    } catch (error) {
      logBroken = true;
      const text = `the log file cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`;
      store.dispatch({ type: 'flash', flash: { level: 'error', text } });
    }
  };

  return store.subscribe((state, previous) => {
    writeLog(state, previous);
    if (state.tasks !== previous.tasks) {
      // What had ended before it was first seen is no news.
      const ended = endedTasks(state, previous).filter(task => findTask(previous, task.key)?.status !== 'pending');
      const results = newResults(state, previous);
      if (results.length > 0) journal?.finish(results);
      if (ended.length > 0 && state.bell)
        notify?.(
          summarise(
            countEnded(ended),
            ended.map(task => task.clips[0]?.title ?? null),
          ),
        );
      setTitle?.(titleText(countByStatus(state.tasks)));
    }
    // Re-sent with each answer: Ghostty hides a bar that is silent for 15 seconds.
    if (state.polledAt !== previous.polledAt || state.tasks !== previous.tasks) setProgress?.(progressReport(state));
  });
}

/** The final tasks that changed. One that came onto the list finished has its result on disk already. */
const newResults = (state: State, previous: State): readonly Task[] =>
  state.tasks.filter((task, index) => {
    if (previous.tasks[index] === task || !isFinal(task.status)) return false;
    const before = findTask(previous, task.key);
    return before !== undefined && before !== task;
  });

const countEnded = (tasks: readonly Task[]) => {
  const counts = countByStatus(tasks);
  return { succeeded: counts.succeeded, partial: counts.partial, failed: counts.failed, missing: counts.missing };
};

/** How far all tasks are together; null when nothing is open, which takes the bar away. */
function progressReport({ tasks }: State): ProgressReport | null {
  const counts = countByStatus(tasks);
  const failed = counts.failed + counts.partial + counts.missing;
  const open = tasks.length - failed - counts.succeeded;
  if (open === 0) return null;
  const percent = tasks.reduce(
    (sum, { status, progress }) => sum + (isFinal(status) || status === 'missing' ? 100 : (progress ?? 0)),
    0,
  );
  return { percent: Math.floor(percent / tasks.length), failed: failed > 0 };
}
