import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A piece of a program's output, and when it arrived in milliseconds of performance.now(). */
export type Chunk = { readonly at: number; readonly text: string };

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
};

/** A program in a pseudo-terminal: its output with its times, and the screen that it draws. */
export class Terminal {
  readonly startedAt = performance.now();
  readonly chunks: Chunk[] = [];
  readonly screen: InstanceType<typeof xterm.Terminal>;
  readonly ended: Promise<number>;
  readonly #pty: IPty;
  readonly #watchers = new Set<() => void>();

  constructor(file: string, args: readonly string[], options: TerminalOptions = {}) {
    const { columns: cols = 120, rows = 40, env = {} } = options;
    this.screen = new xterm.Terminal({ cols, rows, allowProposedApi: true });
    this.#pty = spawn(file, [...args], { name: 'xterm-256color', cols, rows, env: { ...process.env, ...env } });
    this.#pty.onData(text => {
      this.chunks.push({ at: performance.now(), text });
      this.screen.write(text);
      for (const watcher of this.#watchers) watcher();
    });
    this.ended = new Promise(resolve => this.#pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  get pid(): number {
    return this.#pty.pid;
  }

  get output(): string {
    return this.chunks.map(({ text }) => text).join('');
  }

  send(keys: string): void {
    this.#pty.write(keys);
  }

  /** Milliseconds from the start of the program until its output contains a text. Rejects when it ends before that. */
  async written(wanted: string): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    const watcher = () => {
      if (this.output.includes(wanted)) resolve(performance.now() - this.startedAt);
    };
    this.#watchers.add(watcher);
    watcher();
    const took = await Promise.race([promise, this.ended.then(() => Number.NaN)]);
    this.#watchers.delete(watcher);
    if (Number.isNaN(took)) throw new Error(`the program ended without writing ${JSON.stringify(wanted)}`);
    return took;
  }

  /** Bytes that arrived between two times of performance.now(). */
  bytesBetween(from: number, to: number): number {
    return this.chunks
      .filter(({ at }) => at >= from && at < to)
      .reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  }

  kill(): Promise<number> {
    this.#pty.kill('SIGKILL');
    return this.ended;
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
