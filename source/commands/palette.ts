import type { Binding } from '../keymap.ts';
import { endPhrase } from './context.ts';
import { paletteEntries } from '../screen/palette.ts';
import type { Store } from '../store/store.ts';
import { bodyHeight, scrollTo } from '../store/viewport.ts';

type PaletteOptions = {
  readonly store: Store;
  readonly keymap: readonly Binding[];
  readonly run: (command: string) => void;
};

/** The list of commands that `:` opens: what is typed goes into its prompt, and these keys choose among what is found. */
type Palette = {
  /** Takes a key, if it chooses, runs or closes; returns whether it did. */
  readonly onKey: (name: string) => boolean;
  /** Chooses the entry of this index. */
  readonly select: (index: number) => void;
  /** Closes the palette and runs what is chosen. */
  readonly runSelected: () => void;
};

export function createPalette({ store, keymap, run }: PaletteOptions): Palette {
  const { dispatch, getState } = store;
  /** The palette, as long as nothing was opened over it. */
  const open = () => {
    const overlay = getState().overlays.at(-1);
    return overlay?.kind === 'palette' ? overlay : null;
  };
  const entries = () => paletteEntries(open()?.filter ?? '', getState(), keymap);

  const close = (): void => {
    dispatch({ type: 'close-prompt' });
    if (open() !== null) dispatch({ type: 'close-overlay' });
  };

  const select = (index: number): void => {
    const overlay = open();
    if (overlay === null) return;
    const { length } = entries();
    const selected = Math.max(0, Math.min(index, length - 1));
    const top = scrollTo(getState().scroll, selected, bodyHeight(getState()), length);
    dispatch({ type: 'replace-overlay', overlay: { ...overlay, selected } });
    dispatch({ type: 'scroll', top });
  };
  const moveBy = (rows: number): void => {
    const before = open()?.selected ?? 0;
    if (before === (rows > 0 ? Math.max(0, entries().length - 1) : 0))
      dispatch({ type: 'flash', flash: { level: 'info', text: endPhrase(rows) } });
    select(before + rows);
  };

  const runSelected = (): void => {
    const chosen = entries()[open()?.selected ?? 0];
    // Without a match the line that says so stays, and so does what was typed.
    if (open() !== null && chosen === undefined) return;
    close();
    if (chosen !== undefined) run(chosen.binding.command);
  };

  const page = (): number => bodyHeight(getState());
  const keys: Readonly<Record<string, () => void>> = {
    up: () => moveBy(-1),
    'ctrl-p': () => moveBy(-1),
    down: () => moveBy(1),
    'ctrl-n': () => moveBy(1),
    pageup: () => moveBy(-page()),
    pagedown: () => moveBy(page()),
    enter: runSelected,
    escape: close,
  };
  const onKey = (name: string): boolean => {
    const act = Object.hasOwn(keys, name) ? keys[name] : undefined;
    act?.();
    return act !== undefined;
  };
  return { onKey, select, runSelected };
}
