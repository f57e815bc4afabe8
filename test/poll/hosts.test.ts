import { describe, expect, test } from 'vitest';
import { batchRequest } from '../../source/api/client.ts';
import { faults, Vendor } from './vendor.ts';
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
