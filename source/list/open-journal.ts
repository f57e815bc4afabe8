import type { Journal, Mark, openJournal } from '../journal/journal.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';

/** A saved list as it was when it was opened; null: there is none. */
export type OpenedList = {
  readonly journal: Journal | null;
  readonly tasks: readonly Task[];
  /** What was saved where, and which hooks were started. */
  readonly marks: readonly Mark[];
  /** The same of the list before, where this one is begun anew: the same ids may be on both. */
  readonly former: readonly Mark[];
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
  /** Whether it matters what was done to the tasks of the list before a fresh one. */
  readonly recalls: boolean;
  readonly store: Store;
};

/**
 * Opens the saved list. What reads lists is loaded only where there is one. Throws UsageError for a name that is none, or a
 * list of a newer cliptop.
 */
export async function openList(options: OpenListOptions): Promise<OpenedList> {
  const { folder, session, fresh, readOnly, recalls, store } = options;
  if (fresh && readOnly) return noList;
  const { lastName, openJournal: open } = await import('../journal/journal.ts');
  const former = fresh && recalls ? marksOfLast(open, { folder, name: lastName }) : [];
  const { journal, restored } = open({
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
  return { journal, ...restored, former };
}

/** Nothing is saved, and nothing was. */
export const noList: OpenedList = { journal: null, tasks: [], marks: [], former: [], notices: [] };

function marksOfLast(open: typeof openJournal, last: { folder: string; name: string }): readonly Mark[] {
  try {
    const { journal, restored } = open({ ...last, readOnly: true });
    journal.close();
    return restored.marks;
  } catch {
    // The list of a newer cliptop: nobody asked for it.
    return [];
  }
}
