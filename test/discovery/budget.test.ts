import { expect, test } from 'vitest';
import {
  nextListingAt,
  pollsPerListing,
  restAfter,
  SharedBudget,
  shortRestAfter,
} from '../../source/discovery/budget.ts';

const never = Number.POSITIVE_INFINITY;
const notYet = Number.NEGATIVE_INFINITY;

test.each([
  ['the first goes out at once', { open: false, listedAt: notYet, polls: 0, services: 1 }, notYet],
  ['and also while tasks are open', { open: true, listedAt: notYet, polls: 0, services: 1 }, notYet],
  ['one a minute while nothing is open', { open: false, listedAt: 5_000, polls: 9, services: 1 }, 65_000],
  ['which two services share', { open: false, listedAt: 5_000, polls: 9, services: 2 }, 125_000],
  ['none before three requests about open tasks', { open: true, listedAt: 5_000, polls: 2, services: 2 }, never],
  [
    'then one, five seconds after the last at the least',
    { open: true, listedAt: 5_000, polls: 3, services: 2 },
    10_000,
  ],
])('%s', (_, load, at) => {
  expect(nextListingAt(load)).toBe(at);
});

test('failures make it rest longer and longer, one that a person waits for less long', () => {
  expect([1, 2, 3, 9].map(restAfter)).toEqual([60_000, 120_000, 240_000, 900_000]);
  expect([1, 2, 3, 9].map(shortRestAfter)).toEqual([1_000, 2_000, 4_000, 60_000]);
});

test('what services list while tasks of one are open is one in four requests together, and each has its turn', () => {
  const budget = new SharedBudget();
  const [busy, quiet, other] = [{}, {}, {}];
  budget.tell(busy, true);
  const count = new Map<object, number>([busy, quiet, other].map(lister => [lister, 0]));
  const polls = 300;
  for (let now = 0; now < polls; now++) {
    budget.polled();
    for (const [lister, times] of count) {
      if (budget.allow(lister, now, now) > now) continue;
      budget.listed(lister);
      count.set(lister, times + 1);
    }
  }
  const each = [...count.values()];
  const all = each.reduce((sum, times) => sum + times);
  expect(all).toBeLessThanOrEqual(polls / pollsPerListing);
  expect(Math.min(...each)).toBeGreaterThanOrEqual(30);
});

test('while nothing is open each service is listed when it wants, and none is charged for it', () => {
  const budget = new SharedBudget();
  const quiet = {};
  for (let now = 0; now < 5; now++) {
    expect(budget.allow(quiet, now, now)).toBe(now);
    budget.listed(quiet);
  }
});
