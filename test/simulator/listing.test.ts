import { describe, expect, test } from 'vitest';
import { demoScenario } from '../../source/simulator/demo.ts';
import type { ListingQuirk } from '../../source/simulator/listing.ts';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { bodyOf, itemOf, postTasks, start, tasksTask, type Item } from './start.ts';

const id = (index: number) => `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`;

const list = async (simulator: Parameters<typeof postTasks>[0], more: object = {}) =>
  bodyOf<{ items: Item[]; count: number }>(postTasks(simulator, { action: 'retrieve_batch', ...more }));

/** Twenty tasks, submitted ten seconds after one another. */
async function account(listing?: ListingQuirk) {
  const { simulator, clock } = await start({ tasks: [] }, listing === undefined ? {} : { listing });
  const began = clock.now / 1000;
  const add = (index: number, more: Partial<SimulatedTask> = {}) => {
    simulator.add(tasksTask({ id: id(index), ...more }));
    clock.now += 10_000;
  };
  for (let index = 0; index < 20; index++) add(index, index === 3 ? { kind: 'lyrics' } : {});
  return { simulator, clock, began };
}

const idsOf = ({ items }: { items: readonly Item[] }) => items.map(item => item.id);

describe('a listing', () => {
  test('has a page of 12, the newest first, and the number of all', async () => {
    const { simulator } = await account();
    const page = await list(simulator);
    expect(idsOf(page)).toEqual(Array.from({ length: 12 }, (_, index) => id(19 - index)));
    expect(page.count).toBe(20);
    expect(idsOf(await list(simulator, { limit: 3, offset: 18 }))).toEqual([id(1), id(0)]);
    expect(simulator.requests.at(-1)).toMatchObject({ listing: true, single: false, ids: [] });
  });

  test('is narrowed by times, by type and by user', async () => {
    const { simulator, began } = await account();
    const between = await list(simulator, { created_at_min: began + 20, created_at_max: began + 40 });
    expect(idsOf(between)).toEqual([id(4), id(3), id(2)]);
    expect(idsOf(await list(simulator, { type: 'lyrics' }))).toEqual([id(3)]);
    expect((await list(simulator, { user_id: 'nobody' })).count).toBe(0);
  });

  test('is of one service, whichever', async () => {
    const { simulator } = await account();
    simulator.add(tasksTask({ id: id(30), service: 'luma' }));
    const reply = await bodyOf<{ items: Item[] }>(postTasks(simulator, { action: 'retrieve_batch' }, 'luma'));
    expect(idsOf(reply)).toEqual([id(30)]);
  });

  test('can be as odd as any', async () => {
    const refused = await account('refused');
    expect((await postTasks(refused.simulator, { action: 'retrieve_batch' })).status).toBe(400);
    const page = { limit: 5, offset: 5, created_at_min: refused.began + 1e6 };
    expect(idsOf(await list((await account('unfiltered')).simulator, page))).toContain(id(14));
    expect(idsOf(await list((await account('same-page')).simulator, { limit: 2, offset: 5 }))).toEqual([
      id(19),
      id(18),
    ]);
    expect(idsOf(await list((await account('oldest-first')).simulator, { limit: 2 }))).toEqual([id(0), id(1)]);
    const shuffled = idsOf(await list((await account('shuffled')).simulator, { limit: 20 }));
    expect(shuffled).not.toEqual(shuffled.toSorted());
    expect(new Set(shuffled).size).toBe(20);
    const strangers = (await list((await account('strangers')).simulator)).items.map(item => item.user_id);
    expect(new Set(strangers).size).toBe(2);
    const far = await list((await account('endless')).simulator, { offset: 5_000, limit: 50 });
    expect(far.items.length).toBe(50);
    expect(far.count).toBeGreaterThan(5_050);
  });

  test('of the demo has a task once it has been submitted from elsewhere', async () => {
    const { simulator, clock } = await start(demoScenario);
    const [watched] = simulator.ids.filter(({ dialect, found }) => dialect === 'tasks' && !found);
    await itemOf(simulator, watched?.id ?? '');
    expect(idsOf(await list(simulator))).toEqual([watched?.id]);
    clock.now += 40_000;
    const found = simulator.ids.filter(each => each.found === true).map(each => each.id);
    expect(found).toHaveLength(4);
    expect(idsOf(await list(simulator))).toEqual([...found.toReversed().slice(0), watched?.id]);
  });
});
