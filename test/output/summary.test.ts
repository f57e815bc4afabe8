import { describe, expect, it } from 'vitest';
import type { FileProgress } from '../../source/media/downloads.ts';
import { painter } from '../../source/output/paint.ts';
import { summaryLines } from '../../source/output/summary.ts';
import type { State } from '../../source/store/state.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { cellWidth } from '../../source/text/width.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const urls = ['https://cdn.example/1.mp3', 'https://cdn.example/2.mp3'];
const done = task({
  id: 'task_done',
  status: 'succeeded',
  progress: 100,
  clips: urls.map(audioUrl => clip({ title: 'Weekend', audioUrl })),
});
const failed = task({ id: 'task_failed', status: 'failed', error: { code: null, message: 'lyric too long' } });
const base = after(watching([done, failed]), answer([]), health());
const summary = (state: State, columns = 80, level: 0 | 1 = 0) =>
  summaryLines(state, { glyphs: glyphsFor(false), columns, paint: painter(level) });

describe('the final table', () => {
  it('begins with what all came to, then has the titles, every row with the addresses of its clips, and the counts', () => {
    const lines = summary(base);
    expect(lines[0]).toBe('2 ended: 1 song, 1 failed');
    expect(lines[1]).toMatch(/^STATUS +TITLE .* TIME$/);
    expect(lines[2]).toMatch(/^✓ succeeded +Weekend \+1 .*100%$/);
    expect(lines.slice(3, 5)).toEqual(urls.map(url => `  ${url}`));
    expect(lines[5]).toMatch(/^✗ failed +lyric too long/);
    // Where the reason takes the place of the id, the id is below it.
    expect(lines[6]).toBe('  task_failed');
    expect(lines.at(-1)).toBe('1 done  1 failed');
  });

  it('holds what the filter lets through where that was asked for, and counts everything', () => {
    const state = after(base, { type: 'filter', text: 'long' });
    const lines = summaryLines(state, { glyphs: glyphsFor(false), columns: 80, paint: painter(0), filtered: true });
    expect(lines).toHaveLength(5);
    expect(lines[2]).toMatch(/^✗ failed +lyric too long/);
    expect(lines[4]).toBe('1 done  1 failed  (1 of 2 match long)');
  });

  it('holds everything, whatever the screen was showing, without a cursor', () => {
    const view = after(
      base,
      { type: 'mark' },
      { type: 'fold' },
      { type: 'filter', text: 'long' },
      { type: 'tab', tab: 'failed' },
      { type: 'open-overlay', overlay: { kind: 'help', filter: '' } },
    );
    expect(summary(view)).toEqual(summary(base));
    expect(summary(view).join('')).not.toMatch(/[>*]/);
  });

  it('has the signs of the plain screen in its own words and in titles, and leaves addresses alone', () => {
    const audioUrl = 'https://cdn.example/light’s.mp3';
    const song = task({ status: 'succeeded', clips: [clip({ title: 'First light’s', audioUrl })] });
    const quoted = task({ id: 'task_2', status: 'failed', error: { code: null, message: '’tis → gone' } });
    const lines = summaryLines(after(watching([song, quoted]), answer([]), health()), {
      glyphs: glyphsFor(true),
      columns: 80,
      paint: painter(0),
    });
    const [addresses, others] = [
      lines.filter(line => line.includes('://')),
      lines.filter(line => !line.includes('://')),
    ];
    expect(others.join('\n')).toContain("First light's");
    expect(others.join('\n')).toContain("'tis > gone");
    expect(others.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
    expect(addresses).toEqual([`  ${audioUrl}`]);
  });

  it('is no wider than the given columns, except for the addresses', () => {
    for (const columns of [20, 40, 80, 120]) {
      for (const line of summary(base, columns)
        .slice(0, -1)
        .filter(each => !each.includes('https://'))) {
        expect(cellWidth(line)).toBeLessThanOrEqual(columns);
      }
    }
  });

  it('names the sources that are failing', () => {
    const refused = after(base, health({ state: 'refused', message: '401 invalid token', since: 0 }));
    expect(summary(refused)).toContain('ccapi refused: 401 invalid token');
    expect(summary(base).join('\n')).not.toContain('ccapi ok');
  });

  it('differs with colour in nothing but the colour', () => {
    const coloured = summary(base, 80, 1);
    expect(coloured.join('')).toContain('\u001b[32m');
    expect(coloured.map(line => line.replace(/\u001b\[\d+m/g, ''))).toEqual(summary(base));
  });

  it('colours all rows alike, the first one too', () => {
    const [first, second] = summary(
      after(watching([done, { ...done, key: 'other' }]), answer([]), health()),
      80,
      1,
    ).filter(line => line.includes('succeeded'));
    expect(first).toMatch(/\u001b\[32m +100%/);
    expect(first).toBe(second);
  });

  it('says how many files were not saved, and what goes on with those that are unfinished', () => {
    const file = (key: string, state: FileProgress['state']): FileProgress => ({
      ...{ key, task: done.key, clip: 0, clipId: null, what: 'audio', state, path: '/songs/x.mp3' },
      ...{ bytes: 1, total: null, message: null },
    });
    const filesLines = (states: readonly FileProgress['state'][], resumes: string | null = null) => {
      const files = states.map((state, index) => file(String(index), state));
      const state = after(base, { type: 'files', at: 1, files, rate: null });
      const lines = summaryLines(state, { glyphs: glyphsFor(true), columns: 44, paint: painter(0), resumes });
      return lines.filter(line => /\bfiles?\b/.test(line));
    };
    expect(filesLines(['saved', 'saved'])).toEqual([]);
    expect(filesLines(['saved', 'failed', 'saved'])).toEqual(['2 of 3 files saved, 1 not']);
    expect(filesLines(['saved', 'failed', 'started', 'waiting'], 'cliptop --download /a/folder/of/songs')).toEqual([
      '1 of 4 files saved, 1 not',
      '2 files unfinished: cliptop --download /a/folder/of/songs goes on with them',
    ]);
    expect(filesLines(['started'])).toEqual(['1 file unfinished']);
  });

  it('of an empty list is the line "no tasks"', () => {
    expect(summary(watching([]))).toEqual(['no tasks']);
  });
});
