import { readFileSync } from 'node:fs';
import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { waitTimeout, running } from '../terminal/tmux.ts';

/** How a program ended: its exit code, or the number of the signal. */
export type Ended = { readonly code: number; readonly signal: number };

export type TerminalOptions = {
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
};

type Shown = string | RegExp | ((lines: readonly string[]) => boolean);

const [frameBegins, frameEnds] = ['\u001b[?2026h', '\u001b[?2026l'];
/** Milliseconds after which a frame is shown as far as it has come: its program may be gone. */
const framePatience = 1000;

/** A terminal that knows synchronized updates shows no half of a frame. How much of the output may be shown. */
function wholeFrames(output: string): number {
  const begun = output.lastIndexOf(frameBegins);
  if (begun > output.lastIndexOf(frameEnds)) return begun;
  // The beginning may have come in part.
  const escape = output.lastIndexOf('\u001b');
  return escape >= 0 && frameBegins.startsWith(output.slice(escape)) ? escape : output.length;
}

/** A program in a pseudo-terminal, and the screen of a terminal emulator that gets its output. */
export class Terminal {
  readonly pid: number;
  /** Resolves when the program has ended and its last bytes are on the screen. */
  readonly ended: Promise<Ended>;
  title = '';
  readonly #pty: IPty;
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  readonly #watchers = new Set<() => void>();
  #output = '';
  /** The beginning of a frame whose end is still to come. */
  #pending = '';
  #patience: NodeJS.Timeout | undefined;
  #end: Ended | undefined;

