import { bodyHeight, scrollTo } from '../store/viewport.ts';
import type { Task, TaskKey } from '../task/task.ts';
import { count, endPhrase, type CommandContext, type Handlers } from './context.ts';

/** The tasks of the accounts that the tokens belong to. */
export type AccountTasks = {
  /** The newest that are not on the list. Throws UsageError, or rejects, with what to tell the person. */
  readonly newest: (count: number) => Promise<readonly Task[]>;
  /** Puts them on the list; how many were not there yet. */
  readonly add: (tasks: readonly Task[]) => number;
};

/** Tasks offered. */
const offered = 50;

/** The command that offers the account's tasks, and what others do while they are offered. */
export function accountCommands(
  { state, dispatch, info, warn, key }: CommandContext,
  account: AccountTasks,
): {
  readonly handlers: Handlers;
  /** Runs a command over the tasks that are offered; returns whether it has a meaning there. */
  readonly runOver: (command: string) => boolean;
} {
  /** Counts the times that it was opened: an answer that comes late belongs to none that is open now. */
  let opened = 0;
  const picker = () => {
    const overlay = state().overlays.at(-1);
    return overlay?.kind === 'account' ? overlay : null;
  };

  const open = async (): Promise<void> => {
    const turn = ++opened;
    const isOpen = () => turn === opened && picker() !== null;
    const empty = { kind: 'account', tasks: null, at: 0, selected: 0, marks: new Set<TaskKey>() } as const;
    try {
      const asking = account.newest(offered);
      dispatch({ type: 'open-overlay', overlay: empty });
      const tasks = await asking;
      if (isOpen()) dispatch({ type: 'replace-overlay', overlay: { ...empty, tasks, at: Date.now() } });
    } catch (error) {
      if (isOpen()) dispatch({ type: 'close-overlay' });
      // What a person can mend, or an answer of the API: its message is made for the person.
      if (turn === opened) warn(error instanceof Error ? error.message : String(error));
    }
  };

  const select = (index: number): void => {
    const overlay = picker();
    if (overlay?.tasks === undefined || overlay.tasks === null) return;
    const { length } = overlay.tasks;
    const selected = Math.max(0, Math.min(index, length - 1));
    const top = scrollTo(state().scroll, selected, bodyHeight(state()), length);
    dispatch({ type: 'replace-overlay', overlay: { ...overlay, selected } });
    dispatch({ type: 'scroll', top });
  };
  const moveBy = (rows: number) => {
    const { tasks = null, selected = 0 } = picker() ?? {};
    const end = rows > 0 ? (tasks?.length ?? 0) - 1 : 0;
    if (tasks !== null && selected === Math.max(0, end)) info(endPhrase(rows));
    select(selected + rows);
  };

  const setMarks = (change: (marks: Set<TaskKey>, tasks: readonly Task[], at: TaskKey | undefined) => void) => {
    const overlay = picker();
    if (overlay?.tasks === undefined || overlay.tasks === null) return;
    const marks = new Set(overlay.marks);
    const { scroll } = state();
    change(marks, overlay.tasks, overlay.tasks[overlay.selected]?.key);
    const same = marks.size === overlay.marks.size && [...marks].every(key => overlay.marks.has(key));
    if (same) warn(marks.size === 0 ? 'nothing is marked' : 'all are marked already');
    dispatch({ type: 'replace-overlay', overlay: { ...overlay, marks } });
    dispatch({ type: 'scroll', top: scroll });
  };

  const addChosen = (): void => {
    const { tasks = null, marks = new Set<TaskKey>(), selected = 0 } = picker() ?? {};
    if (tasks === null) return;
    const chosen = marks.size > 0 ? tasks.filter(({ key }) => marks.has(key)) : tasks.slice(selected, selected + 1);
    dispatch({ type: 'close-overlay' });
    if (chosen.length > 0) info(`added ${count(account.add(chosen), 'task')}`);
  };

  const half = () => Math.trunc(bodyHeight(state()) / 2);
  const overTasks: Handlers = {
    down: () => moveBy(1),
    up: () => moveBy(-1),
    first: () => select(0),
    last: () => select(Number.MAX_SAFE_INTEGER),
    'page-down': () => moveBy(bodyHeight(state())),
    'page-up': () => moveBy(-bodyHeight(state())),
    'half-page-down': () => moveBy(half()),
    'half-page-up': () => moveBy(-half()),
    mark: () => {
      setMarks((marks, _, key) => {
        if (key !== undefined && !marks.delete(key)) marks.add(key);
      });
      select((picker()?.selected ?? 0) + 1);
    },
    'mark-all': () => setMarks((marks, tasks) => tasks.forEach(({ key }) => marks.add(key))),
    unmark: () => setMarks(marks => marks.clear()),
    details: addChosen,
    filter: () => warn('these are not filtered: add them, and filter the table'),
  };

  return {
    handlers: { account: () => void open() },
    runOver(command) {
      const overlay = picker();
      if (overlay === null || !Object.hasOwn(overTasks, command)) return false;
      if (overlay.tasks === null || overlay.tasks.length === 0) {
        const nothing = overlay.tasks === null ? 'nothing has come so far' : 'there is nothing to add';
        warn(`${nothing}: ${key('back')} closes this`);
      } else overTasks[command]?.();
      return true;
    },
  };
}
