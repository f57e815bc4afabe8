import { UsageError } from './errors.ts';

type KeyGroup = 'Move' | 'Look' | 'Choose' | 'Act' | 'Listen' | 'List' | 'Poll' | 'Leave';

export type Binding = {
  readonly command: string;
  /** By their names: `j`, `ctrl-d`, `space`, `pageup`, `f5`; a person reads `keyLabel`. The first is shown first. */
  readonly keys: readonly string[];
  readonly group: KeyGroup;
  /** What it does, for the help: a phrase. */
  readonly help: string;
  /** A word for the footer. */
  readonly footer?: string;
};

/**
 * Every key, once: the dispatch, the footer, the help, the README and the check for conflicts read this table.
 * A key acts on the marked tasks, else on the selected one. Nothing here changes anything at a vendor.
 */
export const defaultKeymap: readonly Binding[] = [
  { command: 'down', keys: ['j', 'down'], group: 'Move', help: 'next task' },
  { command: 'up', keys: ['k', 'up'], group: 'Move', help: 'previous task' },
  {
    command: 'next-task',
    keys: ['J'],
    group: 'Move',
    help: 'next task, also in the details',
    footer: 'next',
  },
  { command: 'previous-task', keys: ['K'], group: 'Move', help: 'previous task, also in the details' },
  { command: 'first', keys: ['g', 'home'], group: 'Move', help: 'first task' },
  { command: 'last', keys: ['G', 'end'], group: 'Move', help: 'last task' },
  { command: 'page-down', keys: ['pagedown', 'ctrl-f'], group: 'Move', help: 'page down' },
  { command: 'page-up', keys: ['pageup', 'ctrl-b'], group: 'Move', help: 'page up' },
  { command: 'half-page-down', keys: ['ctrl-d'], group: 'Move', help: 'half a page down' },
  { command: 'half-page-up', keys: ['ctrl-u'], group: 'Move', help: 'half a page up' },

  {
    command: 'details',
    keys: ['enter', 'l', 'right'],
    group: 'Look',
    help: 'details; again: as JSON',
    footer: 'details',
  },
  {
    command: 'back',
    keys: ['escape', 'h', 'left'],
    group: 'Look',
    help: 'back, one layer at a time',
    footer: 'back',
  },
  {
    command: 'filter',
    keys: ['/'],
    group: 'Look',
    help: 'filter by words and fields; ! for not',
    footer: 'filter',
  },
  { command: 'next-tab', keys: ['tab'], group: 'Look', help: 'next of all, active, done, failed' },
  { command: 'previous-tab', keys: ['shift-tab'], group: 'Look', help: 'previous of them' },
  { command: 'tab-all', keys: ['1'], group: 'Look', help: 'all tasks' },
  { command: 'tab-active', keys: ['2'], group: 'Look', help: 'active tasks' },
  { command: 'tab-done', keys: ['3'], group: 'Look', help: 'done tasks' },
  { command: 'tab-failed', keys: ['4'], group: 'Look', help: 'failed, partial and missing tasks' },
  { command: 'sort', keys: ['s', '>'], group: 'Look', help: 'sort by the next column' },
  { command: 'sort-back', keys: ['<'], group: 'Look', help: 'sort by the previous column' },
  { command: 'reverse', keys: ['S', 'I'], group: 'Look', help: 'reverse the order' },
  { command: 'fold', keys: ['t'], group: 'Look', help: 'show or fold the clips of a task' },
  { command: 'wide', keys: ['w'], group: 'Look', help: 'more columns' },
  { command: 'preview', keys: ['P'], group: 'Look', help: 'preview of the selected task on or off' },
  { command: 'log', keys: ['e'], group: 'Look', help: 'event log: what changed, and when' },
  { command: 'mouse', keys: ['m'], group: 'Look', help: 'the mouse on or off: wheel, clicks' },
  { command: 'palette', keys: [':'], group: 'Look', help: 'find a command and run it', footer: 'commands' },
  { command: 'help', keys: ['?', 'f1'], group: 'Look', help: 'all keys', footer: 'help' },

  { command: 'mark', keys: ['space'], group: 'Choose', help: 'mark, and move down', footer: 'mark' },
  {
    command: 'mark-range',
    keys: ['v'],
    group: 'Choose',
    help: 'mark a range from here; again: end it',
    footer: 'end of range',
  },
  { command: 'mark-all', keys: ['*', 'ctrl-a'], group: 'Choose', help: 'mark all that are shown' },
  { command: 'unmark', keys: ['U'], group: 'Choose', help: 'clear the marks', footer: 'unmark' },

  { command: 'copy-url', keys: ['y', 'c'], group: 'Act', help: 'copy the audio URL(s)', footer: 'copy' },
  { command: 'copy-id', keys: ['Y'], group: 'Act', help: 'copy the id(s)' },
  {
    command: 'open',
    keys: ['o'],
    group: 'Act',
    help: 'open the audio',
    footer: 'open',
  },
  { command: 'download', keys: ['D'], group: 'Act', help: 'save the files', footer: 'save' },
  { command: 'export', keys: ['E'], group: 'Act', help: 'write the tasks to a list: playlist, table' },
  { command: 'open-with', keys: ['O'], group: 'Act', help: 'open the audio with another player' },

  { command: 'play', keys: ['x'], group: 'Listen', help: 'play the selected song here; again: pause' },
  { command: 'play-all', keys: ['X'], group: 'Listen', help: 'play the marked, else all shown songs' },
  { command: 'song-pause', keys: ['.'], group: 'Listen', help: 'go on or pause, whatever is selected' },
  { command: 'to-song', keys: ["'"], group: 'Listen', help: 'select the song that plays' },
  { command: 'previous-song', keys: ['['], group: 'Listen', help: 'previous song, or this one again' },
  { command: 'next-song', keys: [']'], group: 'Listen', help: 'next song' },
  { command: 'seek-back', keys: ['{'], group: 'Listen', help: 'ten seconds back' },
  { command: 'seek-forward', keys: ['}'], group: 'Listen', help: 'ten seconds on' },
  { command: 'quieter', keys: ['9'], group: 'Listen', help: 'quieter' },
  { command: 'louder', keys: ['0'], group: 'Listen', help: 'louder' },
  { command: 'stop', keys: ['Z'], group: 'Listen', help: 'stop playing' },

  { command: 'add', keys: ['a'], group: 'List', help: 'add ids: also any paste', footer: 'add' },
  { command: 'account', keys: ['A'], group: 'List', help: "pick from the account's last tasks" },
  {
    command: 'remove',
    keys: ['d', 'delete'],
    group: 'List',
    help: 'take off the list; the task itself goes on',
    footer: 'remove',
  },
  { command: 'undo', keys: ['u', 'z'], group: 'List', help: 'undo the last removal' },
  { command: 'clear', keys: ['C'], group: 'List', help: 'take all finished tasks off the list' },

  { command: 'refresh', keys: ['r'], group: 'Poll', help: 'ask about these tasks now' },
  { command: 'refresh-all', keys: ['R', 'f5', 'ctrl-r'], group: 'Poll', help: 'ask about every open task now' },
  { command: 'pause', keys: ['p'], group: 'Poll', help: 'pause or resume polling', footer: 'pause' },
  { command: 'slower', keys: ['+', '='], group: 'Poll', help: 'ask less often' },
  { command: 'faster', keys: ['-'], group: 'Poll', help: 'ask more often' },
  { command: 'bell', keys: ['b'], group: 'Poll', help: 'notifications on or off' },

  {
    command: 'quit',
    keys: ['q'],
    group: 'Leave',
    help: 'close what is open, or quit and leave the table',
    footer: 'quit',
  },
  { command: 'quit-silently', keys: ['Q'], group: 'Leave', help: 'quit without printing the table' },
  { command: 'interrupt', keys: ['ctrl-c'], group: 'Leave', help: 'quit at once, from anywhere' },
  { command: 'suspend', keys: ['ctrl-z'], group: 'Leave', help: 'suspend; fg comes back' },
  { command: 'redraw', keys: ['ctrl-l'], group: 'Leave', help: 'redraw the screen' },
];

