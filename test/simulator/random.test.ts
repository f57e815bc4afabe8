import { expect, test } from 'vitest';
import { uuidFrom } from '../../source/simulator/random.ts';

const ids = (seed: number) => Array.from({ length: 3_000 }, (_, index) => uuidFrom(`${seed} ${index}`));

test('UUIDs are the same for the same seed, and all different for others', () => {
  expect(ids(1)).toEqual(ids(1));
  expect(new Set([...ids(1), ...ids(2)]).size).toBe(6_000);
});
