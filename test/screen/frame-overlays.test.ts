import { describe, expect, it } from 'vitest';
import type { Overlay, Prompt, State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOf } from '../../source/screen/frame.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { cursorOf, frameOptions, linesOf, screenOf, textOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import type { Task } from '../../source/task/task.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const url = `https://cdn.example/song.mp3?${'signature='.repeat(20)}`;
const song = clip({ id: 'clip-1', title: 'Weekend', audioUrl: url, lyrics: 'one\n\ntwo', duration: 61 });
const watched = task({ id: 'task_weekend', action: 'music' });
const base = after(
  watching([watched]),
  answer([snapshot({ id: watched.id, progress: 62, rawStatus: 'IN_PROGRESS', clips: [song] })]),
);
const over = (overlay: Overlay, overrides: Partial<State> = {}) =>
  after({ ...base, ...overrides }, { type: 'open-overlay', overlay });
const typing = (kind: Prompt['kind'], text: string) => after(base, { type: 'open-prompt', kind, text });
const details = (raw: boolean) => over({ kind: 'details', key: watched.key, raw }, { size: { columns: 80, rows: 60 } });

describe('the details', () => {
  it('show the facts, the clips with whole addresses, and the history', () => {
    const lines = screenOf(details(false));
    const text = lines.join('\n');
    expect(text).toMatch(/status +▸ running {2}\(IN_PROGRESS\)/);
    expect(text).toMatch(/id +task_weekend\n/);
    expect(text).toMatch(/progress +62%/);
    expect(text).toMatch(/lyrics\n {2}one\n\n {2}two\n/);
    expect(text).toMatch(/history\n.*pending\n.*running/);
    expect(lines.join('')).toContain(url);
  });

  it('start a long address at the edge, as a link', () => {
    const lines = linesOf(frameOf(details(false), frameOptions)).filter(
      ({ segments }) => segments.at(-1)?.link === url,
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.map(textOf).join('')).toBe(url);
  });

  it('keep what was broken into several lines together under a filter', () => {
    const narrow = (filter: string) =>
      screenOf(over({ kind: 'details', key: watched.key, raw: false, filter }, { size: { columns: 44, rows: 30 } }))
        .slice(4, -1)
        .filter(line => line !== '');
    const lines = narrow('preview');
    expect(lines[0]?.trim()).toBe('preview');
    expect(lines.slice(1).join('')).toBe(url);
    // Found in a later line of it, and where it was broken.
    expect(narrow('signature')).toEqual(lines);
    expect(narrow(url.slice(20, 50))).toEqual(lines);
    expect(narrow('lyrics')).toEqual(['lyrics']);
  });

  it('are JSON the second time', () => {
    const text = screenOf(details(true)).join('\n');
    expect(text).toContain('"id": "task_weekend",');
    expect(text).toContain('"rawStatus": "IN_PROGRESS",');
  });

  it('say in words how the source is', () => {
    const health = (status: Task['status']) => {
      const one = task({ id: 'task_one', status });
      return screenOf(
        after(watching([one]), { type: 'open-overlay', overlay: { kind: 'details', key: one.key, raw: false } }),
      );
    };
    expect(health('pending').join('\n')).toMatch(/source +ccapi\/producer\n +not asked yet\n/);
    expect(health('succeeded').join('\n')).toMatch(/source +ccapi\/producer\n +all ended\n/);
  });

  it('are headed by what was asked for, where there is no title', () => {
    const failed = task({ status: 'failed', prompt: 'a song about trains' });
    const lines = screenOf(
      after(watching([failed]), { type: 'open-overlay', overlay: { kind: 'details', key: failed.key, raw: false } }),
    );
    expect(lines[3]).toBe('a song about trains');
  });

  it('name the unit of a cost', () => {
    const paid = task({ cost: 30_000 });
    const lines = screenOf(
      after(watching([paid]), { type: 'open-overlay', overlay: { kind: 'details', key: paid.key, raw: false } }),
    );
    expect(lines.find(line => line.startsWith('cost'))).toBe('cost       30000 quota units');
  });

  it('say where in them the screen is', () => {
    const small = over({ kind: 'details', key: watched.key, raw: true }, { size: { columns: 80, rows: 12 } });
    expect(screenOf(small)[3]).toMatch(/^Weekend +1-7 of \d+$/);
    const total = Number(/of (\d+)$/.exec(screenOf(small)[3] ?? '')?.[1]);
    expect(screenOf(after(small, { type: 'scroll', top: 9999 }))[3]).toMatch(
      new RegExp(`${total - 6}-${total} of ${total}$`),
    );
  });
});

