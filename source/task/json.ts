import type { Task } from './task.ts';

const isoOf = (epoch: number | null): string | null => (epoch === null ? null : new Date(epoch).toISOString());

/**
 * A task as `--json` prints it: camelCase names, absent values null, times ISO 8601 in UTC. Account ids, callback
 * addresses and tokens are not in it because they never get into a task.
 */
export const toJson = (task: Task) => ({
  id: task.id,
  source: task.source,
  status: task.status,
  rawStatus: task.rawStatus,
  progress: task.progress,
  action: task.action,
  prompt: task.prompt,
  clips: task.clips,
  error: task.error,
  submittedAt: isoOf(task.submittedAt),
  startedAt: isoOf(task.startedAt),
  finishedAt: isoOf(task.finishedAt),
  updatedAt: isoOf(task.updatedAt),
  addedAt: new Date(task.addedAt).toISOString(),
  cost: task.cost,
  traceId: task.traceId,
  stalled: task.stalled,
});
