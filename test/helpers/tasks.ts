import { newTask, taskKey, type Clip, type Snapshot, type Task } from '../../source/task/task.ts';

/** A clip of which every field is null but the given ones. */
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

/** A snapshot of a running task, of which every other field is null or empty but the given ones. */
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

/** A task without any answer yet; its key follows from its source and id. */
export function task(overrides: Partial<Task> = {}): Task {
  const source = overrides.source ?? 'ccapi/producer';
  const id = overrides.id ?? 'task_0001';
  return { ...newTask(source, id, overrides.addedAt ?? 0), key: taskKey(source, id), ...overrides };
}
