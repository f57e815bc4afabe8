import { lastName, openJournal, type Journal, type Mark } from '../journal/journal.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';

/** A saved list as it was when it was opened; null: there is none. */
export type OpenedList = {
  readonly journal: Journal | null;
  readonly tasks: readonly Task[];
  /** What was saved where, and which hooks were started. */
  readonly marks: readonly Mark[];
  /** Lines for the person. */
  readonly notices: readonly string[];
};

type OpenListOptions = {
  readonly folder: string;
  /** undefined: the last list. */
  readonly session: string | undefined;
  /** Start the last list anew, in a file of its own. */
  readonly fresh: boolean;
  /** The list is shown and followed, and nothing is saved. */
  readonly readOnly: boolean;
  readonly store: Store;
};

/** Opens the saved list. Throws UsageError for a name that is none, or a list of a newer cliptop. */
export function openList({ folder, session, fresh, readOnly, store }: OpenListOptions): OpenedList {
  if (fresh && readOnly) return { journal: null, tasks: [], marks: [], notices: [] };
  const { journal, restored } = openJournal({
    folder,
    name: session ?? lastName,
    fresh,
    readOnly,
    onProblem: message => {
      const text = message ?? 'the list is saved again';
      store.dispatch({ type: 'note', at: Date.now(), text });
      store.dispatch({ type: 'flash', flash: { level: message === null ? 'info' : 'error', text } });
    },
  });
  return { journal, ...restored };
}
