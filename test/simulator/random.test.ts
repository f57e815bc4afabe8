import { describe, expect, it } from 'vitest';
import { taskIdFrom, uuidFrom } from '../../source/simulator/random.ts';

describe.each([
  ['task ids', taskIdFrom],
  ['UUIDs', uuidFrom],
])('%s', (_, idFrom) => {
  const ids = (seed: number) => Array.from({ length: 3_000 }, (_unused, index) => idFrom(`${seed} ${index}`));

  it('are the same for the same seed, and all different for others', () => {
    expect(ids(1)).toEqual(ids(1));
    expect(new Set([...ids(1), ...ids(2)]).size).toBe(6_000);
  });
});
