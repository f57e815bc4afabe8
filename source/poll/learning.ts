import { noDurations, survivalTable, withDuration, type Durations } from '../task/durations.ts';
import { isFinal, type Task } from '../task/task.ts';

/** An ended task belongs to the spell of work for so many milliseconds, as far as the price of a request goes. */
const spell = 600_000;

/** Actions of which more than the open tasks is remembered. */
const maxKinds = 50;

/** How long tasks of one action take. */
type Kind = { readonly action: string | null; durations: Durations; told: Durations };

/** A task of the list as the pace sees it. Times are monotonic milliseconds. */
class PacedTask {
  /** null: no answer about it yet, so that its action is unknown. */
  kind: Kind | null = null;
  submittedAt: number;
  /** Whether `submittedAt` is what the vendor says. */
  dated = false;
  /** It is asked about at each beat. */
  regular = true;
  /** When it was first and last seen open, and when its end was noticed. */
  firstOpenAt: number | null = null;
  lastOpenAt: number | null = null;
  endedAt: number | null = null;
  /** What it took, to be learned in its turn; null: nothing that stands for others. */
  took: number | null = null;

  constructor(addedAt: number) {
    this.submittedAt = addedAt;
  }

  get survival(): Float64Array | null {
    return this.kind === null ? null : survivalTable(this.kind.durations);
  }
}

type Facts = {
  readonly now: number;
  /** The vendor's clock, milliseconds since 1970. */
  readonly serverNow: number;
  /** When it was put on the list. */
  readonly addedAt: number;
  readonly regular: boolean;
};

/** Learns from the tasks of a source how long such tasks take, and keeps what is to be foreseen. */
export class Learning {
  readonly #tasks = new Map<string, PacedTask>();
  readonly #kinds = new Map<string, Kind>();
  #changed = true;
  /** When nothing was open any more. */
  #idleAt = Number.NEGATIVE_INFINITY;

  /** Learns from tasks that ended earlier. */
  learn(tasks: readonly Task[]): void {
    const ended = tasks.filter(({ status }) => isFinal(status));
    for (const task of ended.toSorted((a, b) => (a.submittedAt ?? 0) - (b.submittedAt ?? 0))) {
      const took = tookOf(task);
      const kind = this.#kind(task);
      if (took !== null) kind.durations = withDuration(kind.durations, took);
    }
    this.#changed = true;
  }

  /** What an answer said of a task. */
  answered(task: Task, { now, serverNow, addedAt, regular }: Facts): void {
    let paced = this.#tasks.get(task.id);
    if (paced !== undefined && paced.endedAt !== null) return;
    if (paced === undefined) {
      paced = new PacedTask(addedAt);
      this.#tasks.set(task.id, paced);
      this.#changed = true;
    }
    if (!paced.dated && task.submittedAt !== null) {
      paced.dated = true;
      // It was submitted before it was put on the list, whatever the clocks say.
      paced.submittedAt = Math.min(addedAt, now - (serverNow - task.submittedAt));
    }
    const kind = task.status === 'pending' ? null : this.#kind(task);
    if (kind !== paced.kind || regular !== paced.regular) this.#changed = true;
    Object.assign(paced, { kind, regular });
    if (isFinal(task.status)) this.#end(paced, task, now);
    else {
      paced.firstOpenAt ??= now;
      paced.lastOpenAt = now;
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) if (this.#tasks.delete(id)) this.#changed = true;
  }

  /** The tasks that are open and asked about at each beat. */
  get open(): readonly PacedTask[] {
    return [...this.#tasks.values()].filter(({ endedAt, regular }) => endedAt === null && regular);
  }

  /** Those of the spell of work: open, or ended not long ago, and since something has been open without a break. */
  spell(now: number): readonly PacedTask[] {
    const since = Math.max(this.#idleAt, now - spell);
    return [...this.#tasks.values()].filter(({ regular, endedAt }) => regular && (endedAt === null || endedAt > since));
  }

  /**
   * Learns what can be learned when a task has come or ended since this was last called. The kinds of which something was
   * learned; null: nothing has changed.
   */
  settle(now: number): readonly Kind[] | null {
    if (!this.#changed) return null;
    this.#changed = false;
    this.#learnInOrder();
    if (this.open.length === 0) this.#idleAt = now;
    for (const [id, { endedAt, took }] of this.#tasks) {
      if (endedAt !== null && took === null && now - endedAt >= spell) this.#tasks.delete(id);
    }
    this.#forgetKinds();
    const learned = [...this.#kinds.values()].filter(({ durations, told }) => durations !== told);
    for (const kind of learned) kind.told = kind.durations;
    return learned;
  }

  /**
   * In the order in which they were submitted, up to the oldest open one: those of a batch that end first are its short
   * ones, and say little about the others.
   */
  #learnInOrder(): void {
    const oldest = new Map<Kind, number>();
    for (const { kind, submittedAt } of this.open) {
      if (kind !== null) oldest.set(kind, Math.min(submittedAt, oldest.get(kind) ?? submittedAt));
    }
    const ready = [...this.#tasks.values()].filter(
      ({ took, kind, submittedAt }) => took !== null && kind !== null && submittedAt < (oldest.get(kind) ?? Infinity),
    );
    for (const task of ready.sort((a, b) => a.submittedAt - b.submittedAt)) {
      if (task.kind !== null) task.kind.durations = withDuration(task.kind.durations, task.took ?? 0);
      task.took = null;
    }
  }

  /** A vendor may name an action differently in every reply. */
  #forgetKinds(): void {
    const used = new Set([...this.#tasks.values()].map(({ kind }) => kind));
    for (const [name, kind] of this.#kinds) {
      if (used.has(kind)) continue;
      if (kind.durations === noDurations || this.#kinds.size > maxKinds) this.#kinds.delete(name);
    }
  }

  #end(paced: PacedTask, task: Task, now: number): void {
    paced.endedAt = now;
    this.#changed = true;
    if (!isSuccess(task)) return;
    const { firstOpenAt, lastOpenAt, submittedAt } = paced;
    // It took no less than it was seen open, whatever the vendor says.
    const least = (lastOpenAt ?? now) - (firstOpenAt ?? now);
    paced.took = Math.max(tookOf(task) ?? (firstOpenAt === null ? 0 : now - submittedAt), least);
  }

  #kind({ action }: Task): Kind {
    const name = action ?? '';
    let kind = this.#kinds.get(name);
    if (kind === undefined) this.#kinds.set(name, (kind = { action, durations: noDurations, told: noDurations }));
    return kind;
  }
}

/** A failure ends a task early, and says nothing about how long the others take. */
const isSuccess = ({ status }: Task): boolean => status === 'succeeded' || status === 'partial';

/** Milliseconds from its submission to its end; null where it did not succeed, or the vendor's times are none. */
function tookOf(task: Task): number | null {
  const { submittedAt, finishedAt } = task;
  if (!isSuccess(task) || submittedAt === null || finishedAt === null || finishedAt <= submittedAt) return null;
  return finishedAt - submittedAt;
}
