import { describe, expect, test } from 'vitest';
import { batchRequest } from '../../source/api/client.ts';
import { faults, running, Vendor } from './vendor.ts';
import { FakeClock } from '../helpers/fake-clock.ts';
import { gaps, idsUpTo, watching } from './watching.ts';

const twoServices = (vendor: Vendor) => [
  vendor.client('xhuo/producer', { dialect: 'tasks' }),
  vendor.client('xhuo/suno', { dialect: 'tasks' }),
];

describe('two services of one host', () => {
  test('one request in flight, and they take turns', async () => {
    const all = watching({ clients: twoServices });
    all.vendor.delay = 700;
    all.addKnown(idsUpTo(200, 'a'), 'xhuo/producer');
    all.addKnown(idsUpTo(200, 'b'), 'xhuo/suno');
    all.start();
    await all.clock.advance(20_000);
    expect(all.vendor.mostInFlight).toBe(1);
    const sources = all.vendor.asks.map(({ source }) => source);
    expect(sources.slice(0, 4)).toEqual(['xhuo/suno', 'xhuo/producer', 'xhuo/suno', 'xhuo/producer']);
    expect(Math.min(...gaps(all.vendor.asks))).toBeGreaterThanOrEqual(1_000);
  });

  test('one of them in trouble does not hold up the other', async () => {
    const all = watching({ clients: twoServices });
    all.addKnown(['a'], 'xhuo/producer');
    all.addKnown(['b'], 'xhuo/suno');
    all.vendor.fault = ask => (ask.source === 'xhuo/suno' ? faults.refused() : undefined);
    all.start();
    const asks = await all.during(60_000);
    expect(asks.filter(({ source }) => source === 'xhuo/producer').length).toBeGreaterThanOrEqual(11);
    expect(asks.filter(({ source }) => source === 'xhuo/suno').length).toBeLessThanOrEqual(1);
    expect([all.health('xhuo/producer').state, all.health('xhuo/suno').state]).toEqual(['ok', 'refused']);
  });
});

test('two hosts are asked at the same time', async () => {
  const all = watching({
    clients: vendor => [vendor.client('ccapi/producer'), vendor.client('newapi/producer', { host: 'other.test' })],
  });
  all.vendor.delay = 1_000;
  all.addKnown(['a'], 'ccapi/producer');
  all.addKnown(['b'], 'newapi/producer');
  all.start();
  await all.clock.advance(500);
  expect(all.vendor.inFlight).toBe(2);
});

test.each([
  ['tasks', 1_000],
  ['fetch', 200],
] as const)('requests of the %s dialect begin at least %i ms apart, whatever the cause', async (dialect, least) => {
  const all = watching({ dialect, interval: 1_000 });
  all.addKnown(idsUpTo(400));
  all.start();
  for (let step = 0; step < 40; step++) {
    await all.clock.advance(130);
    all.refresh(idsUpTo(3));
    all.poller.refreshAll();
    all.poller.setInterval(1_000 + step * 10);
    if (step % 5 === 0) all.poller.pause(step % 2 === 0);
  }
  all.poller.pause(false);
  await all.clock.advance(10_000);
  expect(Math.min(...gaps(all.vendor.asks))).toBeGreaterThanOrEqual(least);
});

test('the number of ids is sent as the limit: the default page would hide the rest', () => {
  const vendor = new Vendor(new FakeClock());
  const ids = idsUpTo(50);
  expect(batchRequest(vendor.client('xhuo/producer', { dialect: 'tasks' }).source, ids).body).toEqual({
    action: 'retrieve_batch',
    ids,
    limit: 50,
  });
  expect(batchRequest(vendor.client('ccapi/producer').source, ids).body).toEqual({ ids });
});

test('a source that is added while it runs is asked', async () => {
  const all = watching();
  all.addKnown(['a']);
  all.start();
  await all.clock.advance(1_000);
  const client = all.vendor.client('xhuo/producer', { dialect: 'tasks', host: 'late.test' });
  all.store.dispatch({ type: 'add-sources', names: ['xhuo/producer'] });
  all.poller.addSource(client);
  all.poller.addSource(client);
  all.addKnown(['b'], 'xhuo/producer');
  await all.clock.advance(10);
  expect(all.task('b', 'xhuo/producer').status).toBe('running');
});

describe('a source that gives no answer', () => {
  const hangs = async (dialect: 'fetch' | 'tasks') => {
    const provider = dialect === 'fetch' ? 'ccapi' : 'xhuo';
    const names = [`${provider}/producer`, `${provider}/suno`] as const;
    const all = watching({ clients: vendor => names.map(name => vendor.client(name, { dialect })) });
    all.vendor.answering = async (ask, signal) => {
      if (ask.source === names[1]) {
        await all.vendor.wait(ask.timeLimit ?? 0, signal);
        throw faults.timeout();
      }
      const snapshots = ask.ids.map(id => running(id));
      return { snapshots, unreadable: [], noRows: false, rowsLost: false, more: false, latency: 1, serverTime: null };
    };
    all.add(idsUpTo(3, 'a'), { source: names[0] });
    all.add(idsUpTo(3, 'b'), { source: names[1] });
    all.start();
    const asks = await all.during(120_000);
    return { all, names, asks };
  };

  test.each(['fetch', 'tasks'] as const)('holds up no other source of the host (%s dialect)', async dialect => {
    const { all, names, asks } = await hangs(dialect);
    const rounds = asks.filter(({ source }) => source === names[0]);
    expect(rounds.length).toBeGreaterThanOrEqual(24);
    expect(Math.max(...gaps(rounds))).toBeLessThanOrEqual(7_000);
    expect(all.health(names[0]).state).toBe('ok');
    expect(all.health(names[1])).toMatchObject({ state: 'offline', message: 'no answer within 10 s' });
    // One for each source, and the gap between any two.
    expect(all.vendor.mostInFlight).toBe(2);
    expect(Math.min(...gaps(asks))).toBeGreaterThanOrEqual(dialect === 'fetch' ? 200 : 1_000);
  });

  test('has one request under way, whatever a person does', async () => {
    const all = watching();
    all.vendor.delay = 20_000;
    all.addKnown(idsUpTo(200));
    all.start();
    for (let step = 0; step < 30; step++) {
      await all.clock.advance(500);
      all.poller.refreshAll();
      all.refresh(idsUpTo(3));
    }
    expect(all.vendor.asks).toHaveLength(1);
  });

  test('lets the program end', async () => {
    const { all } = await hangs('fetch');
    await all.poller.stop();
    expect(all.vendor.inFlight).toBe(0);
    expect(all.clock.timers).toBe(0);
  });
});
