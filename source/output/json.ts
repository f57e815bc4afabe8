import type { ExitCode } from '../exit-code.ts';
import { taskChanges, type TaskChange } from '../store/changes.ts';
import { tracedMessage } from '../store/health-words.ts';
import { noticeOf } from '../store/notices.ts';
import { taskMatcher } from '../store/filter.ts';
import { countByStatus } from '../store/selectors.ts';
import { findSource } from '../store/progress.ts';
import type { SourceState, State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { toJson } from '../task/json.ts';
import type { FileProgress } from '../media/downloads.ts';
import type { Task } from '../task/task.ts';
import type { JsonLine } from './json-schema.ts';

type JsonOptions = {
  readonly store: Store;
  readonly write: (text: string) => void;
  readonly tasks?: boolean;
  readonly now?: () => number;
};

const print = (value: JsonLine): string => `${JSON.stringify(value)}\n`;
const iso = (epoch: number): string => new Date(epoch).toISOString();

/**
 * Writes NDJSON: one object per change of a source and, unless `tasks` is false, of a task. `stop` ends that; `end` writes
 * the last object.
 */
export function startJson({ store, write, tasks = true, now = Date.now }: JsonOptions): {
  stop: () => void;
  end: (exitCode: ExitCode) => void;
} {
  const writeSource = (source: SourceState) => {
    const { state, retryAt } = source.health;
    if (state === 'new') return;
    const message = tracedMessage(source.health) ?? noticeOf(source);
    const time = retryAt === null ? null : iso(retryAt);
    write(print({ event: 'source', at: iso(now()), source: source.name, state, message, retryAt: time }));
  };
  const onChange = (state: State, previous: State) => {
    for (const source of state.sources) {
      const before = findSource(previous, source.name);
      const isNews =
        before?.health !== source.health || (before.unread !== source.unread && noticeOf(before) !== noticeOf(source));
      if (isNews) writeSource(source);
    }
    if (!tasks) return;
    const isShown = taskMatcher(state);
    for (const { change, task } of taskChanges(state, previous)) {
      if (isShown(task)) write(taskEvent(task, change, now()));
    }
  };
  // A source without a token is in the state `refused` before the first change.
  store.getState().sources.forEach(writeSource);
  return {
    stop: store.subscribe(onChange),
    end: exitCode => write(endEvent(store.getState(), exitCode, now())),
  };
}

/** The line of one task, with its line end. `--once` prints one for each task; `at` is milliseconds since 1970. */
export const taskEvent = (task: Task, change: TaskChange['change'], at: number): string =>
  print({ event: 'task', at: iso(at), change, task: toJson(task) });

/** The line of the end, with its line end; `at` is milliseconds since 1970. */
export const endEvent = ({ tasks }: Pick<State, 'tasks'>, exitCode: ExitCode, at: number): string =>
  print({ event: 'end', at: iso(at), counts: countByStatus(tasks), exitCode });

/**
 * The line of one file that is begun, saved or given up, with its line end; null: it only waits. `at` is milliseconds since
 * 1970.
 */
export const fileEvent = (file: FileProgress, at: number): string | null => {
  const { task, clipId, what, state, path, bytes, message } = file;
  return state === 'waiting'
    ? null
    : print({ event: 'file', at: iso(at), task, clip: clipId, what, state, path, bytes, message });
};
