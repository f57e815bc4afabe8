import { newTask, taskKey, type Clip, type Snapshot, type Task } from '../../source/task/task.ts';

/** A clip about which nothing is known but what the test says. */
export const clip = (overrides: Partial<Clip> = {}): Clip => ({
  id: null,
  title: null,
  status: null,
  audioUrl: null,
  videoUrl: null,
  imageUrl: null,
  fileUrl: null,
  duration: null,
  model: null,
  style: null,
  lyrics: null,
  ...overrides,
});

/** What a reply says about a task that runs; every other fact is absent. */
export const snapshot = (overrides: Partial<Snapshot> = {}): Snapshot => ({
  id: 'task_0001',
  status: 'running',
  settled: true,
  rawStatus: null,
  progress: null,
  action: null,
  prompt: null,
  clips: [],
  error: null,
  submittedAt: null,
  startedAt: null,
  finishedAt: null,
  updatedAt: null,
  cost: null,
  traceId: null,
  ...overrides,
});

/** A watched task nobody has answered for; its key follows its source and id. */
export function task(overrides: Partial<Task> = {}): Task {
  const source = overrides.source ?? 'ccapi/producer';
  const id = overrides.id ?? 'task_0001';
  return { ...newTask(source, id, overrides.addedAt ?? 0), key: taskKey(source, id), ...overrides };
}
