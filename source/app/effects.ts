import { appendFileSync } from 'node:fs';
import type { Journal } from '../journal/journal.ts';
import { createNotificationBatcher } from './notifications.ts';
import type { Session } from './session.ts';
import { endedTasks } from '../store/changes.ts';
import { entryText } from '../store/log-entries.ts';
import { countByStatus, findTask } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { titlePhrase } from '../screen/phrases.ts';
import { isEnded, isFinal, type Task } from '../task/task.ts';
import type { ProgressReport } from '../terminal/progress.ts';

type EffectsOptions = {
  readonly store: Store;
  readonly journal: Journal | null;
  /** Calls the person; not called while notifications are off. */
  readonly notify?: (text: string) => void;
  readonly setTitle?: (text: string) => void;
  readonly setProgress?: (report: ProgressReport | null) => void;
  readonly logFile?: string | undefined;
  /** Milliseconds in which the replies of one round come together, and their ends into one notification. */
  readonly batchWindow?: number;
  /** Calls back when no more replies of this round are to come. Returns what stops it. */
  readonly onRoundFinished?: Session['onRoundFinished'];
};

/** What follows from a change without anybody pressing a key. Returns how to stop it. */
export function startEffects(options: EffectsOptions): () => void {
  const { store, journal, notify, setTitle, setProgress, logFile, batchWindow: patience = 1500 } = options;
  let logBroken = false;
  const writeLog = (state: State, previous: State) => {
    if (logFile === undefined || logBroken || state.log === previous.log) return;
    const known = new Set(previous.log);
    const entries = state.log.filter(entry => !known.has(entry));
    try {
      const lines = entries.map(entry => `${new Date(entry.at).toISOString()} ${entryText(entry)}\n`);
      // Titles and prompts are the person's own, as in the journal.
      appendFileSync(logFile, lines.join(''), { mode: 0o600 });
    } catch (error) {
      logBroken = true;
      const text = `the log file cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`;
      store.dispatch({ type: 'flash', flash: { level: 'error', text } });
    }
  };

  const news = createNotificationBatcher(text => notify?.(text), patience);
  const stopRounds = options.onRoundFinished?.(news.flush);
  const unsubscribe = store.subscribe((state, previous) => {
    writeLog(state, previous);
    if (state.tasks !== previous.tasks) {
      const results = newResults(state, previous);
      if (results.length > 0) journal?.finish(results);
      if (state.bell) news.add(endedBeforeOurEyes(state, previous));
      setTitle?.(titlePhrase(countByStatus(state.tasks)));
    }
    // Re-sent with each answer: Ghostty hides a bar that is silent for 15 seconds.
    if (state.polledAt !== previous.polledAt || state.tasks !== previous.tasks) setProgress?.(progressReport(state));
  });
  return () => {
    unsubscribe();
    stopRounds?.();
    news.flush();
  };
}

/** The final tasks that changed. One that came onto the list finished has its result on disk already. */
const newResults = (state: State, previous: State): readonly Task[] =>
  state.tasks.filter((task, index) => {
    if (previous.tasks[index] === task || !isFinal(task.status)) return false;
    const before = findTask(previous, task.key);
    return before !== undefined && before !== task;
  });

/** The tasks that ended before our eyes: one that had ended before it was first seen is no news, an unknown id is. */
const endedBeforeOurEyes = (state: State, previous: State): readonly Task[] =>
  endedTasks(state, previous).filter(
    ({ key, status }) => status === 'missing' || findTask(previous, key)?.status !== 'pending',
  );

/** How far all tasks are together, null percent when nobody says; null when nothing is open, which takes the bar away. */
function progressReport({ tasks }: State): ProgressReport | null {
  const counts = countByStatus(tasks);
  const failed = counts.failed + counts.partial + counts.missing;
  if (failed + counts.succeeded === tasks.length) return null;
  const known = tasks.flatMap(({ status, progress }) => (isEnded(status) ? 100 : (progress ?? [])));
  const sum = known.reduce((total, percent) => total + percent, 0);
  return { percent: known.length === 0 ? null : Math.floor(sum / tasks.length), failed: failed > 0 };
}