  constructor(file: string, args: readonly string[], { env, columns = 100, rows = 24 }: TerminalOptions) {
    this.#pty = spawn(file, [...args], {
      name: env.TERM ?? '',
      cols: columns,
      rows,
      env: { ...env },
      cwd: env.HOME ?? '/',
    });
    this.pid = this.#pty.pid;
    this.#terminal = new xterm.Terminal({ cols: columns || 80, rows: rows || 24, allowProposedApi: true });
    this.#terminal.onTitleChange(title => (this.title = title));
    this.#terminal.onData(reply => this.#pty.write(reply));
    this.#pty.onData(bytes => {
      this.#output += bytes;
      this.#pending += bytes;
      this.#show(wholeFrames(this.#pending));
      clearTimeout(this.#patience);
      if (this.#pending !== '') this.#patience = setTimeout(() => this.#show(this.#pending.length), framePatience);
    });
    this.ended = new Promise(resolve => {
      this.#pty.onExit(({ exitCode, signal = 0 }) => {
        this.#end = { code: exitCode, signal };
        clearTimeout(this.#patience);
        this.#show(this.#pending.length);
        this.#terminal.write('', () => {
          this.#look();
          resolve({ code: exitCode, signal });
        });
      });
    });
  }

  /** Gives the emulator so much of what has come. */
  #show(length: number): void {
    if (length === 0) return;
    this.#terminal.write(this.#pending.slice(0, length), this.#look);
    this.#pending = this.#pending.slice(length);
  }

  readonly #look = (): void => {
    for (const watcher of this.#watchers) watcher();
  };

  /** Everything the program wrote. */
  get output(): string {
    return this.#output;
  }

  /** The output from an index on: `terminal.since(terminal.output.length)` is empty. */
  since(length: number): string {
    return this.#output.slice(length);
  }

  /** The visible lines, without blanks at their ends; the emulator's lines also hold cells beyond a narrower width. */
  screen(): readonly string[] {
    const { rows, cols } = this.#terminal;
    const { active } = this.#terminal.buffer;
    return Array.from({ length: rows }, (_, row) => {
      const line = active.getLine(active.baseY + row)?.translateToString(true, 0, cols) ?? '';
      return line.trimEnd();
    });
  }

  /** The first line that shows a text; throws when there is none. */
  line(text: string): string {
    const found = this.screen().find(line => line.includes(text));
    if (found === undefined) throw new Error(`"${text}" is not on the screen:\n${this.screen().join('\n')}`);
    return found;
  }

  #bufferLine(text: string) {
    const row = this.screen().findIndex(line => line.includes(text));
    const { active } = this.#terminal.buffer;
    return active.getLine(active.baseY + row);
  }

  /** The cell at which a text starts on the line that shows `beside`. A wide character takes two cells. */
  cellOf(text: string, beside = text): number {
    const line = this.#bufferLine(beside);
    for (let cell = 0; cell < this.#terminal.cols; cell++) {
      if (line?.translateToString(false, cell).startsWith(text) === true && line.getCell(cell)?.getWidth() !== 0)
        return cell;
    }
    throw new Error(`"${text}" is not beside "${beside}":\n${this.screen().join('\n')}`);
  }

  /** The style of the cell at which a text starts. */
  look(text: string, beside = text) {
    const cell = this.#bufferLine(beside)?.getCell(this.cellOf(text, beside));
    if (cell === undefined) throw new Error(`no cell for "${text}"`);
    return {
      inverse: cell.isInverse() !== 0,
      bold: cell.isBold() !== 0,
      underline: cell.isUnderline() !== 0,
      color: cell.isFgDefault() ? -1 : cell.getFgColor(),
      background: cell.isBgDefault() ? -1 : cell.getBgColor(),
    };
  }

  get cursor() {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    const visible = this.#output.lastIndexOf('\u001b[?25l') <= this.#output.lastIndexOf('\u001b[?25h');
    return { x: cursorX, y: cursorY, visible };
  }

  get modes() {
    return {
      alternate: this.#terminal.buffer.active.type === 'alternate',
      bracketedPaste: this.#terminal.modes.bracketedPasteMode,
      cursorVisible: this.cursor.visible,
    };
  }

  /** What the program has the terminal report of the mouse; `none`: nothing. */
  get mouse(): string {
    return this.#terminal.modes.mouseTrackingMode;
  }

  /** Waits until the screen shows a text or meets a condition; throws an error with the screen when it does not. */
  async waitFor(shown: Shown): Promise<readonly string[]> {
    const fits = (): boolean => {
      const lines = this.screen();
      if (typeof shown === 'function') return shown(lines);
      return typeof shown === 'string' ? lines.join('\n').includes(shown) : shown.test(lines.join('\n'));
    };
    await this.until(fits, () => `waited for ${String(shown)}`);
    return this.screen();
  }

  /** Waits for a condition, checked after every output of the program. */
  async until(fits: () => boolean, what = (): string => `waited for ${String(fits)}`): Promise<void> {
    if (fits()) return;
    await new Promise<void>((resolve, reject) => {
      const finish = (error?: Error): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        if (error === undefined) resolve();
        else reject(error);
      };
      const fail = (why: string): Error => new Error(`${what()}, ${why}; the screen:\n${this.screen().join('\n')}`);
      const watcher = (): void => {
        if (fits()) finish();
        else if (this.#end !== undefined) finish(fail(`but it ended (${JSON.stringify(this.#end)})`));
      };
      const timer = setTimeout(() => finish(fail('in vain')), waitTimeout);
      this.#watchers.add(watcher);
      watcher();
    });
  }

  /** Sends keys to the program. */
  send(keys: string): void {
    this.#pty.write(keys);
  }

  /** Types, and waits until the screen shows what that brings. */
  press(keys: string, shown: Shown): Promise<readonly string[]> {
    this.send(keys);
    return this.waitFor(shown);
  }

  paste(text: string): void {
    this.send(`\u001b[200~${text}\u001b[201~`);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal: NodeJS.Signals, pid = this.pid): void {
    process.kill(pid, signal);
  }

  /** The process id of the program that a shell in this terminal has started. */
  child(): number {
    return Number(readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim().split(' ').at(-1));
  }

  /** Closes the terminal, as when its window is closed: the kernel sends SIGHUP. */
  hangUp(): void {
    const pty = this.#pty as unknown as { kill: () => void; destroy: () => void };
    pty.kill = () => undefined;
    pty.destroy();
  }

  close(): void {
    clearTimeout(this.#patience);
    if (this.#end === undefined && running(this.pid)) this.kill('SIGKILL');
    this.#terminal.dispose();
  }
}
