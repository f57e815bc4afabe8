import { describe, expect, it } from 'vitest';
import { createCovers, type Cover } from '../../source/media/covers.ts';
import { FileError } from '../../source/media/fetch-errors.ts';
import { PictureError } from '../../source/media/picture-header.ts';
import type { Picture } from '../../source/media/decode-picture.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

const picture: Picture = { width: 1, height: 1, rgb: new Uint8Array(3), png: null };

function setUp({ most = 12 } = {}) {
  const clock = new FakeClock();
  const shown: Cover[] = [];
  const asked: { url: string; signal: AbortSignal; done: PromiseWithResolvers<Picture> }[] = [];
  const covers = createCovers({
    load(url, signal) {
      const done = Promise.withResolvers<Picture>();
      asked.push({ url, signal, done });
      return done.promise;
    },
    after: clock.after,
    most,
    onCover: cover => shown.push(cover),
  });
  const load = async (url: string) => {
    covers.want(url);
    await clock.advance(200);
    asked.at(-1)?.done.resolve(picture);
    await clock.advance(0);
  };
  return { clock, covers, shown, asked, load };
}

describe('the cover that is wanted', () => {
  it('is asked for when it has been wanted for 200 ms', async () => {
    const { clock, covers, shown, asked } = setUp();
    covers.want('a');
    await clock.advance(199);
    expect(asked).toEqual([]);
    await clock.advance(1);
    asked[0]?.done.resolve(picture);
    await clock.advance(0);
    expect(shown).toEqual([{ url: 'a', picture, message: null }]);
  });

  it('is the only one that is asked for, however many are scrolled by', async () => {
    const { clock, covers, shown, asked } = setUp();
    for (const url of ['a', 'b', 'c']) {
      covers.want(url);
      await clock.advance(100);
    }
    await clock.advance(100);
    expect(asked.map(({ url }) => url)).toEqual(['c']);
    covers.want('d');
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.done.resolve(picture);
    await clock.advance(200);
    expect(shown).toEqual([]);
    expect(asked.map(({ url }) => url)).toEqual(['c', 'd']);
  });

  it('is there at once when it was shown before, as long as it is one of the last', async () => {
    const { covers, shown, asked, load } = setUp({ most: 2 });
    for (const url of ['a', 'b', 'a']) await load(url);
    expect([asked.length, shown.length]).toEqual([2, 3]);
    for (const url of ['c', 'a', 'b']) await load(url);
    expect(asked.map(({ url }) => url)).toEqual(['a', 'b', 'c', 'b']);
    covers.want('b');
    expect(shown).toHaveLength(6);
  });

  it('has a line where it is none, which is kept, but not where only the network failed', async () => {
    const { clock, covers, shown, asked } = setUp();
    for (const [url, error] of [
      ['a', new PictureError('no picture')],
      ['b', new FileError('passing', 'connection reset')],
      ['c', new Error('who knows')],
    ] as const) {
      covers.want(url);
      await clock.advance(200);
      asked.at(-1)?.done.reject(error);
      await clock.advance(0);
    }
    expect(shown.map(({ message }) => message)).toEqual(['no picture', 'connection reset', 'it cannot be shown']);
    for (const url of ['a', 'b']) {
      covers.want(url);
      await clock.advance(200);
    }
    expect(asked.map(({ url }) => url)).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is none any more after the end', async () => {
    const { clock, covers, shown, asked } = setUp();
    covers.want('a');
    await clock.advance(200);
    covers.stop();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.done.resolve(picture);
    await clock.advance(1000);
    expect([shown, clock.timers]).toEqual([[], 0]);
  });
});
