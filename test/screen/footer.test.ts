import { describe, expect, it } from 'vitest';
import { tableFooter } from '../../source/keymap.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import type { Action } from '../../source/store/reduce.ts';
import type { State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { fiveSizes } from '../helpers/sizes.ts';
import { after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const song = (title: string) => clip({ title, audioUrl: `https://cdn.example/${title}.mp3` });
const tasks = [
  task({ id: 'a', status: 'running' }),
  task({ id: 'b', status: 'succeeded', clips: [song('one'), song('two')] }),
  task({ id: 'c', status: 'succeeded', clips: [song('three')] }),
];
const base = watching(tasks);
const footer = (state: State, ...actions: readonly Action[]) => screenOf(after(state, ...actions)).at(-1) ?? '';
const down = { type: 'move', by: 1 } as const;
const mark = { type: 'mark' } as const;

describe('the footer', () => {
  it('says how many songs would be copied', () => {
    expect(footer(base)).toMatch(/^a add {3}y copy {3}o open/);
    expect(footer(base, down)).toContain('y copy 2   o open   ');
    expect(footer(base, { type: 'move-to', place: 'last' })).toContain('y copy 1   ');
  });

  it('says how many are marked, and what each key would act on', () => {
    expect(footer(base, { type: 'mark-all' })).toBe(
      '3 marked   y copy 3   o open 3   D save 2   d remove 3   U unmark   ? help',
    );
  });

  it('says how to add what the account offers, however narrow the pane is', () => {
    const overlay = { kind: 'account', tasks, at: 0, selected: 0, marks: new Set<string>() } as const;
    const narrow = after(watching(tasks), { type: 'resize', columns: 44, rows: 12 });
    expect(footer(narrow, { type: 'open-overlay', overlay })).toBe('Esc back   Space mark   Enter add   ? help');
  });

  it('leaves out the keys that would act on none of the marked tasks', () => {
    expect(footer(base, mark)).toBe('1 marked   d remove 1   U unmark   ? help');
  });

  it('counts of the tasks to save only those that have a file of the kinds that are saved', () => {
    const ended = [...tasks, task({ id: 'd', status: 'failed' }), task({ id: 'e', status: 'missing' })];
    expect(footer(watching(ended), { type: 'mark-all' })).toContain('D save 2 ');
    const lyrics = task({ id: 'f', status: 'partial', clips: [clip({ lyrics: 'la' })] });
    const kinds = { savedKinds: ['lyrics'] } as const;
    expect(footer({ ...watching([...ended, lyrics]), ...kinds }, { type: 'mark-all' })).toContain('D save 1 ');
  });

  it('says of marks that the tab hides that they are hidden, and counts none of them', () => {
    const hidden = footer(base, { type: 'mark-all' }, { type: 'tab', tab: 'active' });
    expect(hidden).toMatch(/^1 marked, 2 hidden marks {3}d remove 1/);
    expect(footer(base, mark, { type: 'tab', tab: 'done' })).toMatch(/^1 hidden mark {3}a add {3}y copy 2/);
  });

  it('says while a range grows how to end it', () => {
    expect(footer(base, { type: 'mark-range' }, down)).toMatch(/^2 marked {3}v end of range {3}y copy 2/);
  });

  it('counts the songs of the task whose details are shown, whatever is marked', () => {
    const key = tasks[1]?.key ?? 'ccapi/producer:b';
    const line = footer(
      base,
      { type: 'mark-all' },
      { type: 'open-overlay', overlay: { kind: 'details', key, raw: false } },
    );
    expect(line).toMatch(/^Esc back {3}J next {3}y copy 2 {3}/);
  });

  it('offers resume while paused', () => {
    expect(footer({ ...base, paused: true })).toContain('p resume');
  });

  it.each(fiveSizes)('shows whole hints only, and always the way to the others: $columns × $rows', size => {
    for (const actions of [[], [{ type: 'mark-all' } as const], [{ type: 'mark-all' } as const, down]]) {
      const line = footer({ ...base, size }, ...actions);
      expect(line).toMatch(/^(?:\d marked {3})?(?:\S \w+(?: \d)? {3})*\? help$/);
      expect(cellWidth(line)).toBeLessThanOrEqual(size.columns);
    }
  });

  it('has room for every hint from 80 columns on', () => {
    for (const { columns, rows } of fiveSizes.filter(size => size.columns >= 80)) {
      const line = footer({ ...base, size: { columns, rows } });
      for (const command of tableFooter) {
        expect(line).toContain(frameOptions.keymap.find(binding => binding.command === command)?.footer);
      }
    }
  });
});

describe('a marked row', () => {
  const row = (state: State) => screenOf(state).find(line => line.includes('three')) ?? '';

  it('has a sign before it', () => {
    expect(row(base)).not.toContain('◉');
    expect(row(after(base, { type: 'mark-all' }))).toMatch(/^◉ ✓/);
    expect(row(after(base, { type: 'mark-all' }, { type: 'move-to', place: 'last' }))).toMatch(/^>◉✓/);
  });

  it('stands in brackets with --ascii, whatever its first column is, selected or not', () => {
    const plain = (state: State) =>
      screenOf(state, { glyphs: glyphsFor(true) }).find(line => line.includes('three')) ?? '';
    const all = after(base, { type: 'mark-all' });
    const last = { type: 'move-to', place: 'last' } as const;
    expect(plain(base)).toMatch(/^ {2}= succeeded {2}three/);
    expect(plain(all)).toMatch(/^ \[= succeeded\] three/);
    expect(plain(after(base, last))).toMatch(/^> = succeeded {2}three/);
    expect(plain(after(all, last))).toMatch(/^>\[= succeeded\] three/);
    expect(plain({ ...all, columns: ['title', 'time'] })).toMatch(/^ \[three +\]$/);
  });
});
