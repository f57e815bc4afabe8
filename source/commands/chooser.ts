import { shownChoices } from '../screen/chooser.ts';
import { bodyHeight, scrollTo } from '../store/viewport.ts';
import { endPhrase, type CommandContext, type Handlers } from './context.ts';

/** Choosing one of several, or all. */
type Chooser = {
  /** Offers these; what is chosen is given to `onChosen`, as indexes. */
  readonly offer: (title: string, choices: readonly string[], onChosen: (indexes: readonly number[]) => void) => void;
  /** Chooses by its number, from 1 on, or `a`: all that the filter leaves. */
  readonly choose: (label: string) => void;
  /** Runs a command over the choices; returns whether it has a meaning there. */
  readonly runOver: (command: string) => boolean;
};

export function createChooser({ state, dispatch, info, warn }: CommandContext): Chooser {
  let take: (indexes: readonly number[]) => void = () => undefined;
  const open = () => {
    const overlay = state().overlays.at(-1);
    return overlay?.kind === 'choose' ? overlay : null;
  };
  const shown = () => {
    const overlay = open();
    return overlay === null ? [] : shownChoices(overlay);
  };

  const select = (index: number): void => {
    const overlay = open();
    if (overlay === null) return;
    const { length } = shown();
    const selected = Math.max(0, Math.min(index, length - 1));
    const top = scrollTo(state().scroll, selected, bodyHeight(state()), length);
    dispatch({ type: 'replace-overlay', overlay: { ...overlay, selected } });
    dispatch({ type: 'scroll', top });
  };
  const moveBy = (rows: number): void => {
    const { selected = 0 } = open() ?? {};
    if (selected === Math.max(0, rows > 0 ? shown().length - 1 : 0)) info(endPhrase(rows));
    select(selected + rows);
  };

  const chooseShown = (choice: ReturnType<typeof shown>[number] | undefined): void => {
    if (choice === undefined) return;
    dispatch({ type: 'close-overlay' });
    take(choice.indexes);
  };

  const page = (part: number) => Math.trunc(part * bodyHeight(state()));
  const overChoices: Handlers = {
    down: () => moveBy(1),
    up: () => moveBy(-1),
    first: () => select(0),
    last: () => select(Number.MAX_SAFE_INTEGER),
    'page-down': () => moveBy(page(1)),
    'page-up': () => moveBy(-page(1)),
    'half-page-down': () => moveBy(page(0.5)),
    'half-page-up': () => moveBy(-page(0.5)),
    details: () => chooseShown(shown()[open()?.selected ?? 0]),
  };

  return {
    offer(title, choices, onChosen) {
      take = onChosen;
      dispatch({ type: 'open-overlay', overlay: { kind: 'choose', title, choices } });
    },
    choose(label) {
      const choice = shown().find(other => other.label === label);
      if (choice === undefined) warn(`there is no ${label}`);
      chooseShown(choice);
    },
    runOver(command) {
      if (open() === null || !Object.hasOwn(overChoices, command)) return false;
      overChoices[command]?.();
      return true;
    },
  };
}
