import { join } from 'node:path';
import { deferredJournal } from '../journal/deferred.ts';
import { openJournal, type Journal } from '../journal/journal.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';

/** A saved list as it was when it was opened; null: nothing is saved. */
export type OpenedList = {
  readonly journal: Journal | null;
  readonly tasks: readonly Task[];
  /** Lines for the person. */
  readonly notices: readonly string[];
};

export type OpenListOptions = {
  readonly options: { readonly session: string | undefined };
  readonly folder: string;
  readonly anew: boolean;
  readonly store: Store;
};

/** Opens the saved list. Throws UsageError for a name that is none, or a list of a newer cliptop. */
export function openList(options: OpenListOptions): OpenedList {
  const { journal, restored } = open(options);
  return { journal, tasks: restored.tasks, notices: restored.notices };
}

/** The saved list, opened with its first id: until one comes, if ever, the old list stays what it is. */
export function openLater(options: OpenListOptions): OpenedList {
  const path = join(options.folder, `${nameOf(options)}.jsonl`);
  const report = (error: unknown) =>
    tell(options.store, error instanceof Error ? error.message : String(error), 'error');
  return { journal: deferredJournal(path, () => open(options).journal, report), tasks: [], notices: [] };
}

const nameOf = ({ options }: OpenListOptions): string => options.session ?? 'last';

function open(options: OpenListOptions): ReturnType<typeof openJournal> {
  const { folder, anew, store } = options;
  return openJournal({
    folder,
    name: nameOf(options),
    anew,
    onProblem: message => tell(store, message ?? 'the list is saved again', message === null ? 'info' : 'error'),
  });
}

function tell(store: Store, text: string, level: 'info' | 'error'): void {
  store.dispatch({ type: 'note', at: Date.now(), text });
  store.dispatch({ type: 'flash', flash: { level, text } });
}
