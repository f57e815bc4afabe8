import type { HookEnd, RunningHook } from './run-hook.ts';

type HookQueueOptions<T> = {
  readonly run: (hook: T) => RunningHook;
  readonly onEnd: (hook: T, end: HookEnd) => void;
  readonly maxRunning?: number;
};

/** Runs hooks in the order in which they came, four at a time. */
export class HookQueue<T> {
  readonly #options: Required<HookQueueOptions<T>>;
  #waiting: readonly T[] = [];
  #running = 0;
  /** Those that have not left yet, also in the background. */
  readonly #present = new Set<RunningHook>();
  #idle = Promise.withResolvers<undefined>();
  #killed = false;

  constructor(options: HookQueueOptions<T>) {
    this.#options = { maxRunning: 4, ...options };
    this.#idle.resolve(undefined);
  }

  /** Hooks that run or wait. */
  get count(): number {
    return this.#running + this.#waiting.length;
  }

  add(hooks: readonly T[]): void {
    if (hooks.length === 0 || this.#killed) return;
    if (this.count === 0) this.#idle = Promise.withResolvers();
    this.#waiting = [...this.#waiting, ...hooks];
    this.#next();
  }

  /** Settles when no hook runs or waits. */
  idle(): Promise<void> {
    return this.#idle.promise;
  }

  /** Drops those that wait, and kills what is left of the others. */
  kill(): void {
    this.#killed = true;
    this.#waiting = [];
    for (const hook of this.#present) hook.kill();
  }

  #next(): void {
    while (this.#running < this.#options.maxRunning) {
      const [hook, ...rest] = this.#waiting;
      if (hook === undefined) break;
      this.#waiting = rest;
      this.#start(hook);
    }
    if (this.count === 0) this.#idle.resolve(undefined);
  }

  #start(hook: T): void {
    this.#running++;
    const started = this.#options.run(hook);
    this.#present.add(started);
    void started.gone.then(() => this.#present.delete(started));
    void started.end.then(end => {
      this.#running--;
      this.#options.onEnd(hook, end);
      this.#next();
    });
  }
}
