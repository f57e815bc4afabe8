import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listen, type Listening, type ListenEvent } from '../../source/media/listen.ts';

const player = { name: 'mpv', canPause: true, canSeek: true, hasVolume: true };
const song = (title: string) => ({ task: `ccapi/producer:${title}`, clip: 0, title });
const songs = ['one', 'two', 'three', 'four', 'five'].map(song);
const play = { type: 'play', songs, player } as const;
const after = (...events: readonly ListenEvent[]) => events.reduce<Listening | null>(listen, null);
const title = (now: Listening | null) => now?.songs[now.index]?.title ?? null;

describe('what is listened to', () => {
  it('is one song after another, to the end of the last', () => {
    const ended = { type: 'ended' } as const;
    expect(title(after(play))).toBe('one');
    expect(title(after(play, ended, ended))).toBe('three');
    expect(after(play, ended, ended, ended, ended, ended)).toBeNull();
  });

  it('steps between songs, and stays at either end', () => {
    const step = (by: number) => ({ type: 'step', by }) as const;
    expect(title(after(play, step(1), step(1), step(-1)))).toBe('two');
    const first = after(play);
    expect(listen(first, step(-1))).toBe(first);
    const last = after(play, step(4));
    expect([title(last), listen(last, step(1))]).toEqual(['five', last]);
  });

  it('moves once a second, however often the player tells where it is', () => {
    const begun = after(play, { type: 'position', seconds: 0.02 });
    expect(begun?.position).toBe(0);
    expect(listen(begun, { type: 'position', seconds: 0.98 })).toBe(begun);
    expect(listen(begun, { type: 'position', seconds: 1.01 })?.position).toBe(1);
  });

  it('begins each song anew, and the same one too', () => {
    const begun = after(play, { type: 'paused', paused: true }, { type: 'position', seconds: 40 });
    expect(begun).toMatchObject({ paused: true, position: 40 });
    const again = listen(begun, play);
    expect(again).toMatchObject({ paused: false, position: null, duration: null });
    expect(again?.turn).not.toBe(begun?.turn);
  });

  it('passes over a song that cannot be played, and gives up after three in a row', () => {
    const failed = { type: 'failed' } as const;
    expect(title(after(play, failed, failed))).toBe('three');
    expect(after(play, failed, failed, failed)).toBeNull();
    expect(title(after(play, failed, failed, { type: 'position', seconds: 0 }, failed))).toBe('four');
  });

  it('is nothing without songs, after a stop, and when nothing plays', () => {
    expect(after({ ...play, songs: [] })).toBeNull();
    expect(after(play, { type: 'stop' })).toBeNull();
    expect(after({ type: 'position', seconds: 1 }, { type: 'step', by: 1 }, { type: 'failed' })).toBeNull();
  });

  it('is always one of the songs, at whole seconds, whatever happens', () => {
    const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
    const event: fc.Arbitrary<ListenEvent> = fc.oneof(
      fc.record({ type: fc.constant('play' as const), songs: fc.constantFrom(songs, []), player: fc.constant(player) }),
      fc.record({ type: fc.constant('step' as const), by: fc.integer() }),
      fc.record({ type: fc.constant('paused' as const), paused: fc.boolean() }),
      fc.record({ type: fc.constantFrom('position' as const, 'duration' as const), seconds: number }),
      fc.record({ type: fc.constantFrom('ended' as const, 'failed' as const, 'stop' as const) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), events => {
        const now = after(...events);
        if (now === null) return;
        expect(now.songs[now.index]).toBeDefined();
        expect(Number.isInteger(now.position ?? 0) && (now.position ?? 0) >= 0).toBe(true);
        expect(Number.isInteger(now.duration ?? 1) && (now.duration ?? 1) > 0).toBe(true);
      }),
    );
  });
});
