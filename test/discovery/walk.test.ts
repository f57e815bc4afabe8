import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Listing, ListingQuery } from '../../source/api/listing.ts';
import { Walk, type Wanted, type WalkResult } from '../../source/discovery/walk.ts';
import { snapshot } from '../helpers/tasks.ts';

const now = Date.parse('2026-09-21T14:00:00Z');
const minute = 60_000;

type Row = { readonly id: string; readonly at: number | null; readonly owner?: string | null };

const listing = (rows: readonly Row[], more: Partial<Listing> = {}): Listing => ({
  tasks: rows.map(({ id, at, owner = null }) => ({ snapshot: snapshot({ id, submittedAt: at }), owner })),
  rows: rows.length,
  total: null,
  serverTime: now,
  ...more,
});

/** An API with tasks in an order of its own. */
type Api = {
  readonly rows: readonly Row[];
  readonly filters?: boolean;
  readonly offsets?: boolean;
  readonly totals?: boolean;
  readonly mostRows?: number;
  readonly serverTime?: number | null;
};

function answer(api: Api, { limit, offset, from }: ListingQuery): Listing {
  const { filters = true, offsets = true, totals = true, mostRows = 1000, serverTime = now } = api;
  const left = api.rows.filter(({ at }) => !filters || from === null || (at ?? 0) >= from);
  const start = offsets ? offset : 0;
  const page = left.slice(start, start + Math.min(limit, mostRows));
  return listing(page, { total: totals ? left.length : null, serverTime });
}

function run(wanted: Wanted, reply: (query: ListingQuery, request: number) => Listing, clock = now) {
  const walk = new Walk({ wanted, now: clock });
  const asked: ListingQuery[] = [];
  for (let query = walk.next; query !== null; query = walk.next) {
    asked.push(query);
    if (asked.length > 100) throw new Error('it pages for ever');
    walk.take(reply(query, asked.length));
  }
  return { ...walk.result, asked };
}

const idsOf = ({ tasks }: WalkResult) => tasks.map(({ id }) => id);
const newest = (count: number): Wanted => ({ kind: 'newest', count });
const since = (duration: number): Wanted => ({ kind: 'since', duration });

/** One task a minute, the newest first. */
const account = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `task-${index}`, at: now - index * minute }));
const firstIds = (count: number) => account(count).map(({ id }) => id);

describe('a walk for the newest tasks', () => {
  test('ends with the first page when that has all there are', () => {
    const walked = run(newest(20), query => answer({ rows: account(7) }, query));
    expect(idsOf(walked)).toEqual(firstIds(7));
    expect(walked.asked).toEqual([{ limit: 50, offset: 0, from: null }]);
    expect(walked.cut).toBe(false);
  });

  test('asks once more, for all since the last of them, and no page twice', () => {
    const walked = run(newest(20), query => answer({ rows: account(500) }, query));
    expect(idsOf(walked)).toEqual(firstIds(20));
    expect(walked.asked.map(({ offset, from }) => [offset, from])).toEqual([
      [0, null],
      [0, now - 19 * minute],
    ]);
  });

  test('is not misled by the oldest coming first', () => {
    const walked = run(newest(20), query => answer({ rows: account(500).toReversed() }, query));
    expect(idsOf(walked)).toEqual(firstIds(20));
  });

  test('reads on where times are ignored, and believes two pages in order', () => {
    const walked = run(newest(20), query => answer({ rows: account(5000), filters: false }, query));
    expect(idsOf(walked)).toEqual(firstIds(20));
    expect(walked.asked.length).toBe(3);
  });

  test('passes over those that are on the list already', () => {
    const walk = new Walk({ wanted: newest(5), now, isExcluded: id => Number(id.slice(5)) < 60 });
    for (let query = walk.next; query !== null; query = walk.next) walk.take(answer({ rows: account(500) }, query));
    expect(idsOf(walk.result)).toEqual(['task-60', 'task-61', 'task-62', 'task-63', 'task-64']);
  });
});

