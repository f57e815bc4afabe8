import { describe, expect, it } from 'vitest';
import { followCovers } from '../../source/app/follow-covers.ts';
import type { Picture } from '../../source/media/decode-picture.ts';
import { Store } from '../../source/store/store.ts';
import { FakeClock } from '../helpers/fake-clock.ts';
import { answer, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const picture: Picture = { width: 1, height: 1, rgb: new Uint8Array(3), png: null };
const urlOf = (id: string) => `https://cdn.example/${id}.png`;
const song = (id: string, status: 'running' | 'succeeded' = 'running') =>
  snapshot({ id, status, clips: [clip({ title: id, imageUrl: urlOf(id) })] });

function setUp({ columns = 120, ids = ['task_a', 'task_b'] } = {}) {
  const clock = new FakeClock();
  const images = { way: 'blocks', fromColumns: 80 } as const;
  const store = new Store(
    watching(
      ids.map(id => task({ id })),
      { size: { columns, rows: 40 }, images },
    ),
  );
  const asked: string[] = [];
  const stop = followCovers({
    store,
    clock,
    load(wanted) {
      asked.push(`${wanted.task} ${wanted.url}`);
      return Promise.resolve(picture);
    },
  });
  return { clock, store, asked, stop, shown: () => store.getState().cover?.url ?? null };
}

describe('covers', () => {
  it('that an answer brings come with the next answer: between two polls the screen is quiet', async () => {
    const { clock, store, asked, shown } = setUp();
    store.dispatch(answer([song('task_a'), song('task_b')]));
    await clock.advance(1000);
    expect(asked).toEqual([`ccapi/producer:task_a ${urlOf('task_a')}`]);
    expect(shown()).toBeNull();
    store.dispatch(answer([], { at: 65_000 }));
    expect(shown()).toBe(urlOf('task_a'));
  });

  it('that an answer brings come at once where no other will follow', async () => {
    const { clock, store, shown } = setUp();
    store.dispatch(answer([song('task_a', 'succeeded'), song('task_b', 'succeeded')]));
    await clock.advance(1000);
    expect(shown()).not.toBeNull();
  });

  it('that a key asks for come when they are there', async () => {
    const { clock, store, asked, shown } = setUp();
    store.dispatch(answer([song('task_a'), song('task_b')]));
    store.dispatch({ type: 'move', by: 1 });
    await clock.advance(199);
    expect(asked).toEqual([]);
    await clock.advance(1);
    expect(shown()).toBe(urlOf('task_b'));
    expect(asked).toHaveLength(1);
  });

  it('that were shown before come with the key', async () => {
    const { clock, store, asked, shown } = setUp();
    store.dispatch(answer([song('task_a'), song('task_b')]));
    for (const by of [1, -1]) {
      store.dispatch({ type: 'move', by });
      await clock.advance(200);
    }
    store.dispatch({ type: 'move', by: 1 });
    expect(shown()).toBe(urlOf('task_b'));
    expect(asked).toHaveLength(2);
  });

  it('are asked for by nobody where they have no place', async () => {
    const { clock, store, asked } = setUp({ columns: 79 });
    store.dispatch(answer([song('task_a')]));
    await clock.advance(1000);
    expect(asked).toEqual([]);
    store.dispatch({ type: 'resize', columns: 120, rows: 40 });
    await clock.advance(1000);
    expect(asked).toHaveLength(1);
    store.dispatch({ type: 'preview' });
    store.dispatch({ type: 'open-overlay', overlay: { kind: 'help' } });
    await clock.advance(1000);
    expect(asked).toHaveLength(1);
  });

  it('come no more after the end', async () => {
    const { clock, store, asked, stop } = setUp();
    store.dispatch(answer([song('task_a')]));
    stop();
    store.dispatch({ type: 'move', by: 1 });
    await clock.advance(1000);
    expect([asked, clock.timers]).toEqual([[], 0]);
  });
});
