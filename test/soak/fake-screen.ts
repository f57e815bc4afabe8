import { EventEmitter } from 'node:events';

/** A terminal of 120 × 40 for Ink, which counts what it is sent; it runs no program and is nobody's. */
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

/** A keyboard nobody touches. */
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
    // Keys come as text.
  }

  ref(): void {
    // Never what keeps a program alive.
  }

  unref(): void {
    // Never what keeps a program alive.
  }

  get stream(): NodeJS.ReadStream {
    return this as unknown as NodeJS.ReadStream;
  }
}
