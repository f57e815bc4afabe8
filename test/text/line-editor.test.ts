import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { edit, emptyLine, lineOf, type Edit, type Line } from '../../source/text/line-editor.ts';
import { hostileText } from '../helpers/arbitrary.ts';

const at = (text: string): Line => ({ text: text.replace('|', ''), cursor: text.indexOf('|') });
const shown = ({ text, cursor }: Line) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

test.each<[string, Edit['type'], string]>([
  ['a👨‍👩‍👧‍👦|b', 'backspace', 'a|b'],
  ['|ab', 'backspace', '|ab'],
  ['a|e\u0301b', 'delete', 'a|b'],
  ['ab|', 'delete', 'ab|'],
  ['a🇩🇪|b', 'left', 'a|🇩🇪b'],
  ['|a', 'left', '|a'],
  ['|🇩🇪b', 'right', '🇩🇪|b'],
  ['a|', 'right', 'a|'],
  ['ab|c', 'home', '|abc'],
  ['a|bc', 'end', 'abc|'],
  ['ab|cd', 'kill-left', '|cd'],
  ['ab|cd', 'kill-right', 'ab|'],
  ['task_a, task_b |c', 'kill-word', 'task_a, |c'],
  ['task_a,|', 'kill-word', '|'],
])('%s after %s is %s', (before, type, expected) => {
  expect(shown(edit(at(before), { type } as Edit))).toBe(expected);
});

test('typed and pasted text is inserted at the cursor', () => {
  expect(shown(edit(at('a|d'), { type: 'insert', text: 'bc' }))).toBe('abc|d');
});

test('a prompt takes a paste of thousands of ids, and at most a million UTF-16 units', () => {
  const full = edit(emptyLine, { type: 'insert', text: 'x'.repeat(2_000_000) });
  expect(full.text).toHaveLength(1_000_000);
  expect(edit(full, { type: 'insert', text: 'y' })).toEqual(full);
});

test('the cursor stays inside the line, and never in a surrogate pair, after any edits', () => {
  const change: fc.Arbitrary<Edit> = fc.oneof(
    hostileText.map((text): Edit => ({ type: 'insert', text: text.toWellFormed() })),
    fc.constantFrom('backspace', 'delete', 'left', 'right', 'home', 'end', 'kill-word').map(type => ({ type })),
  );
  fc.assert(
    fc.property(hostileText, fc.array(change, { maxLength: 10 }), (start, changes) => {
      const line = changes.reduce(edit, lineOf(start.toWellFormed()));
      expect(line.cursor).toBeGreaterThanOrEqual(0);
      expect(line.cursor).toBeLessThanOrEqual(line.text.length);
      expect(line.text.isWellFormed()).toBe(true);
      expect(line.text.slice(0, line.cursor).isWellFormed()).toBe(true);
    }),
  );
});
