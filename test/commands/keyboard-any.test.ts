import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import { cellWidth } from '../../source/text/width.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';
import { anyTitle } from '../helpers/titles.ts';

const quitKeys = new Set(['q', 'Q', 'ctrl-c']);
const key = fc.constantFrom(
  ...defaultKeymap.flatMap(({ keys }) => keys).filter(name => !quitKeys.has(name)),
  'enter',
  'backspace',
  'tab',
  'x',
  '猫',
);
const step = fc.oneof(
  { weight: 9, arbitrary: key.map(name => ({ name })) },
  { weight: 1, arbitrary: fc.oneof(anyTitle, fc.constant('task_12345678\r\nno id')).map(text => ({ text })) },
);

const newUser = () =>
  createTestUser(
    (['running', 'succeeded', 'failed', 'partial', 'queued'] as const).map((status, index) =>
      task({
        id: `task_${index}`,
        status,
        clips: [clip({ audioUrl: 'https://x.example/1' }), clip({ title: '雨の夜' })],
      }),
    ),
    { size: { columns: 44, rows: 11 } },
  );

describe('after any keys and pastes', () => {
  it('the screen stays within the terminal, the program does not end, and Esc leads back to the table', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const user = newUser();
        for (const each of steps) {
          if ('name' in each) user.press(each.name);
          else user.paste(each.text);
          const lines = user.screen();
          expect(lines).toHaveLength(11);
          for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(44);
        }
        user.press(...Array.from({ length: steps.length + 3 }, () => 'escape'));
        const { prompt, overlays, filter, marks, tab } = user.state();
        expect([prompt, overlays, filter, marks.size, tab, user.left]).toEqual([null, [], '', 0, 'all', []]);
      }),
    );
  });

  it('undo restores every removed task, at its place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('j', 'k', 'space', 'd', 'C', 's', '2', '1', 'v'), { maxLength: 30 }),
        names => {
          const user = newUser();
          const before = user.state().tasks;
          user.press(...names, ...Array.from({ length: names.length }, () => 'u'));
          expect(user.state().tasks).toEqual(before);
        },
      ),
    );
  });
});
