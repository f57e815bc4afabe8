import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../source/api/errors.ts';
import { account, listed, minute, source, start } from './account.ts';

describe('looking for new tasks', () => {
  test('asks once a minute while nothing runs', async () => {
    const { all, lister, asked } = account(() => ({ total: 0 }));
    lister.discover();
    all.start();
    await all.clock.advance(10 * minute - 1);
    expect(asked.length).toBe(10);
  });

  test('is one request in four while tasks run', async () => {
    const { all, lister, asked } = account(() => ({ tasks: [listed('known')] }));
    all.addKnown(['known']);
    lister.discover();
    all.start();
    await all.clock.advance(10 * minute);
    const polls = all.vendor.asks.length;
    expect(asked.length / (asked.length + polls)).toBeGreaterThan(0.2);
    expect(asked.length - 1).toBeLessThanOrEqual(polls / 3);
  });

  test('finds each task once, also one that somebody takes off the list', async () => {
    const { all, lister, found } = account((_, request) => ({ tasks: request < 3 ? [] : [listed('a'), listed('b')] }));
    lister.discover();
    all.start();
    await all.clock.advance(9 * minute);
    expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('asks for what was submitted around the newest it knows, and one time in ten for any', async () => {
    const { all, lister, asked } = account(() => ({ tasks: [listed('a')] }));
    lister.discover();
    all.start();
    await all.clock.advance(12 * minute - 1);
    const usual = start - 10 * minute;
    expect(asked.map(({ from }) => from)).toEqual([null, ...Array.from({ length: 9 }, () => usual), null, usual]);
  });

  test('a time to come hides nothing', async () => {
    const { all, lister, asked } = account(() => ({
      tasks: [listed('a', { submittedAt: start + 1e10 }), listed('b')],
    }));
    lister.discover();
    all.start();
    await all.clock.advance(minute);
    expect(asked[1]?.from).toBe(start - 10 * minute);
  });

  test('reads on, a page for each look, while a page is full of new ones', async () => {
    const page = (offset: number) => Array.from({ length: 50 }, (_, index) => listed(`t-${offset + index}`));
    const { all, lister, asked, found } = account(({ offset }) => ({ tasks: offset < 100 ? page(offset) : [] }));
    lister.discover();
    all.start();
    await all.clock.advance(4 * minute);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 50, 100, 0, 0]);
    expect(found.length).toBe(100);
  });
});

describe('an API that cannot list', () => {
  const refusal = new ApiError('request', '400 ids is required', { status: 400, code: 'bad_request' });

  test('is asked once, and said so in one line', async () => {
    const { all, lister, asked, lines } = account(() => refusal);
    lister.discover();
    all.start();
    await all.clock.advance(30 * minute);
    expect(asked.length).toBe(1);
    expect(lines).toEqual(['xhuo cannot list tasks: give ids (400 ids is required)']);
    await expect(lister.walk({ kind: 'newest', count: 5 })).rejects.toThrow(
      'xhuo cannot list tasks: give ids (400 ids is required)',
    );
  });

  test('is one that lists the tasks of others', async () => {
    const { all, lister, asked, found, lines } = account((_, request) => ({
      tasks: request === 1 ? [listed('a')] : [listed('b', {}, 'somebody')],
    }));
    lister.discover();
    all.start();
    await all.clock.advance(30 * minute);
    expect([asked.length, found.map(({ id }) => id)]).toEqual([2, ['a']]);
    expect(lines).toEqual(['xhuo cannot list tasks: give ids (it lists the tasks of others, too)']);
  });

  test('is one that has none though some are on the list', async () => {
    const { all, lister, asked, lines } = account(({ from }) => (from === null ? { total: 0 } : {}));
    all.addKnown(['known']);
    all.start();
    await all.clock.advance(minute);
    lister.discover();
    all.poller.lookAgain(source);
    await all.clock.advance(10 * minute);
    expect([asked.length, lines.length]).toEqual([1, 1]);
  });

  test('is one whose listing always fails while its tasks are answered for', async () => {
    const { all, lister, asked, lines } = account(() => new ApiError('server', '500 fetch failed', { status: 500 }));
    all.addKnown(['known']);
    lister.discover();
    all.start();
    await all.clock.advance(60 * minute);
    expect([asked.length, lines.length]).toEqual([3, 1]);
    expect(all.health().state).toBe('ok');
  });
});

describe('an id that somebody speaks of', () => {
  test('is asked about at once, found if it is there, and asked about once', async () => {
    const { all, lister, asked, found } = account(() => ({ total: 0 }));
    lister.discover();
    all.start();
    await all.clock.advance(10_000);
    all.vendor.know(['real']);
    lister.check('real');
    all.poller.lookAgain(source);
    await all.clock.advance(2_000);
    lister.check('real');
    await all.clock.advance(10 * minute);
    expect(found.map(({ id }) => id)).toEqual(['real']);
    expect(all.vendor.asks.map(({ ids }) => ids)).toEqual([['real']]);
    expect(asked.length).toBe(11);
  });

  test('takes the place of a look when nobody knows it, so that a flood costs nothing, and hides no look', async () => {
    const { all, lister, asked, found } = account(() => ({ total: 0 }));
    lister.discover();
    all.start();
    for (let second = 0; second < 1200; second++) {
      await all.clock.advance(1000);
      lister.check(`forged-${second}`);
      all.poller.lookAgain(source);
    }
    const checks = all.vendor.asks.length;
    expect(asked.length + checks).toBeLessThanOrEqual(20 + 2);
    expect(asked.length).toBeGreaterThanOrEqual(10);
    expect(checks).toBeGreaterThanOrEqual(8);
    expect(found).toEqual([]);
  });
});

test.each([
  ['is, where it was asked for', false, 'refused'],
  ['is not, where another service was', true, 'ok'],
])('a refused token of a source without tasks: that it is in trouble it %s', async (_, isOptional, state) => {
  const refusal = new ApiError('refused', '401 token_mismatched', { status: 401 });
  const { all, lister, asked, lines } = account(() => refusal, { isOptional });
  lister.discover();
  all.start();
  await all.clock.advance(10 * minute);
  expect([asked.length, lines.length, all.health().state]).toEqual([1, 1, state]);
});

test('no listing, however odd, makes it ask more than once a minute, or find a task twice', async () => {
  const row = fc.record({
    id: fc.nat(300).map(id => `t-${id}`),
    submittedAt: fc.option(fc.integer({ min: start - 1e9, max: start + 1e9 })),
    status: fc.constantFrom('running', 'succeeded', 'failed' as const),
  });
  const reply = fc.oneof(
    fc.array(row, { maxLength: 60 }),
    fc.constantFrom(new ApiError('network', 'reset'), new ApiError('busy', '429', { retryAfter: 1000 })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 6 }), async replies => {
      const { all, lister, asked, found } = account((_, request) => {
        const next = replies[request % replies.length];
        return next instanceof ApiError ? next : { tasks: (next ?? []).map(each => listed(each.id, each)) };
      });
      lister.discover();
      all.start();
      await all.clock.advance(20 * minute - 1);
      expect(asked.length).toBeLessThanOrEqual(20);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      await all.poller.stop();
    }),
    { numRuns: 50 },
  );
});
