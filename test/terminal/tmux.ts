import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a program can be started; prints a line when not, because tests are then skipped. */
export function installed(program: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  if (!found) process.stderr.write(`${program} is not installed: its tests are skipped\n`);
  return found;
}

/** The command line that runs one of the scripts next to this file. */
export const script = (name: string, ...args: readonly string[]): string =>
  [process.execPath, join(import.meta.dirname, 'scripts', name), ...args].map(word => `'${word}'`).join(' ');

/** Whether a process still runs; a zombie (Z, ended but not yet waited for by its parent) does not. */
export function running(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/**
 * Milliseconds that a test waits for something to appear. It is there within one on an idle machine; a busy one may take
 * as long as the test has (20 s), less the time to say what was there instead.
 */
export const waitTimeout = 15_000;

/** Calls `ask` until its result is right, and returns the last result. */
export async function until<T>(ask: () => T, right: (answer: T) => boolean): Promise<T> {
  const end = performance.now() + waitTimeout;
  for (;;) {
    const answer = ask();
    if (right(answer) || performance.now() > end) return answer;
    await new Promise(resolve => setTimeout(resolve, 40));
  }
}

/** A tmux server of its own, with a folder for whatever the test writes. */
export class Tmux {
  readonly folder = mkdtempSync(join(tmpdir(), 'cliptop-tmux-'));
  readonly #environment: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    this.#environment = {
      PATH: process.env.PATH,
      HOME: this.folder,
      TMUX_TMPDIR: this.folder,
      SHELL: '/bin/sh',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      NODE_ENV: 'production',
      ...env,
    };
  }

  /** Runs a tmux command and gives what it prints. */
  run(...args: readonly string[]): string {
    const found = spawnSync('tmux', ['-f', '/dev/null', ...args], { env: this.#environment, encoding: 'utf8' });
    if (found.status !== 0) throw new Error(`tmux ${args.join(' ')}: ${found.stderr}`);
    return found.stdout.trimEnd();
  }

  /**
   * Starts the server with a command in its first pane. The pane stays after the command has ended: tmux could lose the
   * last output of a pane that closes.
   */
  start(command: string, ...options: readonly string[]): void {
    this.run('new-session', '-d', '-x', '80', '-y', '24', 'sleep 60');
    for (const option of options) this.run('set', '-g', ...option.split(' '));
    this.replace(command);
  }

  /** Runs another command in the pane. */
  replace(command: string): void {
    this.run('respawn-pane', '-k', `${command}; sleep 60`);
  }

  /** What the pane shows. */
  screen(): string {
    return this.run('capture-pane', '-p');
  }

  /** Waits until the pane shows a text; fails with the screen when it does not. */
  async waitFor(text: string | RegExp): Promise<string> {
    const shown = (screen: string) => (typeof text === 'string' ? screen.includes(text) : text.test(screen));
    const screen = await until(() => this.screen(), shown);
    if (!shown(screen)) throw new Error(`waited for ${String(text)} in vain; the pane:\n${screen}`);
    return screen;
  }

  /** The newest paste buffer; empty when there is none. */
  buffer(): string {
    try {
      return this.run('show-buffer');
    } catch {
      return '';
    }
  }

  close(): void {
    try {
      this.run('kill-server');
    } catch {
      // It is gone already.
    }
    // The program that ran in the pane may still be writing.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
