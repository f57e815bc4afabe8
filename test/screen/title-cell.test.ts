import { describe, expect, it } from 'vitest';
import { columns } from '../../source/screen/columns.ts';
import { rowSegments } from '../../source/screen/layout.ts';
import { chosenColumns, placeColumns } from '../../source/screen/placement.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import type { Task } from '../../source/task/task.ts';
import { watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const usual = chosenColumns({ columns: null, wide: false, downloading: false });
const text = (segments: readonly { text: string }[]) => segments.map(part => part.text).join('');

describe('the title of a row', () => {
  it('spends the cells behind the title on the reason of a failure, but not those of the time', () => {
    const failed = (message: string) =>
      task({ status: 'failed', action: 'music', error: { code: null, message }, submittedAt: 0, finishedAt: 26_000 });
    const line = (message: string) => {
      const each = failed(message);
      const context = { state: watching([each]), glyphs: glyphsFor(false) };
      return text(rowSegments({ task: each, clip: null }, placeColumns(usual, 78), context));
    };
    const whole = 'the lyrics are longer than 3000 characters';
    expect(line('too long')).toMatch(/too long +music +task_0001 +0:26$/);
    expect(line(whole)).toMatch(new RegExp(`${whole} +0:26$`));
    expect(line(whole.repeat(3))).toMatch(/… +0:26$/);
    expect(new Set([line('x'), line(whole), line(whole.repeat(3))].map(each => each.length)).size).toBe(1);
  });

  const rowAt = (cells: number, each: Task, chosen = usual) =>
    text(
      rowSegments({ task: each, clip: null }, placeColumns(chosen, cells), {
        state: watching([each]),
        glyphs: glyphsFor(false),
      }),
    );

  it('shortens the name of a failed task before its reason takes further columns', () => {
    const each = task({
      status: 'failed',
      action: 'music',
      prompt: 'a ballad with forty verses and a choir',
      error: { code: null, message: 'lyric too long: 3412 characters' },
    });
    expect(rowAt(118, each)).toMatch(/ a ballad with forty ve…: lyric too long: 3412 characters +music +task_0001/);
    expect(rowAt(78, each)).toMatch(/ a ballad with forty ver…: lyric too long: 3412 characters +$/);
  });

  it('keeps the start of the name before a reason that takes the whole row', () => {
    const message = 'lyric too long: 3412 characters, at most 3000';
    const each = task({ status: 'failed', prompt: 'a ballad with forty verses', error: { code: null, message } });
    expect(rowAt(78, each)).toMatch(new RegExp(` a ballad…: ${message} *$`));
    const timed = { ...each, submittedAt: 0, finishedAt: 26_000 };
    expect(rowAt(78, timed)).toMatch(/at most 3000 +0:26$/);
    // The time goes where that makes the reason whole.
    expect(rowAt(69, timed)).toMatch(new RegExp(` a ballad…: ${message} *$`));
  });

  it('gives the whole of a narrow row to the reason, but for the start of the name and the end that says it goes on', () => {
    const error = { code: null, message: 'lyric too long: 3412 characters, at most 3000' };
    const each = task({ status: 'failed', prompt: 'a ballad with forty verses', error, submittedAt: 0 });
    const timed = { ...each, finishedAt: 26_000 };
    expect(rowAt(58, timed)).toMatch(/ a balla…: lyric too long: 3412 characters, a…$/);
    expect(rowAt(42, timed)).toMatch(/ a balla…: lyric too long: 34…$/);
    const clips = [clip({ title: 'Letters to the Lighthouse' }), clip()];
    const partial = task({ status: 'partial', clips, error: { code: null, message: '1 of 2 clips failed' } });
    expect(rowAt(58, partial)).toMatch(/ Letters to the Light… \+1: 1 of 2 clips failed$/);
    expect(rowAt(42, partial)).toMatch(/ Letters…: 1 of 2 clips failed$/);
  });

  it('tells a task that has no name yet by its id, where no column does', () => {
    const each = task({ status: 'pending', prompt: null });
    expect(rowAt(42, each)).toMatch(/pending +task_0001 /);
    expect(rowAt(78, each).match(/task_0001/g)).toHaveLength(1);
    // Half an id is of no use beside a blank.
    const running = task({ id: `task_${'a1B2'.repeat(8)}`, status: 'running', action: 'music', prompt: null });
    expect(rowAt(78, running)).toMatch(new RegExp(`running +${running.id} +0:\\d\\d$|running +${running.id} +…`));
    expect(rowAt(58, running)).toMatch(/running +task_(?:a1B2){6}a?…/);
  });

  it('gives a task that ended in part its reason in every table, beside the length of its song', () => {
    const each = task({
      status: 'partial',
      action: 'music',
      clips: [clip({ title: 'Night Tram', duration: 130 })],
      error: { code: null, message: 'one of two songs was refused' },
    });
    expect(rowAt(78, each)).toMatch(/Night Tram: one of two songs was refused +length 2:10/);
    expect(rowAt(118, each, columns)).toMatch(/Night Tram: one of two songs was refused .* 2:10 /);
    // Where that makes the reason whole the length gives way, and the time stays.
    const few = usual.filter(({ id }) => id !== 'action' && id !== 'id');
    const timed = { ...each, clips: [...each.clips, clip()], submittedAt: 0, finishedAt: 26_000 };
    expect(rowAt(70, timed, few)).toMatch(/Night Tram \+1: one of two songs was refused +took 0:26$/);
  });

  it('leaves a task that nobody knows its id', () => {
    const message = 'the API does not know this id, or it belongs to another key';
    expect(rowAt(78, task({ status: 'missing', error: { code: null, message } }))).toMatch(/task_0001 +$/);
  });
});