/** The keys the footer shows, most useful first, over the table and over an overlay. */
export const tableFooter = ['add', 'copy-url', 'open', 'filter', 'pause', 'palette', 'help'] as const;
export const markedFooter = ['copy-url', 'open', 'download', 'remove', 'unmark', 'help'] as const;
export const detailsFooter = ['back', 'next-task', 'copy-url', 'open', 'details', 'filter', 'help'] as const;
export const logFooter = ['back', 'details', 'filter', 'help'] as const;
export const accountFooter = ['back', 'mark', 'details', 'help'] as const;
export const overlayFooter = ['back', 'filter', 'help'] as const;

/** From a key to its command. Throws KeymapError when one key has two commands. */
export function commandsByKey(keymap: readonly Binding[]): ReadonlyMap<string, string> {
  const commands = new Map<string, string>();
  for (const { command, keys } of keymap) {
    for (const key of keys) {
      const other = commands.get(key);
      if (other !== undefined && other !== command)
        throw new KeymapError(`the key ${key} is bound to both ${other} and ${command}`);
      commands.set(key, command);
    }
  }
  return commands;
}

/** A keymap that cannot be used, with the reason. */
export class KeymapError extends UsageError {
  override readonly name = 'KeymapError';
}

/** The default keymap with some commands bound to other keys. Throws KeymapError for an unknown command. */
export function rebind(overrides: Readonly<Record<string, readonly string[]>>): readonly Binding[] {
  const known = new Set(defaultKeymap.map(({ command }) => command));
  const unknown = Object.keys(overrides).find(command => !known.has(command));
  if (unknown !== undefined) throw new KeymapError(`there is no command named ${unknown}`);
  const keymap = defaultKeymap.map(binding => ({
    ...binding,
    keys: overrides[binding.command]?.map(keyNamed) ?? binding.keys,
  }));
  commandsByKey(keymap);
  return keymap;
}

