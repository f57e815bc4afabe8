import { describe, expect } from 'vitest';
import { ids, standing } from './tasks.ts';
import { test } from './world.ts';

describe.concurrent('the table', () => {
  test('shows a row per task of both dialects, with the reason of a failure', async ({ world }) => {
    const app = await world.open();
    expect(app.line('cliptop')).toMatch(
      /^cliptop {2}█+▒+░+ {2}3 of 5 · .*2 running {2}2 done {2}1 failed {2,}auto 5s.*/,
    );
    expect(app.line('ccapi')).toMatch(/^ccapi ok \d+ms {3}xhuo ok \d+ms$/);
    expect(app.line('Weekend Morning')).toMatch(
      /✓ succeeded {2}Weekend Morning +music +task_WEEK… +(length \d:\d\d|100%)/,
    );
    expect(app.line('First light')).toMatch(/✓ succeeded {2}First light \+1 +generate +1a6ac2ad-…/);
    expect(app.line('雨の夜')).toMatch(/▸ running +雨の夜に走る電車と猫 · preview +music +task_RAIN… +███▎ +42%/);
    expect(app.line('lyric too long')).toMatch(/✗ failed +Ballad: lyric too long|✗ failed +lyric too long/);
    expect(app.line('a add')).toBe('a add   y copy 1   o open   / filter   p pause   : commands   ? help');
  });

  test('keeps its columns straight beside wide characters', async ({ world }) => {
    const app = await world.open();
    const actions = ['Weekend Morning', '雨の夜', 'lyric too long'].map(title => app.cellOf('music', title));
    expect(new Set([...actions, app.cellOf('generate'), app.cellOf('cover'), app.cellOf('ACTION')]).size).toBe(1);
    expect(new Set(['task_RAIN', 'task_WEEK', 'task_LONG', '1a6ac2ad', 'ID'].map(id => app.cellOf(id))).size).toBe(1);
  });

  test('says that an id is unknown, and keeps it', async ({ world }) => {
    const app = await world.open([ids.unknown]);
    await app.waitFor('1 pending');
    expect(app.line('task_UNKN')).toMatch(/◌ pending +the API does not know this id so far/);
  });

  test('takes the alternate screen, hides the cursor and names its counts in the title', async ({ world }) => {
    const app = await world.open();
    expect(app.modes).toEqual({ alternate: true, bracketedPaste: true, cursorVisible: false });
    expect(app.title).toBe('cliptop 2 running 2 done 1 failed');
  });

  test('draws the selected row inverse, and a status in its colour', async ({ world }) => {
    const app = await world.open();
    expect(app.look('Weekend Morning')).toMatchObject({ inverse: true });
    expect(app.look('lyric too long')).toMatchObject({ inverse: false });
    expect(app.look('failed', 'lyric too long').color).toBe(1);
    expect(app.look('succeeded', 'First light').color).toBe(2);
    expect(app.look('running', '雨の夜').bold).toBe(true);
  });

  test('underlines what the filter found, letter by letter, and nothing once it is gone', async ({ world }) => {
    const app = await world.open();
    await app.press('/light', '/light');
    await app.waitFor(lines => !lines.join('').includes('Weekend'));
    expect(app.look('light', 'First light')).toMatchObject({ underline: true, bold: true, inverse: true });
    expect(app.look('First', 'First light')).toMatchObject({ underline: false });
    await app.press('\r\u001b', 'Weekend');
    expect(app.look('light', 'First light')).toMatchObject({ underline: false });
  });

  test('leaves the terminal alone where it is told to', async ({ world }) => {
    const app = await world.open(['--no-title', '--no-alt-screen']);
    expect(app.modes.alternate).toBe(false);
    expect(app.title).toBe('');
    expect(app.output).not.toMatch(/\u001b\]/);
  });

  test('one request per source asks about everything', async ({ world }) => {
    await world.open();
    expect(world.simulator?.requests.map(({ ids: asked }) => asked.length).sort()).toEqual([2, 3]);
    expect(standing).toHaveLength(5);
  });
});