describe('a walk for the tasks of the last hours', () => {
  test('has them all, and none that is older', () => {
    const walked = run(since(90 * minute), query => answer({ rows: account(500) }, query));
    expect(idsOf(walked)).toEqual(firstIds(91));
    expect(walked.asked.length).toBe(2);
  });

  test('leaves out what is older where the API does not', () => {
    const walked = run(since(90 * minute), query => answer({ rows: account(5000), filters: false }, query));
    expect(idsOf(walked)).toEqual(firstIds(91));
    expect(walked.asked.length).toBe(2);
  });

  test.each([-3, 3])('goes by the clock of the vendor where ours is %i days wrong', days => {
    const wrong = now + days * 24 * 60 * minute;
    const walked = run(since(10 * minute), query => answer({ rows: account(500) }, query), wrong);
    expect(idsOf(walked)).toEqual(firstIds(11));
  });
});

describe('a listing that is not as it should be', () => {
  test('is stopped where it brings the same page for each offset', () => {
    const walked = run(since(400 * minute), query => answer({ rows: account(500), offsets: false }, query));
    expect(idsOf(walked)).toEqual(firstIds(50));
    expect(walked).toMatchObject({ cut: true, asked: { length: 2 } });
  });

  test('is stopped after twenty requests where it pages for ever', () => {
    const endless = ({ offset, limit }: ListingQuery) =>
      listing(
        Array.from({ length: limit }, (_, index) => ({ id: `task-${offset + index}`, at: now + offset + index })),
        { total: offset + 1000 },
      );
    const walked = run(since(minute), endless);
    expect(walked).toMatchObject({ cut: true, asked: { length: 20 } });
    expect(walked.tasks.length).toBe(1000);
  });

  test('is said to have the tasks of others when it has two owners', () => {
    const rows = account(60).map((row, index) => ({ ...row, owner: index === 30 ? 'b' : 'a' }));
    expect(run(newest(5), query => answer({ rows }, query))).toMatchObject({ strangers: true, asked: { length: 1 } });
  });

  test('has its end where its pages are smaller than asked for', () => {
    const api = { rows: account(100), mostRows: 12, totals: false };
    const walked = run(since(1000 * minute), query => answer(api, query));
    expect(idsOf(walked)).toEqual(firstIds(100));
  });
});

describe('whatever the API', () => {
  const rows = fc.uniqueArray(
    fc.record({ id: fc.nat(400).map(id => `task-${id}`), at: fc.integer({ min: now - 200 * minute, max: now }) }),
    { selector: ({ id }) => id, maxLength: 150 },
  );
  const wish = fc.oneof(
    fc.integer({ min: 1, max: 60 }).map(newest),
    fc.integer({ min: minute, max: 150 * minute }).map(since),
  );

  test('that keeps to its filters, the right tasks are found in any order, and within the limit', () => {
    fc.assert(
      fc.property(rows, wish, fc.boolean(), fc.constantFrom(12, 50), (all, wanted, totals, mostRows) => {
        const walked = run(wanted, query => answer({ rows: all, totals, mostRows }, query));
        const sorted = all.toSorted((one, other) => other.at - one.at);
        const right =
          wanted.kind === 'newest'
            ? sorted.slice(0, wanted.count)
            : sorted.filter(({ at }) => at >= now - wanted.duration);
        // Tasks of the same moment may change places.
        expect(walked.tasks.map(task => task.submittedAt)).toEqual(right.map(({ at }) => at));
        expect(walked.asked.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  test('no reply makes it ask more than twenty times, or give more than was wanted, twice the same, or too old ones', () => {
    const page = fc.record({
      rows: fc.array(fc.record({ id: fc.nat(2000).map(id => `task-${id}`), at: fc.option(fc.integer()) }), {
        maxLength: 80,
      }),
      total: fc.option(fc.integer({ min: -5, max: 1e9 })),
      serverTime: fc.option(fc.integer({ min: 0, max: now * 2 })),
    });
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 12 }), wish, (pages, wanted) => {
        const walked = run(wanted, (_, request) => {
          const { rows: some, ...more } = pages[request % pages.length] ?? { rows: [] };
          return listing(some, more);
        });
        expect(walked.asked.length).toBeLessThanOrEqual(20);
        expect(new Set(idsOf(walked)).size).toBe(walked.tasks.length);
        if (wanted.kind === 'newest') expect(walked.tasks.length).toBeLessThanOrEqual(wanted.count);
      }),
    );
  });
});
