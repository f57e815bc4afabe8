import { EventEmitter } from 'node:events';

/** As much of a terminal's stream as Ink needs; what is written goes to `take`. */
export class TerminalStream extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  columns: number;
  rows: number;
  readonly #take: (bytes: string) => void;

  constructor(take: (bytes: string) => void, { columns = 60, rows = 12 } = {}) {
    super();
    this.#take = take;
    this.columns = columns;
    this.rows = rows;
  }

  write(bytes: string, done?: () => void): boolean {
    this.#take(bytes);
    done?.();
    return true;
  }
}
