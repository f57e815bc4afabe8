import { isFinal, type Snapshot } from '../task/task.ts';

/** One reply may hold a task twice, in an old and a new state: the final or the newest row wins, else the last. */
export function dedupe(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const best = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const other = best.get(snapshot.id);
    if (other === undefined || !isBetter(other, snapshot)) best.set(snapshot.id, snapshot);
  }
  return [...best.values()];
}

function isBetter(a: Snapshot, b: Snapshot): boolean {
  if (isFinal(a.status) !== isFinal(b.status)) return isFinal(a.status);
  return (a.updatedAt ?? 0) > (b.updatedAt ?? 0);
}
