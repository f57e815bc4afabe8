import { describe, expect, it } from 'vitest';
import {
  commandsByKey,
  defaultKeymap,
  detailsFooter,
  keyLabel,
  KeymapError,
  overlayFooter,
  rebind,
  tableFooter,
} from '../source/keymap.ts';
import { createTestUser } from './helpers/test-user.ts';
import { clip, task } from './helpers/tasks.ts';

const keys = defaultKeymap.flatMap(binding => binding.keys);

describe('the keymap', () => {
  it('has no key twice', () => {
    expect(keys).toHaveLength(new Set(keys).size);
    expect(() => commandsByKey(defaultKeymap)).not.toThrow();
  });

  it('has no command twice, and a phrase of help for each', () => {
    expect(new Set(defaultKeymap.map(({ command }) => command)).size).toBe(defaultKeymap.length);
    for (const { help } of defaultKeymap) expect(help.length).toBeGreaterThan(5);
  });

  it('leads each key that a user of such programs knows to what they expect', () => {
    const expected = {
      down: 'j down',
      up: 'k up',
      first: 'g home',
      last: 'G end',
      'page-up': 'pageup ctrl-b',
      'page-down': 'pagedown ctrl-f',
      'half-page-up': 'ctrl-u',
      'half-page-down': 'ctrl-d',
      details: 'enter l right',
      back: 'escape h left',
      mark: 'space',
      'mark-range': 'v',
      'mark-all': 'ctrl-a *',
      unmark: 'U',
      add: 'a',
      remove: 'd delete',
      undo: 'u z',
      clear: 'C',
      'copy-url': 'y c',
      'copy-id': 'Y',
      open: 'o',
      'open-with': 'O',
      refresh: 'r',
      'refresh-all': 'R f5 ctrl-r',
      pause: 'p',
      slower: '+ =',
      faster: '-',
      sort: 's >',
      'sort-back': '<',
      reverse: 'S I',
      filter: '/',
      'next-tab': 'tab',
      'previous-tab': 'shift-tab',
      'tab-all': '1',
      'tab-active': '2',
      'tab-done': '3',
      'tab-failed': '4',
      fold: 't',
      wide: 'w',
      bell: 'b',
      log: 'e',
      help: '? f1',
      'next-task': 'J',
      'previous-task': 'K',
      quit: 'q',
      'quit-silently': 'Q',
      interrupt: 'ctrl-c',
      suspend: 'ctrl-z',
      redraw: 'ctrl-l',
      palette: ':',
      play: 'x',
      'play-all': 'X',
      'previous-song': '[',
      'next-song': ']',
      'seek-back': '{',
      'seek-forward': '}',
      'song-pause': '.',
      'to-song': "'",
      quieter: '9',
      louder: '0',
      stop: 'Z',
    };
    const commands = commandsByKey(defaultKeymap);
    for (const [command, names] of Object.entries(expected)) {
      for (const key of names.split(' ')) expect([key, commands.get(key)]).toEqual([key, command]);
    }
  });

  it.each(defaultKeymap.map(({ command }) => command))('does something for %s', command => {
    const clips = [clip({ title: 'One', audioUrl: 'https://x.example/1.mp3' })];
    const tasks = Array.from('abcdefgh', id => task({ id, status: 'succeeded', clips }));
    // In the middle of everything, so that each command has something to do.
    const user = createTestUser(tasks, {
      tab: command === 'tab-done' ? 'all' : 'done',
      sort: { column: 'id', descending: false },
      size: { columns: 80, rows: 8 },
    });
    user.press('d', 'j', 'space');
    user.store.dispatch({ type: 'flash', flash: null });
    const before = {
      state: user.state(),
      outside: JSON.stringify([user.copied, user.opened, user.asked, user.left, user.signals, user.heard]),
    };
    user.run(command);
    const outside = JSON.stringify([user.copied, user.opened, user.asked, user.left, user.signals, user.heard]);
    expect(user.state() !== before.state || outside !== before.outside).toBe(true);
  });

  it('has every command that a footer names, with a word and a key for it', () => {
    for (const command of [...tableFooter, ...detailsFooter, ...overlayFooter]) {
      const binding = defaultKeymap.find(candidate => candidate.command === command);
      expect(binding?.footer, command).toBeDefined();
      expect(binding?.keys.length, command).toBeGreaterThan(0);
    }
  });

  it('names keys as they stand on a keyboard', () => {
    expect(['escape', 'pageup', 'shift-tab', 'j', 'ctrl-d'].map(keyLabel)).toEqual([
      'Esc',
      'PgUp',
      'shift-Tab',
      'j',
      'ctrl-d',
    ]);
  });
});

describe('rebinding', () => {
  it('replaces the keys of a command', () => {
    const commands = commandsByKey(rebind({ quit: ['V', 'ctrl-q'] }));
    expect([commands.get('V'), commands.get('ctrl-q'), commands.get('q')]).toEqual(['quit', 'quit', undefined]);
  });

  it('takes each key as the help shows it, and by its older names', () => {
    for (const [name, label] of [
      ['pagedown', 'PgDn'],
      ['delete', 'Del'],
      ['escape', 'Esc'],
      ['space', 'Space'],
      ['down', '↓'],
      ['shift-tab', 'shift-Tab'],
      ['f5', 'F5'],
      ['ctrl-d', 'Ctrl-D'],
    ] as const) {
      const free = Object.fromEntries(
        defaultKeymap.filter(({ keys }) => keys.includes(name)).map(({ command }) => [command, ['F1']]),
      );
      for (const written of [name, label, label.toLowerCase()]) {
        const keymap = rebind({ ...free, help: ['?'], ...(free.pause === undefined ? { pause: [written] } : {}) });
        expect([written, commandsByKey(keymap).get(name)]).toEqual([written, 'pause']);
      }
    }
    expect(rebind({ pause: ['V'] }).find(({ command }) => command === 'pause')?.keys).toEqual(['V']);
  });

  it('names the keys as the help does when there is none of that name', () => {
    expect(() => rebind({ pause: ['PageDwn'] })).toThrow(/no key named "PageDwn": .*Enter, Esc.*PgDn, Del/);
  });

  it('refuses a key that has another command, naming both', () => {
    expect(() => rebind({ quit: ['o'] })).toThrow(KeymapError);
    expect(() => rebind({ quit: ['o'] })).toThrow(/key o .*open.*quit/);
  });

  it('lets two commands change places', () => {
    const commands = commandsByKey(rebind({ open: ['y', 'c'], 'copy-url': ['o'] }));
    expect([commands.get('y'), commands.get('o')]).toEqual(['open', 'copy-url']);
  });

  it('refuses a command that does not exist', () => {
    expect(() => rebind({ explode: ['x'] })).toThrow(/no command named explode/);
    expect(() => rebind({ toString: ['x'] })).toThrow(KeymapError);
  });
});