const keyNames: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'shift-Tab',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  delete: 'Del',
  backspace: 'Backspace',
  f1: 'F1',
  f5: 'F5',
};

const keysByLabel: ReadonlyMap<string, string> = new Map(
  Object.entries(keyNames).map(([name, label]) => [label.toLowerCase(), name]),
);

/** A key by what the config file calls it: what stands in the help (`PgDn`), or its name here. Throws KeymapError. */
function keyNamed(written: string): string {
  const lower = written.toLowerCase();
  const name = keysByLabel.get(lower) ?? (/^\S$/u.test(written) ? written : lower);
  if (Object.hasOwn(keyNames, name) || /^(?:\S|ctrl-[a-z])$/u.test(name)) return name;
  const labels = Object.values(keyNames).join(', ');
  throw new KeymapError(`there is no key named "${written}": write a character, ctrl-x, ${labels}`);
}

/** A key as a person reads it. */
export const keyLabel = (key: string): string => keyNames[key] ?? key;

/** The first key of a command, as a person reads it. Empty for a command that there is not. */
export const keyOf = (keymap: readonly Binding[], command: string): string =>
  keyLabel(keymap.find(binding => binding.command === command)?.keys[0] ?? '');

/** A key by the name it has in the keymap; `text` is what it types into a prompt. */
export type KeyPress = { readonly name: string; readonly text: string | null };

/**
 * Ink keeps function keys to itself. Before Ink reads, a character of the private use area is put behind each of their
 * sequences; behind Ink it is named again.
 */
export const functionKeyCharacters: ReadonlyMap<string, string> = new Map([
  ['\uf101', 'f1'],
  ['\uf105', 'f5'],
]);
