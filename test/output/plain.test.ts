import { describe, expect, it } from 'vitest';
import type { FileProgress } from '../../source/media/downloads.ts';
import { painter } from '../../source/output/paint.ts';
import { savedLine, startPlain } from '../../source/output/plain.ts';
import { Store } from '../../source/store/store.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { formatTime } from '../../source/text/duration.ts';
import { answer, health, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const now = Date.UTC(2026, 10, 21, 20, 1, 7);
const audioUrl = 'https://cdn.example/a.mp3';

function printed(glyphs = glyphsFor(false), level: 0 | 1 = 0) {
  const store = new Store(watching([task({ id: 'a' }), task({ id: 'b', source: 'xhuo/suno' })]));
  const lines: string[] = [];
  const stop = startPlain({ store, write: text => lines.push(text), glyphs, paint: painter(level), now: () => now });
  return { dispatch: store.dispatch, lines, stop };
}

const at = `${formatTime(now)}  `;

describe('plain output', () => {
  it('is a line for each change of status, with the time, the title, the id and the addresses', () => {
    const { dispatch, lines } = printed();
    const clips = [clip({ title: 'Weekend', audioUrl }), clip({ videoUrl: 'https://cdn.example/b.mp4' })];
    dispatch(answer([snapshot({ id: 'a' })]));
    dispatch(answer([snapshot({ id: 'a', status: 'succeeded', clips })]));
    expect(lines).toEqual([
      `${at}▸ running    ccapi:a\n`,
      `${at}✓ succeeded  Weekend  ccapi:a  ${audioUrl}  https://cdn.example/b.mp4\n`,
    ]);
  });

  it('leaves out the tasks that the filter hides', () => {
    const { dispatch, lines } = printed();
    dispatch({ type: 'filter', text: '!weekend' });
    dispatch(answer([snapshot({ id: 'a', clips: [clip({ title: 'Weekend' })] })]));
    expect(lines).toEqual([]);
  });

  it('gives the reason of a failure', () => {
    const { dispatch, lines } = printed(glyphsFor(true));
    const failed = snapshot({ id: 'b', status: 'failed', error: { code: null, message: 'lyric too long' } });
    dispatch(answer([failed], { source: 'xhuo/suno' }));
    expect(lines).toEqual([`${at}x failed     lyric too long  xhuo/suno:b\n`]);
  });

  it('has no line for a percentage that moved, but one for a first preview', () => {
    const { dispatch, lines } = printed();
    dispatch(answer([snapshot({ id: 'a', progress: 1 })]));
    dispatch(answer([snapshot({ id: 'a', progress: 2, clips: [] })]));
    dispatch(answer([snapshot({ id: 'a', progress: 2, clips: [clip({ title: 'no address yet' })] })]));
    expect(lines).toHaveLength(1);
    dispatch(answer([snapshot({ id: 'a', progress: 2, clips: [clip({ title: 'Weekend', audioUrl })] })]));
    expect(lines[1]).toBe(`${at}▸ running    Weekend  ccapi:a  preview ${audioUrl}\n`);
  });

  it('has a line when a source fails, and one when it is ok again', () => {
    const { dispatch, lines } = printed();
    const retrying = { state: 'retrying', message: '502 bad gateway', since: now } as const;
    dispatch(health());
    dispatch(health({ ...retrying, retryAt: now + 1000 }));
    dispatch(health({ ...retrying, retryAt: now + 9000 }));
    dispatch(health());
    expect(lines).toEqual([
      `${at}ccapi retrying at ${formatTime(now + 1000)}: 502 bad gateway\n`,
      `${at}ccapi ok again\n`,
    ]);
  });

  it('holds no escape sequence without colour', () => {
    const [bare, coloured] = [printed(), printed(glyphsFor(false), 1)];
    for (const { dispatch } of [bare, coloured]) dispatch(answer([snapshot({ id: 'a', status: 'failed' })]));
    expect(bare.lines.join('')).not.toContain('\u001b');
    expect(coloured.lines.join('')).toContain('\u001b[31m');
  });

  it('is a line for each file that is saved, with its place, its size and its task', () => {
    const a = task({ id: 'a' });
    const file: FileProgress = {
      ...{ key: 'x', task: a.key, clip: 0, clipId: null, what: 'audio', state: 'saved' },
      ...{ path: '/songs/A\nB.mp3', bytes: 812_000, total: 812_000, message: null },
    };
    expect(savedLine(file, a, now)).toBe(`${at}saved /songs/A B.mp3  812 kB  ccapi:a\n`);
    expect(savedLine(file, undefined, now)).toBe(`${at}saved /songs/A B.mp3  812 kB\n`);
    for (const state of ['waiting', 'started', 'failed'] as const)
      expect(savedLine({ ...file, state }, a, now)).toBeNull();
  });

  it('stops when told to', () => {
    const { dispatch, lines, stop } = printed();
    stop();
    dispatch(answer([snapshot({ id: 'a' })]));
    expect(lines).toEqual([]);
  });
});
