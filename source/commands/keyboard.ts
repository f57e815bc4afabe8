import { commandsByKey, keyLabel, type Binding, type KeyPress } from '../keymap.ts';
import { unknownField } from '../store/filter-terms.ts';
import type { Message, Overlay, Prompt } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { clean } from '../task/sanitize.ts';
import type { Edit } from '../text/line-editor.ts';
import { createAddPrompt } from './add-prompt.ts';
import { createPalette } from './palette.ts';
import type { WatchList } from '../list/watch-list.ts';

type KeyboardOptions = {
  readonly store: Store;
  readonly keymap: readonly Binding[];
  readonly list: Pick<WatchList, 'addText' | 'readText'>;
  readonly run: (command: string) => void;
  /** Chooses what is offered, by its number, from 1 on, or `a`: all. */
  readonly choose: (label: string) => void;
  /** Opens the audio of the target with the player that the prompt named. */
  readonly openWith: (player: string) => void;
  /** Saves files in the folder that the prompt named. */
  readonly saveTo: (folder: string) => void;
  /** Writes a list to the file that the prompt named. */
  readonly exportTo: (path: string) => void;
};

/** Keys that run their command in a prompt, too, so that the user can always leave. */
const promptCommands = new Set(['ctrl-c', 'ctrl-z', 'ctrl-l']);

/** Keys that move in what a prompt filters. */
const moves: Readonly<Record<string, string>> = {
  up: 'up',
  down: 'down',
  'ctrl-p': 'up',
  'ctrl-n': 'down',
  pageup: 'page-up',
  pagedown: 'page-down',
};

const edits: Readonly<Record<string, Edit>> = {
  backspace: { type: 'backspace' },
  delete: { type: 'delete' },
  left: { type: 'left' },
  right: { type: 'right' },
  home: { type: 'home' },
  end: { type: 'end' },
  'ctrl-a': { type: 'home' },
  'ctrl-e': { type: 'end' },
  'ctrl-b': { type: 'left' },
  'ctrl-f': { type: 'right' },
  'ctrl-h': { type: 'backspace' },
  'ctrl-d': { type: 'delete' },
  'ctrl-u': { type: 'kill-left' },
  'ctrl-k': { type: 'kill-right' },
  'ctrl-w': { type: 'kill-word' },
};

/**
 * Dispatches keys: into the prompt while one is open, else to the commands of the keymap. A paste goes into the prompt,
 * and opens the one for ids if none is open.
 */
export function createKeyboard({ store, keymap, list, run, choose, openWith, saveTo, exportTo }: KeyboardOptions) {
  const commands = commandsByKey(keymap);
  const { dispatch, getState } = store;
  const adding = createAddPrompt(store, list);
  const palette = createPalette({ store, keymap, run });

  const warn = (text: string): void => dispatch({ type: 'flash', flash: { level: 'warning', text } });

  /** Any key dismisses what was said before it. */
  const dismiss = (): void => {
    if (getState().flash !== null) dispatch({ type: 'flash', flash: null });
  };

  const onKey = (press: KeyPress): void => {
    // What it says once more is the same screen: a held key sends nothing.
    dismiss();
    act(press);
  };

  const act = ({ name, text }: KeyPress): void => {
    const choosing = getState().overlays.at(-1)?.kind === 'choose';
    if (getState().prompt !== null && !promptCommands.has(name)) typeInto(name, text);
    else if (choosing && /^[1-9a]$/.test(name)) choose(name);
    else {
      // ctrl-c leaves even if the config file has bound `interrupt` to other keys.
      const command = commands.get(name) ?? (name === 'ctrl-c' ? 'interrupt' : undefined);
      if (command !== undefined) run(command);
      else warn(unboundPhrase(name, keymap));
    }
  };

  const typeInto = (name: string, text: string | null): void => {
    if (getState().prompt?.kind === 'palette' && palette.onKey(name)) return;
    const move = moves[name];
    if (name === 'escape') cancel();
    else if (name === 'enter') submit();
    else if (move !== undefined && filtersRows()) run(move);
    else {
      const edit = edits[name] ?? (text === null ? undefined : ({ type: 'insert', text } as const));
      if (edit === undefined) {
        warn(`${keyLabel(name)} does nothing in this line: Enter takes it, Esc leaves it`);
        return;
      }
      const before = getState().prompt?.line.text;
      dispatch({ type: 'edit', edit });
      if (getState().prompt?.line.text !== before) preview(false);
    }
  };

  /** Whether what is typed filters rows or lines, which can be moved in meanwhile. */
  const filtersRows = (): boolean => {
    const kind = getState().prompt?.kind;
    return kind === 'filter' || (kind !== undefined && kind === getState().overlays.at(-1)?.kind);
  };

  /** Applies a filter while it is typed, or says what is in the line so far. */
  const preview = (pasted: boolean): void => {
    const { prompt } = getState();
    if (prompt?.kind === 'add') adding.note(pasted);
    else if (prompt !== null) applyFilter(prompt.kind, prompt.line.text);
    if (prompt?.kind === 'filter') dispatch({ type: 'prompt-note', note: filterNote(prompt.line.text) });
  };

  /** Filters the table, or the overlay that the prompt is for, unless another one has been opened over it. */
  const applyFilter = (kind: Prompt['kind'], filter: string): void => {
    const overlay = getState().overlays.at(-1);
    if (kind === 'filter') dispatch({ type: 'filter', text: filter });
    else if (overlay?.kind === kind) dispatch({ type: 'replace-overlay', overlay: withFilter(overlay, filter) });
  };

  const cancel = (): void => {
    const kind = getState().prompt?.kind;
    dispatch({ type: 'close-prompt' });
    if (kind !== undefined) applyFilter(kind, '');
  };

  const submit = (): void => {
    const prompt = getState().prompt;
    if (prompt === null) return;
    if (prompt.kind === 'add') {
      adding.submit();
      return;
    }
    dispatch({ type: 'close-prompt' });
    const text = prompt.line.text.trim();
    // The filter has been taken: its match stays selected when the filter goes.
    if (prompt.kind === 'filter') dispatch({ type: 'settle' });
    if (prompt.kind === 'player' && text !== '') openWith(text);
    if (prompt.kind === 'folder' && text !== '') saveTo(text);
    if (prompt.kind === 'export' && text !== '') exportTo(text);
  };

  /** Pasted text never runs commands: it goes into the prompt, where the user can read it before Enter. */
  const onPaste = (text: string): void => {
    dismiss();
    const kind = getState().prompt?.kind;
    if (kind === undefined) dispatch({ type: 'open-prompt', kind: 'add' });
    const isList = kind === undefined || kind === 'add';
    const safe = clean(text);
    dispatch({ type: 'edit', edit: { type: 'insert', text: isList ? safe : safe.replace(/\s+/g, ' ') } });
    preview(true);
  };

  return { onKey, onPaste };
}

/** `x does nothing: ? shows all keys`. */
function unboundPhrase(name: string, keymap: readonly Binding[]): string {
  const help = keymap.find(({ command }) => command === 'help')?.keys[0];
  return `${keyLabel(name)} does nothing${help === undefined ? '' : `: ${keyLabel(help)} shows all keys`}`;
}

function filterNote(filter: string): Message | null {
  const text = unknownField(filter);
  return text === null ? null : { level: 'warning', text };
}

/** An overlay with another filter. What is chosen is the first of what it leaves then. */
const withFilter = (overlay: Overlay, filter: string): Overlay =>
  overlay.kind === 'palette' || overlay.kind === 'choose'
    ? { ...overlay, filter, selected: 0 }
    : { ...overlay, filter };
