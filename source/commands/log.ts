import { placedLog, scrollToEntry, selectedIn } from '../screen/log.ts';
import { findTask, visibleTasks } from '../store/selectors.ts';
import { bodyHeight } from '../store/viewport.ts';
import { endPhrase, type CommandContext, type Handlers } from './context.ts';

/** What commands do over the event log; returns whether a command has a meaning there. */
export function logCommands({ state, dispatch, info, warn }: CommandContext): (command: string) => boolean {
  const open = () => {
    const overlay = state().overlays.at(-1);
    return overlay?.kind === 'log' ? overlay : null;
  };

  /** Selects another entry: the function is given the index of the selected one, and what is shown. */
  const moveTo = (choose: (at: number, placed: ReturnType<typeof placedLog>) => number): void => {
    const overlay = open();
    if (overlay === null) return;
    const placed = placedLog(overlay, state());
    const chosen = selectedIn(overlay, placed);
    if (chosen === undefined) return;
    const wanted = choose(placed.indexOf(chosen), placed);
    const next = placed[Math.max(0, Math.min(wanted, placed.length - 1))] ?? chosen;
    const top = scrollToEntry(next, placed, state());
    dispatch({ type: 'replace-overlay', overlay: { ...overlay, selected: next.entry } });
    dispatch({ type: 'scroll', top });
  };
  const step = (by: 1 | -1) => {
    sayEnd(by);
    moveTo(at => at + by);
  };
  /** Says where there is nothing further that way. */
  const sayEnd = (by: number): void => {
    const overlay = open();
    if (overlay === null) return;
    const placed = placedLog(overlay, state());
    const chosen = selectedIn(overlay, placed);
    if (chosen === placed.at(by > 0 ? -1 : 0)) info(endPhrase(by));
  };

  /** By a part of a page; an entry that is higher than that is passed all the same. */
  const page = (part: number) => {
    sayEnd(part);
    moveTo((at, placed) => {
      const wanted = (placed[at]?.from ?? 0) + Math.trunc(part * bodyHeight(state()));
      const next =
        part > 0 ? placed.findLastIndex(({ from }) => from <= wanted) : placed.findIndex(({ from }) => from >= wanted);
      return next === at ? at + Math.sign(part) : next;
    });
  };

  /** Goes to the task of the entry, and shows all tasks where a filter or a tab hides it. */
  const jump = (): void => {
    const overlay = open();
    if (overlay === null) return;
    const key = selectedIn(overlay, placedLog(overlay, state()))?.entry.task ?? null;
    if (key === null || findTask(state(), key) === undefined) {
      warn(key === null ? 'that is about no task' : 'that task is no longer on the list');
      return;
    }
    dispatch({ type: 'close-overlay' });
    const below = state().overlays.at(-1);
    if (below?.kind === 'details') dispatch({ type: 'replace-overlay', overlay: { ...below, key } });
    if (!visibleTasks(state()).some(task => task.key === key)) {
      dispatch({ type: 'filter', text: '' });
      dispatch({ type: 'tab', tab: 'all' });
    }
    dispatch({ type: 'select', key });
  };

  const overEntries: Handlers = {
    down: () => step(1),
    up: () => step(-1),
    first: () => moveTo(() => 0),
    last: () => moveTo((_, placed) => placed.length - 1),
    'page-down': () => page(1),
    'page-up': () => page(-1),
    'half-page-down': () => page(0.5),
    'half-page-up': () => page(-0.5),
    details: jump,
  };
  return command => {
    if (open() === null || !Object.hasOwn(overEntries, command)) return false;
    overEntries[command]?.();
    return true;
  };
}
