import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { demoEnvironment } from '../../source/app/demo-environment.ts';
import { startSimulator, type Simulator } from '../../source/simulator/simulator.ts';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { readJsonLines } from '../helpers/json-lines.ts';
import { running, until } from '../terminal/tmux.ts';
import { ids, standing } from './tasks.ts';
import { Terminal, type TerminalOptions } from './terminal.ts';

/** The built program; see `test/global-setup.ts`. */
export const cli = process.env.CLIPTOP_TEST_CLI ?? join(import.meta.dirname, '../../dist/cli.js');
/** One compile cache for all tests: without it every program would compile its code again. */
const compileCache = join(tmpdir(), `cliptop-test-cache-${process.getuid?.() ?? 0}`);

type Environment = Readonly<Record<string, string>>;

export type RunOptions = Partial<Omit<TerminalOptions, 'env'>> & {
  readonly env?: Environment;
  readonly tasks?: readonly SimulatedTask[];
};

export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** What one test uses: a folder, simulated APIs, programs in terminals. All of it is closed when the test ends. */
export class World {
  readonly cli = cli;
  readonly folder = mkdtempSync(join(tmpdir(), 'cliptop-pty-'));
  readonly #ends: (() => unknown)[] = [];
  /** The output of all programs, and the names of the files that the test itself wrote. */
  readonly #outputs: (() => string)[] = [];
  readonly #ownFiles = new Set<string>();
  readonly #tokens = new Set<string>();
  simulator: Simulator | undefined;

  constructor() {
    for (const name of ['config', 'state', 'home']) mkdirSync(join(this.folder, name));
  }

  /** Runs a function at the end of the test. */
  defer(end: () => unknown): void {
    this.#ends.push(end);
  }

  async simulate(tasks = standing, options: Parameters<typeof startSimulator>[0] = {}): Promise<Simulator> {
    const simulator = await startSimulator({
      scenario: { tasks, start: 'with-server' },
      token: `sk-test-${randomUUID().replaceAll('-', '')}`,
      ...options,
    });
    this.#tokens.add(simulator.token);
    this.defer(() => simulator.close());
    this.simulator = simulator;
    return simulator;
  }

  /** An environment without variables of this machine, with the base URLs and tokens of the simulated API. */
  env(more: Environment = {}): Environment {
    return {
      PATH: process.env.PATH ?? '',
      HOME: join(this.folder, 'home'),
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      TZ: 'UTC',
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      XDG_STATE_HOME: join(this.folder, 'state'),
      INPUTRC: join(this.folder, 'inputrc'),
      NODE_COMPILE_CACHE: compileCache,
      ...(this.simulator === undefined ? {} : demoEnvironment(this.simulator)),
      ...more,
    };
  }

  /** Any program in a pseudo-terminal. */
  terminal(file: string, args: readonly string[], { env = {}, ...size }: RunOptions = {}): Terminal {
    const terminal = new Terminal(file, args, { ...size, env: this.env(env) });
    this.defer(() => terminal.close());
    this.#outputs.push(() => terminal.output);
    return terminal;
  }

  /** The built program in a pseudo-terminal. */
  run(args: readonly string[], options: RunOptions = {}): Terminal {
    return this.terminal(process.execPath, [cli, ...args], options);
  }

  /**
   * The built program in a pseudo-terminal, watching the given tasks. Resolves when every row has its answer; the finished
   * task with one song is selected, if there is one.
   */
  async open(args: readonly string[] = [], options: RunOptions = {}): Promise<Terminal> {
    const tasks = options.tasks ?? standing;
    await this.simulate(tasks);
    const app = this.run([...tasks.map(({ id }) => id), ...args], options);
    await app.waitFor(lines => isAnswered(lines));
    if (tasks.some(({ id }) => id === ids.weekend)) await chooseWeekend(app);
    return app;
  }

