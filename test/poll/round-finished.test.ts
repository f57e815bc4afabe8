import { describe, expect, test } from 'vitest';
import { faults } from './vendor.ts';
import { idsUpTo, watching, type Watching } from './watching.ts';

const ends = ({ events }: Watching): number => events.filter(({ type }) => type === 'round-finished').length;

describe('the end of a round', () => {
  test('is told once, when every id was answered for', async () => {
    const all = watching();
    all.addKnown(idsUpTo(120));
    expect(all.poller.roundFinished).toBe(false);
    all.start();
    await all.clock.advance(300);
    expect([ends(all), all.poller.roundFinished]).toEqual([0, false]);
    await all.clock.advance(500);
    expect([ends(all), all.poller.roundFinished]).toEqual([1, true]);
    expect(all.events.at(-1)?.type).toBe('round-finished');
  });

  test('comes with every round', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(11_000);
    expect(ends(all)).toBe(3);
  });

  test('comes at the start when there is nothing to ask', () => {
    const all = watching();
    all.start();
    expect(ends(all)).toBe(1);
  });

  test('waits for a source that has not answered yet', async () => {
    const all = watching({ clients: vendor => [vendor.client('ccapi/producer'), vendor.client('ccapi/suno')] });
    all.vendor.delay = 2_000;
    all.addKnown(['task_a']);
    all.addKnown(['task_b'], 'ccapi/suno');
    all.start();
    await all.clock.advance(2_100);
    expect(ends(all)).toBe(0);
    await all.clock.advance(200);
    expect(ends(all)).toBe(1);
  });

  test('is taken back by an id that is added, and by its answer told again', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.start();
    await all.clock.advance(1_000);
    all.addKnown(['task_b']);
    expect(all.poller.roundFinished).toBe(false);
    await all.clock.advance(1_000);
    expect([ends(all), all.poller.roundFinished]).toEqual([2, true]);
  });

  test('comes when the last id that is due is taken off the list', async () => {
    const all = watching();
    all.vendor.delay = 500;
    all.addKnown(['task_a']);
    all.poller.pause(true);
    all.start();
    all.poller.remove([{ source: all.source, id: 'task_a' }]);
    await all.clock.advance(10);
    expect(ends(all)).toBe(1);
  });

  test('comes when the source fails', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.vendor.fault = () => faults.network();
    all.start();
    await all.clock.advance(10);
    expect(ends(all)).toBe(1);
  });

  test('not while the id is searched that spoils the batch: the others are still to come', async () => {
    const all = watching();
    all.addKnown(idsUpTo(50));
    all.vendor.fault = ask => (ask.ids.includes('task_00003') ? faults.request() : undefined);
    all.start();
    await all.clock.advance(10);
    expect(ends(all)).toBe(0);
    while (ends(all) === 0) await all.clock.advance(200);
    expect(all.store.getState().tasks.filter(({ status }) => status === 'running')).toHaveLength(49);
  });
});
