import { evidence, seenTable, tableStep } from '../task/durations.ts';
import { kindOf, type Task } from '../task/task.ts';
import { elapsed } from './progress.ts';
import type { State } from './state.ts';

/** Tasks of one kind that have taken equally long so far. */
type Group = {
  readonly table: Float64Array;
  /** Steps of the table. */
  readonly taken: number;
  /** As how many equally recent durations those seen count that are longer. */
  readonly longer: number;
  tasks: number;
};

/** Milliseconds until the last of some tasks is likely to end; `sure`: it says `about`. */
type BatchEnd = { readonly left: number; readonly sure: boolean };

/** `about` is said where at least this share of what says so is within a third of the truth, */
const wanted = 0.8;
/** surely enough: by so many standard errors, because durations are few, and the time is chosen as the one they make likeliest; */
const errors = 2;
/** and not only for a moment: if nothing ends, also when this part of the time left has passed. */
const lasting = 0.15;
/** Of two times that are so nearly as likely to be right, the one nearer to the median is said. */
const alike = 0.001;

/**
 * When all of these tasks are likely to have ended, from how long such tasks took: the time, as it is said, that is within a
 * third of the truth most often. Null where one of them is of a kind that is not known, or runs longer than all that are.
 */
export function batchEnd(open: readonly Task[], state: State): BatchEnd | null {
  const groups = groupsOf(open, state);
  if (groups === null) return null;
  const { left, share } = likeliest(groups);
  const steps = Math.max(1, Math.round((lasting * left) / tableStep));
  const later = groups.map(group => ({ ...group, taken: group.taken + steps }));
  if (later.some(({ table, taken }) => (table[taken] ?? 0) <= 0)) return { left, sure: false };
  const fewest = groups.reduce((least, { longer }) => Math.min(least, longer), Infinity);
  return { left, sure: atLeast(Math.min(share, likeliest(later).share), fewest) >= wanted };
}

/** The time left that is within a third of the truth most often, and the share of cases in which it is. */
function likeliest(groups: readonly Group[]): { readonly left: number; readonly share: number } {
  const ended = allEndedBy(groups);
  const by = (steps: number) => {
    const [from, to] = [Math.min(Math.floor(steps), ended.length - 1), Math.min(Math.ceil(steps), ended.length - 1)];
    return (ended[from] ?? 1) + (steps - Math.floor(steps)) * ((ended[to] ?? 1) - (ended[from] ?? 1));
  };
  const median = ended.findIndex(share => share >= 0.5) * tableStep;
  let best = { left: 0, share: -1 };
  for (let left = rounded(1); left < (2 * ended.length + 60) * tableStep; left = rounded(left + 1)) {
    const share = by((1.5 * left) / tableStep) - by((0.75 * left) / tableStep);
    const nearer = Math.abs(left - median) < Math.abs(best.left - median);
    if (share > best.share + (nearer ? -alike : alike)) best = { left, share };
  }
  return best;
}

/** What a share that was seen in so many cases is at least, in truth (Wilson's lower bound). */
function atLeast(share: number, cases: number): number {
  const part = errors ** 2 / cases;
  const error = Math.sqrt(Math.max(0, part * share * (1 - share)) + part ** 2 / 4);
  return (share + part / 2 - error) / (1 + part);
}

/** Up to whole steps of 5 s, 15 s from two minutes on, and a minute from ten on: more would be pretended. */
export function rounded(milliseconds: number): number {
  const step = milliseconds <= 120_000 ? 5000 : milliseconds <= 600_000 ? 15_000 : 60_000;
  return Math.ceil(milliseconds / step) * step;
}

function groupsOf(open: readonly Task[], state: State): readonly Group[] | null {
  const groups = new Map<string, Group>();
  for (const task of open) {
    const kind = kindOf(task);
    const durations = state.learned.get(kind);
    const table = durations === undefined ? null : seenTable(durations);
    const taken = Math.floor((elapsed(task, state) ?? 0) / tableStep);
    if (table === null || (table[taken] ?? 0) <= 0) return null;
    const name = `${kind} ${taken}`;
    const group = groups.get(name);
    const longer = (table[taken] ?? 0) * (durations === undefined ? 0 : evidence(durations));
    if (group === undefined) groups.set(name, { table, taken, longer, tasks: 1 });
    else group.tasks++;
  }
  return [...groups.values()];
}

/** The chance, at each step from now on, that all have ended. */
function allEndedBy(groups: readonly Group[]): readonly number[] {
  const chances: number[] = [0];
  while ((chances.at(-1) ?? 1) < 0.9999 && chances.length < 3600) {
    let all = 1;
    for (const { table, taken, tasks } of groups) {
      const open = (table[taken + chances.length] ?? 0) / (table[taken] ?? 1);
      all *= (1 - open) ** tasks;
      if (all === 0) break;
    }
    chances.push(all);
  }
  return chances;
}
