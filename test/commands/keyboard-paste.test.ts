import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { splitInput } from '../../source/view/split-input.ts';
import { createTestUser, type TestUser } from '../helpers/test-user.ts';
import { task } from '../helpers/tasks.ts';

const id = (index: number) => `task_${String(index).padStart(8, '0')}`;
const tasks = [0, 1, 2, 3].map(index => task({ id: id(index) }));
const plain = Object.fromEntries(
  ['upArrow', 'downArrow', 'leftArrow', 'rightArrow', 'return', 'escape', 'ctrl', 'shift', 'tab', 'meta'].map(name => [
    name,
    false,
  ]),
) as unknown as Key;

/** Passes an input event of Ink to the keyboard, as the view does. */
function arrive(user: TestUser, input: string, key: Partial<Key> = {}) {
  const { paste, presses } = splitInput(input, { ...plain, ...key });
  if (paste !== null) user.paste(paste);
  for (const { name } of presses) user.press(name);
}

describe('a paste', () => {
  it('fills the prompt and runs nothing', () => {
    const user = createTestUser(tasks);
    user.paste(`${id(7)} dCq\n`);
    expect(user.state().prompt).toMatchObject({ kind: 'add', line: { text: `${id(7)} dCq\n` } });
    expect([user.ran, user.left, user.state().tasks.length]).toEqual([[], [], 4]);
    expect(user.screen().at(-1)).toBe(`add ids: ${id(7)} dCq`);
  });

  it('of many lines with CRLF adds each of them', () => {
    const user = createTestUser(tasks);
    user.paste(`${id(7)}\r\n${id(8)}\r${id(9)}\r\n`);
    user.press('enter');
    expect(user.flash()).toBe('added 3');
  });

  it('of 3,000 ids adds them all', () => {
    const user = createTestUser(tasks);
    user.paste(Array.from({ length: 3000 }, (_, index) => id(index)).join('\n'));
    expect(user.screen()).toHaveLength(24);
    user.press('enter');
    expect(user.flash()).toBe('added 2996 · 4 already on the list');
    expect(user.state().tasks).toHaveLength(3000);
  });

  it('into a prompt is inserted at the cursor, on one line unless the prompt is for ids', () => {
    const user = createTestUser(tasks);
    user.press('/');
    user.type('ab');
    user.press('left');
    user.paste('1\r\n2');
    expect([user.state().prompt?.line.text, user.state().filter]).toEqual(['a1 2b', 'a1 2b']);
  });

  it('loses its control characters', () => {
    const user = createTestUser(tasks);
    user.paste(`\u001b[31m\u001b]52;c;aGk=\u0007hello\u202e \u0000${id(0)}x-\u009b2J`);
    user.press('enter');
    expect(user.screen().join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(user.message()).toContain('hello');
    user.press('escape', '/');
    user.paste('a\u001b[2Jb\tc');
    expect(user.state().filter).toBe('ab c');
  });
});

describe('one input event of Ink', () => {
  it('may hold several keys', () => {
    const user = createTestUser(tasks);
    arrive(user, 'jjj');
    expect(user.selected()).toBe(id(3));
    arrive(user, 'gj?');
    expect(user.ran.slice(-3)).toEqual(['first', 'down', 'help']);
  });

  it('may be a key held for a long time', () => {
    const user = createTestUser(tasks);
    arrive(user, 'k'.repeat(200));
    expect([user.ran.length, user.state().prompt]).toEqual([200, null]);
  });

  it.each([
    ['an id', id(77)],
    ['a UUID', '1a6ac2ad-0000-4000-8000-000000000001'],
    ['lines', 'dd\rq\r'],
    ['a long text', 'quit now, delete everything, clear all of it'],
  ])('may be a paste that was not marked as one: %s', (_, input) => {
    const user = createTestUser(tasks);
    arrive(user, input);
    expect(user.ran).toEqual([]);
    expect(user.state().prompt?.kind).toBe('add');
  });

  it('may be typed text with Enter at its end', () => {
    const user = createTestUser(tasks);
    arrive(user, '/zz\r');
    expect([user.state().filter, user.state().prompt]).toEqual(['zz', null]);
  });

  it('may be one special key', () => {
    const names = (key: Partial<Key>, input = '') =>
      splitInput(input, { ...plain, ...key }).presses.map(({ name }) => name);
    expect(names({ downArrow: true })).toEqual(['down']);
    expect(names({ tab: true, shift: true })).toEqual(['shift-tab']);
    expect(names({ ctrl: true }, 'd')).toEqual(['ctrl-d']);
    expect(names({ return: true }, '\r')).toEqual(['enter']);
    expect(names({}, ' ')).toEqual(['space']);
    expect(names({ meta: true }, 'x')).toEqual([]);
    expect(names({}, '\uf105')).toEqual(['f5']);
  });

  it('keeps characters of several code points together', () => {
    expect(splitInput('e\u0301猫', plain).presses.map(({ text }) => text)).toEqual(['e\u0301', '猫']);
  });
});

describe('one piece of input while typing into a prompt', () => {
  const id = '874f7aaa-7bc5-48fc-a04c-bab27b1cbd7a';
  const names = (input: string, typing: boolean) => splitInput(input, plain, typing).presses.map(({ name }) => name);

  it('is text, and a line end after it is Enter', () => {
    expect(names(`${id}\r`, true)).toEqual([id, 'enter']);
    expect(names(id, true)).toEqual([id]);
  });

  it('is a paste when it has several lines', () => {
    expect(splitInput(`${id}\r${id}\r`, plain, true).paste).toBe(`${id}\r${id}\r`);
  });

  it('opens the prompt first when the key that adds comes before the id', () => {
    expect(names(`a${id}\r`, false)).toEqual(['a', id, 'enter']);
    expect(names('atask_AAAAbbbbCCCC', false)).toEqual(['a', 'task_AAAAbbbbCCCC']);
  });

  it('runs nothing when it is an id alone and no prompt is open', () => {
    expect(splitInput(`${id}\r`, plain, false)).toEqual({ paste: `${id}\r`, presses: [] });
  });
});
