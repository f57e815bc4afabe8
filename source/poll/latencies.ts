import { median, timeLimit } from './time-limit.ts';

/** Answers whose latencies are remembered. */
const remembered = 20;

/** The latencies of a source's last twenty answers, and the timeouts since the last of them. */
export class Latencies {
  #seen: readonly number[] = [];
  #timeouts = 0;

  answered(latency: number): void {
    this.#seen = [...this.#seen.slice(1 - remembered), latency];
    this.#timeouts = 0;
  }

  timedOut(): void {
    this.#timeouts++;
  }

  get limit(): number {
    return timeLimit(this.#seen, this.#timeouts);
  }

  /** 0 before the first answer. */
  get median(): number {
    return median(this.#seen) ?? 0;
  }
}