describe('other overlays', () => {
  it('give text to be selected by hand whole, however long its lines are', () => {
    const lines = screenOf(over({ kind: 'text', title: 'select it with the mouse', lines: [url] }));
    expect(lines.join('')).toContain(url);
  });

  it('number the choices', () => {
    const text = screenOf(over({ kind: 'choose', title: 'open which?', choices: ['One (1)', 'Two (2)'] })).join('\n');
    expect(text).toMatch(/open which\?.*\n> 1 {2}One \(1\)\n {2}2 {2}Two \(2\)\n {2}a {2}all 2/);
  });

  it('show the latest event on top', () => {
    const lines = screenOf(after(over({ kind: 'log' }), { type: 'note', at: 0, text: 'the last one' }));
    expect(lines[4]).toContain('the last one');
    expect(lines[5]).toContain('pending → running');
  });

  it('show every key in the help, and those asked for', () => {
    const help = (filter: string, columns: number) =>
      screenOf(over({ kind: 'help', filter }, { size: { columns, rows: 100 } })).join('\n');
    for (const { help: words } of frameOptions.keymap) {
      expect(help('', 80)).toContain(words);
      expect(help('', 140)).toContain(words);
    }
    expect(help('pause', 80)).toContain('pause or resume');
    expect(help('pause', 80)).not.toContain('next task');
    expect(help('xyzzy', 80)).toContain('no key for "xyzzy"');
  });

  it('explain the signs at the left of a row in the help, with and without plain signs', () => {
    const state = over({ kind: 'help', filter: '' }, { size: { columns: 80, rows: 100 } });
    const help = (ascii: boolean) => linesOf(frameOf(state, { ...frameOptions, glyphs: glyphsFor(ascii) })).map(textOf);
    expect(help(false)).toContain('left of a row:   > selected   ◉ marked   ♫ playing   ▐ just changed');
    expect(help(true)).toContain('left of a row:   > selected   [ ] marked   @ playing   ! just changed');
  });
});

describe('the last line', () => {
  it('shows what is typed, with the cursor behind it', () => {
    expect(screenOf(typing('add', 'task_猫')).at(-1)).toBe('add ids: task_猫');
    expect(cursorOf(frameOf(typing('add', 'task_猫'), frameOptions))).toEqual({ x: 'add ids: '.length + 7, y: 23 });
  });

  it('keeps the end of a long line in view', () => {
    const long = typing('add', `${'x'.repeat(500)}END`);
    expect(screenOf(long).at(-1)).toMatch(/x{67}END$/);
    expect(cursorOf(frameOf(long, frameOptions))?.x).toBe(79);
  });

  it('never shows half a character', () => {
    for (const label of ['add', 'filter', 'player', 'help'] as const) {
      const line = screenOf(typing(label, '🎧'.repeat(300))).at(-1) ?? '';
      expect(line.isWellFormed()).toBe(true);
      expect(cellWidth(line)).toBeGreaterThan(70);
    }
  });

  it('shows line ends and controls in what is typed as blanks', () => {
    expect(screenOf(typing('add', 'a\nb\u001b[31mc\u0007d')).at(-1)).toBe('add ids: a b [31mc d');
  });
});
