import type { SimulatedTask } from '../../source/simulator/scenario.ts';

const overFetch = { dialect: 'fetch', service: 'producer', endsAfter: 0 } as const;
const overTasks = { dialect: 'tasks', service: 'producer', endsAfter: 0 } as const;

export const ids = {
  weekend: 'task_WEEKENDbbbbCCCCddddEEEEffffGGGG1',
  rain: 'task_RAINbbbbCCCCddddEEEEffffGGGGhhh2',
  long: 'task_LONGbbbbCCCCddddEEEEffffGGGGhhh3',
  window: '1a6ac2ad-0000-4000-8000-000000000001',
  harbour: '2b7bd3be-0000-4000-8000-000000000002',
  unknown: 'task_UNKNOWNbbbCCCCddddEEEEffffGGGG9',
} as const;

export const weekend: SimulatedTask = { ...overFetch, id: ids.weekend, titles: ['Weekend Morning'] };
export const rain: SimulatedTask = {
  ...overFetch,
  id: ids.rain,
  titles: ['雨の夜に走る電車と猫'],
  ending: 'never',
  progress: ['42%'],
  preview: 0,
};
export const long: SimulatedTask = {
  ...overFetch,
  id: ids.long,
  titles: ['Ballad'],
  ending: 'failed',
  reason: 'lyric too long',
};
export const lit: SimulatedTask = { ...overTasks, id: ids.window, titles: ['First light', 'First light (reprise)'] };
export const harbour: SimulatedTask = {
  ...overTasks,
  id: ids.harbour,
  titles: ['Slow Harbour'],
  action: 'cover',
  ending: 'never',
  preview: 0,
};

/** Tasks of both dialects that do not change: done, running, failed. */
export const standing: readonly SimulatedTask[] = [weekend, rain, long, lit, harbour];

/** Finished tasks only: none of them is polled again. */
export const over: readonly SimulatedTask[] = [weekend, long, lit];

/** As many finished tasks as given. */
export const many = (count: number): readonly SimulatedTask[] =>
  Array.from({ length: count }, (_, index) => ({
    ...overFetch,
    id: `task_MANY${String(index).padStart(4, '0')}CCCCddddEEEEffffGGGGh`,
    titles: [`Song ${index}`],
  }));