  /** An interactive shell with job control, in which `cliptop` is a function that runs the built program. */
  async shell(options: RunOptions = {}): Promise<Terminal> {
    // readline would switch bracketed paste on and off itself: the tests look for what cliptop does.
    this.file('inputrc', 'set enable-bracketed-paste off\n');
    const settings = this.file('bashrc', `PS1='prompt$ '\ncliptop() { '${process.execPath}' '${cli}' "$@"; }\n`);
    const shell = this.terminal('bash', ['--noprofile', '--rcfile', settings, '-i'], options);
    await shell.waitFor('prompt$');
    return shell;
  }

  /** The built program without a terminal. Whatever the test is about, the lines of `--json` match their schema. */
  async pipe(
    args: readonly string[],
    { env = {}, input = '' }: { env?: Environment; input?: string } = {},
  ): Promise<Finished> {
    const finished = await new Promise<Finished>(resolve => {
      const child = execFile(
        process.execPath,
        [cli, ...args],
        { env: this.env(env), cwd: this.folder, maxBuffer: 100e6 },
        (error, stdout, stderr) => {
          this.#outputs.push(() => stdout + stderr);
          resolve({ code: Number(error?.code ?? 0), stdout, stderr });
        },
      );
      child.stdin?.end(input);
    });
    if (args.includes('--json') || args.includes('json')) readJsonLines(finished.stdout);
    return finished;
  }

  /** Waits until a process has ended; fails after two seconds. */
  async gone(pid: number): Promise<void> {
    for (const end = performance.now() + 2000; running(pid);) {
      if (performance.now() > end) throw new Error(`${pid} still runs`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  file(name: string, text: string, mode = 0o644): string {
    const path = join(this.folder, name);
    this.#ownFiles.add(name);
    writeFileSync(path, text, { mode });
    return path;
  }

  /** All files below a folder. */
  list(folder: string): readonly string[] {
    return readdirSync(join(this.folder, folder), { recursive: true, encoding: 'utf8' });
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Waits until a file contains a text. */
  async appears(name: string, text: RegExp): Promise<void> {
    const held = () => existsSync(join(this.folder, name)) && text.test(this.read(name));
    if (!(await until(held, Boolean))) throw new Error(`${name} never held ${String(text)}`);
  }

  /** Fails when a token is in the output of a program or in a file that one wrote. */
  #leaks(): readonly string[] {
    const files = this.list('.').filter(
      name => !this.#ownFiles.has(name) && statSync(join(this.folder, name)).isFile(),
    );
    const texts = [
      ...this.#outputs.map((read, index) => [`output ${index + 1}`, read()] as const),
      ...files.map(name => [name, this.read(name)] as const),
    ];
    return texts.filter(([, text]) => [...this.#tokens].some(token => text.includes(token))).map(([name]) => name);
  }

  async close(): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
    const leaks = this.#leaks();
    if (leaks.length > 0) throw new Error(`the token is in ${leaks.join(', ')}`);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function chooseWeekend(app: Terminal): Promise<void> {
  const row = (lines: readonly string[]) => lines.findIndex(line => /^..\S \w+ +Weekend Morning/.test(line));
  const chosen = (lines: readonly string[]) => lines.findIndex(line => line.startsWith('>'));
  const lines = app.screen();
  if (row(lines) < 0) return;
  const steps = row(lines) - chosen(lines);
  // Nothing is selected before a key is pressed, not even the first row: go down and up again.
  app.send(steps === 0 ? 'jk' : 'j'.repeat(steps));
  await app.waitFor(now => chosen(now) === row(now));
}

/** Whether every row shows an answer of the API. */
export const isAnswered = (lines: readonly string[]): boolean =>
  /^cliptop.* \d/.test(lines[0] ?? '') &&
  lines.some(line => line.startsWith('a add')) &&
  !lines.some(line => /not asked yet|^..\S pending\s*(?!the API|not found|\s)/.test(line));

export const test = base.extend<{ world: World }>({
  // eslint-disable-next-line no-empty-pattern
  world: async ({}, provide) => {
    const world = new World();
    await provide(world);
    await world.close();
  },
});
