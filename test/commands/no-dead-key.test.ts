import { describe, expect, it } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import type { Overlay } from '../../source/store/state.ts';
import { createTestUser, type TestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const tasks = ['a', 'b', 'c'].map(id =>
  task({ id, status: 'succeeded', clips: [clip({ title: id, audioUrl: `https://cdn.example/${id}.mp3` })] }),
);
const size = { columns: 80, rows: 14 };
const newUser = () => createTestUser(tasks, { size, sort: { column: 'id', descending: false } });

/** The screen after each of so many presses of a key. */
const held = (user: TestUser, key: string, times = 3) =>
  Array.from({ length: times }, () => {
    user.press(key);
    return user.screen().join('\n');
  });

describe('a key that can do nothing says so', () => {
  it.each(['7', '#', '雨', 'ctrl-t', 'backspace'])('%s, which has no command', key => {
    const user = newUser();
    user.press(key);
    const label = key === 'backspace' ? 'Backspace' : key;
    expect(user.flash()).toBe(`${label} does nothing: ? shows all keys`);
  });

  it('in a prompt, too, which goes on', () => {
    const user = newUser();
    user.press('a', 'x', 'tab');
    expect(user.message()).toBe('Tab does nothing in this line: Enter takes it, Esc leaves it');
    user.press('y');
    expect([user.state().prompt?.line.text, user.flash()]).toEqual(['xy', null]);
  });

  it('over an overlay, too', () => {
    const user = newUser();
    user.press('?', '#');
    expect(user.flash()).toBe('# does nothing: ? shows all keys');
  });

  it.each([
    ['G', 'j', 'that is the last row'],
    ['g', 'k', 'that is the first row'],
    ['G', 'pagedown', 'that is the last row'],
    ['g', 'ctrl-u', 'that is the first row'],
    ['G', 'J', 'that is the last task'],
    ['g', 'K', 'that is the first task'],
  ])('at an end of the table (%s): %s', (there, key, text) => {
    const user = newUser();
    user.press(there, key);
    expect(user.flash()).toBe(text);
  });

  it('the only row is the first and the last one', () => {
    const user = createTestUser(tasks.slice(0, 1));
    user.press('j');
    expect(user.flash()).toBe('that is the last row');
    user.press('k');
    expect(user.flash()).toBe('that is the first row');
  });

  it('but not where it has moved something', () => {
    const user = newUser();
    user.press('j', 'k', 'pagedown', 'pageup');
    expect(user.flash()).toBeNull();
  });

  it.each([{ kind: 'help' }, { kind: 'details', key: tasks[0]?.key ?? 'ccapi/producer:a', raw: true }] as Overlay[])(
    'at the end of $kind, whose last line stays on the screen',
    overlay => {
      const user = newUser();
      user.store.dispatch({ type: 'open-overlay', overlay });
      user.press('G');
      const last = user.screen().at(-2);
      user.press('j');
      expect(user.flash()).toBe('that is the end');
      expect(user.screen().at(-3)).toBe(last);
      user.press('g', 'k');
      expect(user.flash()).toBe('that is the beginning');
    },
  );

  it('at the ends of the lists of commands and of the account', async () => {
    const user = newUser();
    user.press(':', 'up');
    expect(user.flash()).toBe('that is the first row');
    user.press('pagedown', 'pagedown', 'pagedown', 'pagedown', 'pagedown', 'pagedown', 'pagedown', 'pagedown', 'down');
    expect(user.flash()).toBe('that is the last row');
    user.listed.answer = Promise.resolve(tasks);
    user.press('escape', 'A');
    await new Promise(setImmediate);
    user.press('k');
    expect(user.flash()).toBe('that is the first row');
  });

  it('w, where there is no room for more columns', () => {
    const user = createTestUser(tasks, { size: { columns: 40, rows: 14 } });
    user.press('w');
    expect(user.flash()).toBe('there is no room for more columns');
    user.press('w');
    expect(user.flash()).toBe('the usual columns');
    const wide = createTestUser(tasks, { size: { columns: 150, rows: 14 } });
    wide.press('w');
    expect(wide.flash()).toBeNull();
  });

  it('v, when it ends a range', () => {
    const user = newUser();
    user.press('v', 'j', 'v');
    expect(user.flash()).toBe('that is the range: 2 marked');
  });

  it('S, of an order in which all are alike', () => {
    const user = createTestUser(tasks, { sort: { column: 'status', descending: false } });
    user.press('S');
    expect(user.flash()).toBe('sorted by status, the other way round');
  });
});

describe('a held key', () => {
  it.each([
    ['G', 'j'],
    ['g', 'k'],
    ['G', 'pagedown'],
    ['G', 'J'],
    ['g', '#'],
  ])('changes the screen once (%s, then %s)', (there, key) => {
    const user = newUser();
    user.press(there);
    const screens = held(user, key);
    expect(new Set(screens).size).toBe(1);
  });

  it('changes an overlay once at its end', () => {
    const user = newUser();
    user.press('?', 'G');
    expect(new Set(held(user, 'j')).size).toBe(1);
    user.press('g');
    expect(new Set(held(user, 'k')).size).toBe(1);
  });
});

describe('no key is silently dead', () => {
  const key = tasks[0]?.key ?? 'ccapi/producer:a';
  const log = (user: TestUser) => user.store.dispatch({ type: 'note', at: 0, text: 'something' });
  const states: readonly (readonly [string, (user: TestUser) => void])[] = [
    ['over the table', user => user.press('j')],
    ['over marked rows', user => user.press('*')],
    ['in an empty tab', user => user.press('4')],
    ['under a filter without a match', user => user.store.dispatch({ type: 'filter', text: 'xyzzy' })],
    ...(
      [
        { kind: 'help' },
        { kind: 'log' },
        { kind: 'details', key, raw: false },
        { kind: 'choose', title: 'open which?', choices: ['One', 'Two'] },
        { kind: 'text', title: 'select it', lines: ['https://cdn.example/1.mp3'] },
        { kind: 'account', tasks: [], at: 0, selected: 0, marks: new Set() },
        { kind: 'account', tasks, at: 0, selected: 0, marks: new Set() },
      ] as Overlay[]
    ).map(
      overlay =>
        [
          `over the ${overlay.kind}`,
          (user: TestUser) => user.store.dispatch({ type: 'open-overlay', overlay }),
        ] as const,
    ),
  ];
  // What they ask for is so already: `gg` is not to be told off.
  const exempt = new Set(['first', 'last']);
  const keys = defaultKeymap.filter(({ command }) => !exempt.has(command)).flatMap(binding => binding.keys);

  it.each([...states, ['over an empty list', () => undefined] as const])('%s', (name, prepare) => {
    for (const pressed of [...keys, '~', 'ctrl-t']) {
      const user = name === 'over an empty list' ? createTestUser([]) : createTestUser(tasks, { size });
      log(user);
      prepare(user);
      user.store.dispatch({ type: 'flash', flash: null });
      const seen = () =>
        JSON.stringify([
          user.screen(),
          user.copied,
          user.opened,
          user.asked,
          user.left,
          user.signals,
          user.saved,
          user.heard,
        ]);
      const before = seen();
      user.press(pressed);
      expect([pressed, seen() !== before]).toEqual([pressed, true]);
    }
  });
});
