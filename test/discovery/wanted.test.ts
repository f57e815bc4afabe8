import { describe, expect, test } from 'vitest';
import { ApiError } from '../../source/api/errors.ts';
import { account, listed, minute, source, start } from './account.ts';

describe('what a person asks for', () => {
  test('comes before a look, page by page, and polls take turns with it', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => listed(`t-${index}`, { submittedAt: start - index * 1000 }));
    const { all, lister, asked } = account(({ offset, limit, from }) => {
      const left = rows.filter(({ snapshot: { submittedAt } }) => from === null || (submittedAt ?? 0) >= from);
      return { tasks: left.slice(offset, offset + limit), total: left.length, serverTime: start };
    });
    all.addKnown(['known']);
    all.start();
    const walking = lister.walk({ kind: 'since', duration: 100_000 });
    all.poller.lookAgain(source);
    await all.clock.advance(10_000);
    expect((await walking).tasks.length).toBe(101);
    expect(asked.length).toBe(3);
    expect(all.vendor.asks.length).toBeGreaterThan(1);
  });

  test('is tried again after an outage, and refused with the token', async () => {
    const { all, lister, asked } = account((_, request) =>
      request < 4 ? new ApiError('network', 'connection refused') : { tasks: [listed('a')], total: 1 },
    );
    all.start();
    const walking = lister.walk({ kind: 'newest', count: 5 });
    all.poller.lookAgain(source);
    await all.clock.advance(minute);
    expect((await walking).tasks.map(({ id }) => id)).toEqual(['a']);
    expect(asked.length).toBe(4);
    expect(all.health().state).toBe('ok');

    const refusing = account(() => new ApiError('refused', '401 invalid token'));
    refusing.all.start();
    const refused = refusing.lister.walk({ kind: 'newest', count: 5 });
    refused.catch(() => undefined);
    refusing.all.poller.lookAgain(source);
    await refusing.all.clock.advance(minute);
    await expect(refused).rejects.toThrow('401 invalid token');
    expect(refusing.all.health().state).toBe('refused');
  });
});
