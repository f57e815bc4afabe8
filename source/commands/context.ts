import { keyOf } from '../keymap.ts';
import type { Flash } from '../store/state.ts';
import type { Store } from '../store/store.ts';

/**
 * How the program ends: by `q`, with the final table on the normal screen; by `Q`, without it; by ctrl-c; or `over`, by
 * itself, as `--until` and `--timeout` say.
 */
export type Leave = 'table' | 'silent' | 'interrupt' | 'over';

/** The result of copying or opening, to be shown as a flash. */
export type Report = { readonly level: Flash['level']; readonly text: string };

/** The effects a key can have outside the program. */
export type Desktop = {
  /** `what` names it for the report: `3 URLs`. */
  readonly copy: (lines: readonly string[], what: string) => Promise<Report>;
  /** `title`: what a person calls it. */
  readonly open: (url: string, player: string | null, title: string) => Promise<Report>;
};

/** What every command needs: the state, a way to change it, and the flash line to report to. */
export type CommandContext = Pick<Store, 'dispatch'> & {
  readonly state: Store['getState'];
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly report: (report: Report) => void;
  /** The key of a command, for a message that names it. */
  readonly key: (command: string) => string;
};

/** The context of the commands on a store. */
export function contextOf(store: Store): CommandContext {
  const report = (flash: Report) => store.dispatch({ type: 'flash', flash });
  return {
    state: store.getState,
    dispatch: store.dispatch,
    info: text => report({ level: 'info', text }),
    warn: text => report({ level: 'warning', text }),
    report,
    key: command => keyOf(store.getState().keymap, command),
  };
}

/** Commands by the name they have in the keymap. */
export type Handlers = Readonly<Record<string, () => void>>;

/** Why a key that moves by so many rows does not. */
export const endPhrase = (rows: number): string => `that is the ${rows > 0 ? 'last' : 'first'} row`;

/** `1 URL`, `3 URLs`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
