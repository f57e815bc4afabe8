import { EventEmitter } from 'node:events';

/** A stream that is a terminal of 120 × 40 cells to Ink, and only counts the bytes written to it. */
export class FakeScreen extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  columns = 120;
  rows = 40;
  bytes = 0;

  write(text: string, done?: () => void): boolean {
    this.bytes += Buffer.byteLength(text);
    done?.();
    return true;
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }
}

/** A standard input for Ink; keys come only from `type`. */
export class FakeKeyboard extends EventEmitter {
  readonly isTTY = true;
  isRaw = false;
  readonly #typed: string[] = [];

  type(keys: string): void {
    this.#typed.push(keys);
    this.emit('readable');
  }

  read(): string | null {
    return this.#typed.shift() ?? null;
  }

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }

  setEncoding(): void {
    // Nothing to do: `read` gives strings.
  }

  ref(): void {
    // Nothing to do: this stream never keeps the process alive.
  }

  unref(): void {
    // Nothing to do: this stream never keeps the process alive.
  }

  get stream(): NodeJS.ReadStream {
    return this as unknown as NodeJS.ReadStream;
  }
}
