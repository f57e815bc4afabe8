import { randomFrom, type Draw, type Submitted } from './traces.ts';

/** When the server can tell of an end: at once, or at its next update, which come so many milliseconds apart. */
export type Server = { readonly name: string; readonly period: number | null };

export const servers: readonly Server[] = [
  { name: 'at once', period: null },
  { name: 'each 15 s', period: 15_000 },
];

/** The tasks of a draw, spell by spell: each begins some minutes after the last end, at no special moment of the server's rhythm. */
export function spellsOf({ seed, spells }: Draw, server: Server): readonly (readonly SimulatedTask[])[] {
  const random = randomFrom(1_000_000 + seed);
  let free = 0;
  return spells.map(spell => {
    const begun = free + Math.floor(400_000 + 60_000 * random());
    const tasks = spell.map(task => new SimulatedTask(task, begun, server, random));
    free = tasks.reduce((latest, { visibleAt }) => Math.max(latest, Math.ceil(visibleAt)), 0);
    return tasks;
  });
}

/** A task as the server knows it. */
export class SimulatedTask {
  readonly at: number;
  /** When a request can learn of its end, and when the server says it was. */
  readonly visibleAt: number;
  readonly endStamp: number;
  open = true;
  learned = false;
  endSeen = 0;
  readonly #period: number | null;
  /** When a server without a rhythm wrote something about it. */
  readonly #written: number[];

  constructor({ at, took }: Submitted, begun: number, { period }: Server, random: () => number) {
    this.at = begun + at;
    const end = this.at + took;
    this.endStamp = end;
    this.visibleAt = period === null ? end : Math.ceil(end / period) * period;
    this.#period = period;
    this.#written = [this.at];
    for (let moment = this.at; moment < end; moment += 2000 + 15_000 * random()) this.#written.push(moment);
    this.#written.push(end);
  }

  /** `updated_at` after the first: whole seconds by the relay's clock, which is a little ahead. */
  stampAt(now: number): number | null {
    const last = Math.min(now, this.visibleAt);
    const written =
      this.#period === null
        ? (this.#written.findLast(moment => moment <= now) ?? this.at)
        : Math.floor(last / this.#period) * this.#period;
    return written <= this.at ? null : Math.floor((written + 1300) / 1000) * 1000;
  }
}
