import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundTime } from '../../source/poll/round-time.ts';
import { faults } from './vendor.ts';
import { gaps, idsUpTo, watching, type Watching } from './watching.ts';

const paces = (all: Watching) => all.events.flatMap(event => (event.type === 'pace' ? [event.roundTime] : []));
const shown = (all: Watching, source = all.source) =>
  all.store.getState().sources.find(({ name }) => name === source)?.roundTime;

describe('how often each of many tasks is asked about', () => {
  test.each([
    ['a short list: at the interval', { batches: 1, turns: 1, gap: 200, latency: 50, interval: 5_000 }, 5_000],
    ['3,000 ids: a round of 60 requests', { batches: 60, turns: 60, gap: 200, latency: 50, interval: 5_000 }, 12_000],
    ['a slow source', { batches: 10, turns: 10, gap: 200, latency: 1_000, interval: 5_000 }, 10_000],
    ['a host that two sources share', { batches: 10, turns: 20, gap: 1_100, latency: 50, interval: 5_000 }, 22_000],
    [
      'an answer that takes longer than the interval',
      { batches: 1, turns: 1, gap: 200, latency: 1_700, interval: 1_000 },
      2_000,
    ],
    ['an interval shorter than the gap', { batches: 1, turns: 1, gap: 1_100, latency: 50, interval: 1_000 }, 2_000],
    ['nothing to ask about', { batches: 0, turns: 0, gap: 200, latency: 50, interval: 5_000 }, 5_000],
  ])('%s', (_, given, expected) => {
    expect(roundTime(given)).toBe(expected);
  });

  test('is never more often than the interval, and never less often with fewer tasks', () => {
    const amount = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(
        amount(200),
        amount(2_000),
        amount(30_000),
        fc.integer({ min: 1_000, max: 600_000 }),
        (batches, gap, latency, interval) => {
          const time = (count: number) => roundTime({ batches: count, turns: count, gap, latency, interval });
          expect(time(batches)).toBeGreaterThanOrEqual(interval);
          if (batches > 1) expect(time(batches + 1)).toBeGreaterThanOrEqual(time(batches));
        },
      ),
    );
  });
});

describe('the poller', () => {
  test('tells it for a long list, once, and it is what happens', async () => {
    const all = watching();
    all.addKnown(idsUpTo(3_000));
    all.start();
    await all.clock.advance(1_000);
    expect(paces(all)).toEqual([12_000]);
    const asks = await all.during(100_000);
    const one = asks.filter(({ ids }) => ids.includes('task_01234'));
    expect(gaps(one).every(gap => Math.abs(gap - 12_000) <= 500)).toBe(true);
    expect(paces(all)).toEqual([12_000]);
  });

  test('says nothing where the interval is kept', async () => {
    const all = watching();
    all.addKnown(idsUpTo(1_000));
    all.start();
    await all.clock.advance(60_000);
    expect(paces(all)).toEqual([]);
  });

  test('takes it back when enough of them have ended, and when the interval is longer anyway', async () => {
    const all = watching();
    all.addKnown(idsUpTo(3_000));
    all.start();
    await all.clock.advance(13_000);
    all.poller.setInterval(30_000);
    expect(shown(all)).toBeNull();
    all.poller.setInterval(5_000);
    expect(shown(all)).toBe(12_000);
    all.vendor.know(idsUpTo(3_000).slice(100), { status: 'succeeded' });
    await all.clock.advance(30_000);
    expect(shown(all)).toBeNull();
  });

  test('counts the requests of both sources of a host, and the smaller batches of one that takes no larger ones', async () => {
    const all = watching({
      clients: vendor => [
        vendor.client('xhuo/producer', { dialect: 'tasks' }),
        vendor.client('xhuo/suno', { dialect: 'tasks' }),
      ],
    });
    all.addKnown(idsUpTo(500, 'a'), 'xhuo/producer');
    all.addKnown(idsUpTo(500, 'b'), 'xhuo/suno');
    all.start();
    await all.clock.advance(60_000);
    expect([shown(all), shown(all, 'xhuo/suno')]).toEqual([22_000, 22_000]);

    const small = watching();
    small.addKnown(idsUpTo(1_000));
    small.vendor.fault = ask => (ask.ids.length > 5 ? faults.server(504) : undefined);
    small.start();
    await small.clock.advance(200_000);
    expect(shown(small)).toBe(40_000);
  });

  test('leaves out what is asked about less often', async () => {
    const all = watching();
    all.addKnown(idsUpTo(3_000));
    all.start();
    await all.clock.advance(600_000);
    all.vendor.know(idsUpTo(100), { progress: 50 });
    await all.clock.advance(60_000);
    expect(shown(all)).toBeNull();
  });
});
