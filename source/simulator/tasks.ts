import {
  stateAt,
  type Dialect,
  type Moment,
  type Scenario,
  type Service,
  type SimulatedTask,
  type WatchedId,
} from './scenario.ts';

/** A task, and when it is looked at. */
export type Sighting = { readonly task: SimulatedTask; readonly moment: Moment; readonly row: number };

/** Finds what the API knows at this moment; null for an unknown id. */
export type Look = (id: string) => Sighting | null;

type Entry = { readonly task: SimulatedTask; readonly row: number; startedAt: number | null };

export type TaskTable = {
  readonly add: (task: SimulatedTask) => void;
  readonly look: (dialect: Dialect, service: Service, media: string) => Look;
  readonly ids: () => readonly WatchedId[];
};

/** All tasks of one simulated API, each with its own start. */
export function createTaskTable(scenario: Scenario, now: () => number, speed: number): TaskTable {
  const entries = new Map<string, Entry>();
  const add = (task: SimulatedTask) => {
    const startedAt = scenario.start === 'when-asked' ? null : now();
    entries.set(`${task.dialect} ${task.service} ${task.id}`, { task, row: entries.size + 41, startedAt });
  };
  for (const task of scenario.tasks) add(task);

  const look = (dialect: Dialect, service: Service, media: string) => (id: string) => {
    const entry = entries.get(`${dialect} ${service} ${id}`);
    if (!entry) return null;
    const startedAt = (entry.startedAt ??= now());
    const elapsed = (now() - startedAt) * speed;
    if (stateAt(entry.task, elapsed).phase === 'unknown') return null;
    const moment = { elapsed, at: (instant: number) => startedAt + instant / speed, media };
    return { task: entry.task, moment, row: entry.row };
  };

  const ids = () => [
    ...[...entries.values()].map(({ task }) => ({
      id: task.id,
      dialect: task.dialect,
      service: task.service,
      summary: task.summary ?? task.titles.join(' · '),
    })),
    ...(scenario.alsoWatch ?? []),
  ];
  return { add, look, ids };
}

/** An earlier look at the same task, for a reply that holds an out-of-date row as well. */
export function staleMoment(task: SimulatedTask, moment: Moment): Moment {
  const queuedFor = task.queuedFor ?? 0;
  return { ...moment, elapsed: Math.min(moment.elapsed, queuedFor + (task.endsAfter - queuedFor) / 5) };
}
