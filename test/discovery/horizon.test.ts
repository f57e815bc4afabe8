import { describe, expect, test } from 'vitest';
import { Horizon } from '../../source/discovery/horizon.ts';
import type { Snapshot } from '../../source/task/task.ts';
import { snapshot } from '../helpers/tasks.ts';

const start = Date.parse('2026-09-21T14:00:00Z');
const [minute, hour] = [60_000, 3_600_000];

type Status = Snapshot['status'];
type Told = { readonly id: string; readonly at: number; readonly status?: Status };

/** An account of so many tasks, one an hour until the start, whose API lists them in an order of its own. */
function account(count: number, order: (one: Told, other: Told) => number, { lie = 0, heedsTimes = true } = {}) {
  const all: Told[] = Array.from({ length: count }, (_, index) => ({ id: `old-${index}`, at: start - index * hour }));
  const horizon = new Horizon();
  const clock = { now: start };
  const found: string[] = [];
  return {
    found,
    submit: (id: string, status: Status) => all.push({ id, at: clock.now - minute / 2, status }),
    look() {
      const { limit, offset, from } = horizon.next;
      const rows = all.filter(({ at }) => !heedsTimes || from === null || at + lie >= from).toSorted(order);
      const page = rows.slice(offset, offset + limit).map(({ id, at, status = 'succeeded' }) => ({
        snapshot: snapshot({ id, status, submittedAt: at + lie }),
        owner: null,
      }));
      const listing = { tasks: page, rows: page.length, total: rows.length, serverTime: clock.now };
      found.push(...horizon.take(listing, clock.now, () => false).map(({ id }) => id));
      clock.now += minute;
    },
  };
}

const newestFirst = (one: Told, other: Told) => other.at - one.at;
const oldestFirst = (one: Told, other: Told) => one.at - other.at;
const noOrder = (one: Told, other: Told) => (one.at % 7919) - (other.at % 7919) || one.at - other.at;

describe('a vendor whose times lie', () => {
  test.each([-72, -8, 0, 8, 72])('by %i hours hides nothing, and makes nothing old a new task', hours => {
    const { found, submit, look } = account(120, newestFirst, { lie: hours * hour - 2 * minute });
    look();
    expect(found).toEqual([]);
    submit('ended', 'succeeded');
    look();
    submit('running', 'running');
    look();
    expect(found).toEqual(['ended', 'running']);
  });
});

describe('an API that lists in another order', () => {
  test.each([
    ['the oldest first', oldestFirst, true, 4],
    ['the oldest first, whatever the times asked for', oldestFirst, false, 4],
    ['no order', noOrder, true, 4],
    ['no order, whatever the times asked for', noOrder, false, 10],
  ])('%s: tasks are found within a few looks', (_, order, heedsTimes, looks) => {
    const { found, submit, look } = account(400, order, { heedsTimes });
    submit('running', 'running');
    for (let index = 0; index < looks; index++) look();
    submit('ended', 'succeeded');
    for (let index = 0; index < looks; index++) look();
    expect(found.filter(id => !id.startsWith('old-0'))).toEqual(['running', 'ended']);
  });
});
