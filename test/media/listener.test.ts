import { describe, expect, it } from 'vitest';
import type { Listening } from '../../source/media/listen.ts';
import { Listener, type Source } from '../../source/media/listener.ts';
import type { PlayerEvent } from '../../source/media/player.ts';

const song = (title: string) => ({ task: `ccapi/producer:${title}`, clip: 0, title });

function start(sourceOf: (title: string) => Source = title => ({ source: `/songs/${title}`, seconds: 100 })) {
  const done: string[] = [];
  const troubles: string[] = [];
  const states: (Listening | null)[] = [];
  const tell: { now: (event: PlayerEvent) => void } = { now: () => undefined };
  const listener = new Listener({
    startPlayer(onEvent, volume) {
      tell.now = onEvent;
      done.push(volume === null ? 'start' : `start at ${volume}%`);
      return {
        facts: { name: 'mpv', canPause: true, canSeek: true, hasVolume: true },
        load: source => done.push(source),
        pause: paused => done.push(paused ? 'pause' : 'go on'),
        seek: by => done.push(`seek ${by}`),
        changeVolume: by => done.push(`volume ${by}`),
        close: () => done.push('close'),
        kill: () => done.push('kill'),
      };
    },
    sourceOf: ({ title }) => sourceOf(title),
    onChange: listening => states.push(listening),
    onVolume: percent => troubles.push(`volume ${percent}`),
    onTrouble: (failed, reason, status) => troubles.push(`${failed?.title ?? 'all'}: ${reason} ${status ?? ''}`.trim()),
  });
  return { listener, done, troubles, states, tell: (event: PlayerEvent) => tell.now(event) };
}

describe('a listener', () => {
  it('plays all songs with one player, which it ends after the last', () => {
    const { listener, done, states, tell } = start();
    listener.play([song('a'), song('b')]);
    expect(states.at(-1)).toMatchObject({ index: 0, duration: 100 });
    tell({ type: 'ended' });
    tell({ type: 'ended' });
    expect(done).toEqual(['start', '/songs/a', '/songs/b', 'close']);
    expect(states.at(-1)).toBeNull();
  });

  it('goes past songs that cannot be played, and tells of each', () => {
    const { listener, done, troubles, tell } = start(title =>
      title === 'b' ? { refusal: 'it is no longer on the list' } : { source: title, seconds: null },
    );
    listener.play(['a', 'b', 'c', 'd'].map(song));
    tell({ type: 'failed', reason: '403', status: 403 });
    expect(troubles).toEqual(['a: 403 403', 'b: it is no longer on the list']);
    expect(done).toEqual(['start', 'a', 'c']);
    tell({ type: 'failed', reason: 'no', status: null });
    expect(done.at(-1)).toBe('close');
  });

  it('starts another player after one that has gone', () => {
    const { listener, done, troubles, states, tell } = start();
    listener.play([song('a'), song('b')]);
    tell({ type: 'gone', reason: 'mpv was ended by SIGKILL' });
    expect([troubles, states.at(-1)]).toEqual([['all: mpv was ended by SIGKILL'], null]);
    listener.play([song('b')]);
    expect(done).toEqual(['start', '/songs/a', 'start', '/songs/b']);
  });

  it('tells of a volume that was changed, and gives it to the next player', () => {
    const { listener, done, troubles, tell } = start();
    listener.play([song('a')]);
    tell({ type: 'volume', percent: 100 });
    listener.changeVolume(-5);
    tell({ type: 'volume', percent: 95 });
    listener.stop();
    listener.play([song('a')]);
    tell({ type: 'volume', percent: 95 });
    expect(done.filter(each => !each.startsWith('/'))).toEqual(['start', 'volume -5', 'close', 'start at 95%']);
    expect(troubles).toEqual(['volume 95']);
  });

  it('tells of a volume that was changed before the player told its own', () => {
    const { listener, troubles, tell } = start();
    listener.play([song('a')]);
    listener.changeVolume(-5);
    tell({ type: 'volume', percent: 95 });
    expect(troubles).toEqual(['volume 95']);
  });

  it('tells why no player could be started', () => {
    const troubles: string[] = [];
    const listener = new Listener({
      startPlayer: () => {
        throw new Error('install mpv');
      },
      sourceOf: () => ({ source: '', seconds: null }),
      onChange: () => undefined,
      onVolume: () => undefined,
      onTrouble: (_, reason) => troubles.push(reason),
    });
    listener.play([song('a')]);
    expect(troubles).toEqual(['install mpv']);
  });

  it('is silent while others have the terminal, and then goes on, unless it was paused before', () => {
    const { listener, done, tell } = start();
    listener.yield();
    listener.resume();
    listener.play([song('a')]);
    listener.yield();
    listener.resume();
    tell({ type: 'paused', paused: true });
    listener.yield();
    listener.resume();
    expect(done).toEqual(['start', '/songs/a', 'pause', 'go on']);
  });
});
