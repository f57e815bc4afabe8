import { taskChanges } from '../store/changes.ts';
import { countByStatus } from '../store/select.ts';
import { findSource } from '../store/progress.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { toJson } from '../task/json.ts';
import type { Task } from '../task/task.ts';

export type JsonOptions = {
  readonly store: Store;
  readonly write: (text: string) => void;
  readonly now?: () => number;
};

const print = (value: unknown): string => `${JSON.stringify(value)}\n`;
const iso = (epoch: number): string => new Date(epoch).toISOString();

/** NDJSON: one object per change. `end` writes the last one. */
export function startJson({ store, write, now = Date.now }: JsonOptions): {
  stop: () => void;
  end: (exitCode: number) => void;
} {
  const onChange = (state: State, previous: State) => {
    for (const { name, health } of state.sources) {
      const before = findSource(previous, name)?.health;
      if (before === health || health.state === 'new') continue;
      const { message, retryAt } = health;
      write(
        print({
          event: 'source',
          at: iso(now()),
          source: name,
          state: health.state,
          message,
          retryAt: retryAt === null ? null : iso(retryAt),
        }),
      );
    }
    for (const { change, task } of taskChanges(state, previous)) write(taskEvent(task, change, now()));
  };
  return {
    stop: store.subscribe(onChange),
    end: exitCode =>
      write(print({ event: 'end', at: iso(now()), counts: countByStatus(store.getState().tasks), exitCode })),
  };
}

/** One task as a line; with `--once` there is one for each, whatever changed. */
export const taskEvent = (task: Task, change: string, at: number): string =>
  print({ event: 'task', at: iso(at), change, task: toJson(task) });
