import { describe, expect, test } from 'vitest';
import { faults } from './vendor.ts';
import { idsUpTo, watching } from './watching.ts';

describe('asked once, for a single run', () => {
  test('when every id was answered for', async () => {
    const all = watching();
    all.addKnown(idsUpTo(120));
    expect(all.poller.askedOnce).toBe(false);
    all.start();
    await all.clock.advance(300);
    expect(all.poller.askedOnce).toBe(false);
    await all.clock.advance(500);
    expect(all.poller.askedOnce).toBe(true);
  });

  test('when the source fails', async () => {
    const all = watching();
    all.addKnown(['task_a']);
    all.vendor.fault = () => faults.network();
    all.start();
    await all.clock.advance(10);
    expect(all.poller.askedOnce).toBe(true);
  });

  test('not while the id is searched that spoils the batch: the others are still to come', async () => {
    const all = watching();
    all.addKnown(idsUpTo(50));
    all.vendor.fault = ask => (ask.ids.includes('task_00003') ? faults.request() : undefined);
    all.start();
    await all.clock.advance(10);
    expect(all.poller.askedOnce).toBe(false);
    while (!all.poller.askedOnce) await all.clock.advance(200);
    expect(all.store.getState().tasks.filter(({ status }) => status === 'running')).toHaveLength(49);
  });
});
