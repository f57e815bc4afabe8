import { describe, expect, test } from 'vitest';
import { faults } from './vendor.ts';
import { idsUpTo, watching, type Watching, type WatchingOptions } from './watching.ts';

const hour = 3_600_000;

const jumps: readonly [string, (all: Watching) => void][] = [
  [
    'a sleep of the machine during which the monotonic clock stands still',
    all => all.clock.sleep(hour, { counted: false }),
  ],
  ['a sleep of the machine during which the monotonic clock runs on', all => all.clock.sleep(hour, { counted: true })],
  ['a clock that is set forward', all => all.clock.set(hour)],
  ['a clock that is set back', all => all.clock.set(-hour)],
];

const twoHosts: WatchingOptions = {
  clients: vendor => [vendor.client('ccapi/producer'), vendor.client('newapi/producer', { host: 'other.test' })],
};

describe.each(jumps)('%s', (_, jump) => {
  test('the connections are dropped once and everything is asked once', async () => {
    const all = watching({ interval: 60_000 });
    all.addKnown(idsUpTo(60));
    all.start();
    await all.clock.advance(7_500);
    jump(all);
    const asks = await all.during(6_000);
    expect(all.wakes).toBe(1);
    expect(asks.map(({ ids }) => ids.length)).toEqual([50, 10]);
  });

  test('with two hosts the connections are dropped once all the same', async () => {
    const all = watching(twoHosts);
    all.vendor.delay = 300;
    all.addKnown(['a'], 'ccapi/producer');
    await all.clock.advance(1_700);
    all.addKnown(['b'], 'newapi/producer');
    all.start();
    await all.clock.advance(17_500);
    jump(all);
    await all.clock.advance(20_000);
    expect(all.wakes).toBe(1);
    expect(all.events.filter(({ type }) => type === 'health')).toHaveLength(2);
  });

  test('a request that hangs in a dead connection is asked again, and that is no failure', async () => {
    const all = watching();
    all.addKnown(['a']);
    all.start();
    await all.clock.advance(9_900);
    all.vendor.delay = 3 * hour;
    await all.clock.advance(200);
    expect(all.vendor.inFlight).toBe(1);
    jump(all);
    all.vendor.delay = 0;
    const asks = await all.during(5_200);
    expect(asks.length).toBeGreaterThanOrEqual(1);
    expect(all.vendor.inFlight).toBe(0);
    expect(all.health().state).toBe('ok');
    expect(all.events.filter(({ type }) => type === 'health')).toHaveLength(1);
  });

  test('ends the back-off of a source that was offline, not the rest of one that was refused', async () => {
    const all = watching(twoHosts);
    all.addKnown(['a'], 'ccapi/producer');
    all.addKnown(['b'], 'newapi/producer');
    all.vendor.fault = ask => (ask.source === 'ccapi/producer' ? faults.network() : faults.refused());
    all.start();
    await all.clock.advance(128_000);
    jump(all);
    all.vendor.fault = () => undefined;
    await all.clock.advance(6_000);
    expect(all.health('ccapi/producer').state).toBe('ok');
    expect(all.health('newapi/producer').state).toBe('refused');
  });

  test('while paused nothing is asked', async () => {
    const all = watching();
    all.addKnown(['a']);
    all.start();
    await all.clock.advance(6_000);
    all.poller.pause(true);
    jump(all);
    expect(await all.during(60_000)).toEqual([]);
    expect(all.wakes).toBe(1);
  });
});

test('time that passes as usual is no sleep of the machine, also with slow replies and a clock that drifts', async () => {
  const all = watching();
  all.vendor.delay = 29_000;
  all.addKnown(['a']);
  all.start();
  for (let step = 0; step < 600; step++) {
    await all.clock.advance(6_000);
    all.clock.set(step % 2 === 0 ? 900 : -800);
  }
  expect(all.wakes).toBe(0);
});
