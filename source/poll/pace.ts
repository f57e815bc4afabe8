import { roundTime, type RoundFacts } from './round-time.ts';

/** Tells how often the tasks of a source are asked about, in milliseconds, when that has changed; null: at the interval. */
export class Pace {
  readonly #report: (roundTime: number | null) => void;
  #told: number | null = null;

  constructor(report: (roundTime: number | null) => void) {
    this.#report = report;
  }

  update(facts: RoundFacts): void {
    // To the second, so that the header does not change with each answer.
    const time = Math.round(roundTime(facts) / 1000) * 1000;
    const told = facts.batches > 0 && time > facts.interval ? time : null;
    if (told === this.#told) return;
    this.#told = told;
    this.#report(told);
  }
}
