import { join } from 'node:path';
import type { TaskKey } from '../task/task.ts';
import { FileError } from './fetch-errors.ts';
import type { FileKind } from './choices.ts';
import type { PlannedFile } from './plan.ts';
import { attemptDelay, maxAttempts, nextFile, type Waiting } from './queue.ts';

/** What is known about a file that is to be saved. */
export type FileProgress = {
  readonly key: string;
  readonly task: TaskKey;
  /** From 0. */
  readonly clip: number;
  readonly clipId: string | null;
  readonly what: FileKind;
  readonly state: 'waiting' | 'started' | 'saved' | 'failed';
  /** Where it is, or is to be. */
  readonly path: string;
  readonly bytes: number;
  /** Bytes of the whole file; null: nobody says. */
  readonly total: number | null;
  /** Why it failed, or is tried again; one line. */
  readonly message: string | null;
  /** The folder that refused it, as it is likely to refuse others for the same reason; null or left out: none did. */
  readonly refusedBy?: string | null;
};

/** Saves one file: fetches or writes it, and puts it in its place. Throws FileError, or the abort's reason. */
export type SaveFile = (
  file: PlannedFile,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (bytes: number, total: number | null) => void;
    /** Whether it is not tried again. */
    readonly isLast: boolean;
  },
) => Promise<{ readonly path: string; readonly bytes: number }>;

type DownloadsOptions = {
  readonly folder: string;
  readonly save: SaveFile;
  /** Told of every change, also of each chunk that came; the object is new each time. */
  readonly onChange: (progress: FileProgress) => void;
  /**
   * Told when the folder takes no files, once for each reason, until one is saved again or `resume`. When it is `full`,
   * everything has failed.
   */
  readonly onRefused: (message: string, full: boolean) => void;
  /** Milliseconds, never backwards. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; the result takes it back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  /** Whether there is a file at a path. */
  readonly isThere: (path: string) => boolean;
  readonly random?: () => number;
};

type Job = Waiting & {
  readonly file: PlannedFile;
  readonly attempts: number;
  /** It shows whether a full disk takes something again. */
  readonly isProbe: boolean;
};

/** Saves files, three at a time, the least busy host first; what fails in passing is tried again. */
export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #progress = new Map<string, FileProgress>();
  readonly #active = new Map<
    string,
    { readonly job: Job; readonly controller: AbortController; done: Promise<void> }
  >();
  #waiting: readonly Job[] = [];
  #cancelTimer: () => void = () => undefined;
  #stopped = false;
  /** Why the disk takes no more; null: it does. */
  #diskFull: string | null = null;
  /** Why the folder takes no files, as it has been told. */
  readonly #refusals = new Set<string>();

  constructor(options: DownloadsOptions) {
    this.#options = options;
  }

  /**
   * Adds files; those that are saved, under way or waiting are passed over, failed ones are tried again, and with `gone`
   * also saved ones that are not there any more. How many. With a full disk the first of them is tried all the same.
   */
  add(files: readonly PlannedFile[], { gone = false } = {}): number {
    let added = 0;
    for (const file of files) {
      const known = this.#progress.get(file.key);
      if (this.#isWaiting(file)) continue;
      const isGone = gone && known?.state === 'saved' && !this.#options.isThere(known.path);
      if (known !== undefined && known.state !== 'failed' && !isGone) continue;
      added++;
      const isProbe = this.#diskFull !== null && !this.#isProbing();
      const job = { file, host: hostOf(file), dueAt: this.#options.now(), attempts: 0, isProbe };
      this.#waiting = [...this.#waiting, job];
      this.#report(file, { ...(isProbe ? waiting : this.#rest()), bytes: 0, total: null });
    }
    this.#schedule();
    return added;
  }

  /** What an earlier run saved: it is not fetched again. */
  addSaved(saved: readonly FileProgress[]): void {
    for (const file of saved) this.#progress.set(file.key, file);
  }

  /** Whether nothing is under way or waiting; with a full disk at most one file is. */
  get idle(): boolean {
    return this.#active.size === 0 && (this.#waiting.length === 0 || (this.#diskFull !== null && !this.#isProbing()));
  }

  /** Tries a full disk again; how many files wait for that. */
  resume(): number {
    this.#refusals.clear();
    if (this.#diskFull === null) return 0;
    this.#goOn();
    const { length } = this.#waiting;
    this.#schedule();
    return length;
  }

  #goOn(): void {
    this.#diskFull = null;
    this.#waiting = this.#waiting.map(job => ({ ...job, isProbe: false }));
    for (const { file } of this.#waiting) this.#report(file, waiting);
  }

  #isProbing(): boolean {
    return [...this.#waiting, ...[...this.#active.values()].map(({ job }) => job)].some(({ isProbe }) => isProbe);
  }

  /** How a file stands that waits for its turn, or for a disk that takes files. */
  #rest(): Pick<FileProgress, 'state' | 'message' | 'refusedBy'> {
    if (this.#diskFull === null) return waiting;
    return { state: 'failed', message: this.#diskFull, refusedBy: this.#options.folder };
  }

  /** Breaks off what is under way; the parts stay for the next run. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    for (const { controller } of this.#active.values()) controller.abort();
    await Promise.all([...this.#active.values()].map(({ done }) => done));
  }

  #schedule(): void {
    this.#cancelTimer();
    this.#cancelTimer = () => undefined;
    while (!this.#stopped) {
      const hosts = [...this.#active.values()].map(({ job }) => job.host);
      const ready = this.#diskFull === null ? this.#waiting : this.#waiting.filter(({ isProbe }) => isProbe);
      const next = nextFile(ready, hosts, this.#options.now());
      if (next.kind === 'start') {
        this.#start(next.file);
        continue;
      }
      if (Number.isFinite(next.until)) {
        const wait = next.until - this.#options.now();
        this.#cancelTimer = this.#options.after(wait, () => this.#schedule());
      }
      return;
    }
  }

  #start(job: Job): void {
    this.#waiting = this.#waiting.filter(other => other !== job);
    const controller = new AbortController();
    const entry = { job, controller, done: Promise.resolve() };
    this.#active.set(job.file.key, entry);
    this.#report(job.file, { ...started, bytes: 0, total: null });
    entry.done = this.#run(job, controller.signal).then(() => this.#schedule());
  }

  async #run(job: Job, signal: AbortSignal): Promise<void> {
    const { file } = job;
    try {
      const { path, bytes } = await this.#options.save(file, {
        signal,
        isLast: job.attempts + 1 >= maxAttempts,
        onProgress: (bytes, total) => this.#report(file, { ...started, bytes, total }),
      });
      // Whoever hears that the last one is saved is to find nothing under way.
      this.#active.delete(file.key);
      if (this.#diskFull === null || job.isProbe) this.#refusals.clear();
      this.#report(file, { state: 'saved', bytes, total: bytes, message: null, refusedBy: null, path });
      if (job.isProbe && this.#diskFull !== null) this.#goOn();
    } catch (error) {
      this.#active.delete(file.key);
      if (signal.aborted) return;
      this.#failed(job, error instanceof FileError ? error : new FileError('wrong', String(error), { cause: error }));
    }
  }

  #failed(job: Job, error: FileError): void {
    const { file } = job;
    const refusedBy = error.anyFile ? this.#options.folder : null;
    const isNews = refusedBy !== null && !this.#refusals.has(error.message);
    if (isNews) this.#refusals.add(error.message);
    if (error.diskFull) {
      this.#waiting = [{ ...job, dueAt: this.#options.now(), isProbe: false }, ...this.#waiting];
      const others = this.#diskFull === null ? this.#waiting : [job];
      this.#diskFull = error.message;
      for (const other of others) this.#report(other.file, this.#rest());
      if (isNews) this.#options.onRefused(error.message, true);
      return;
    }
    const attempts = job.attempts + 1;
    const delay =
      error.kind === 'passing' ? attemptDelay(attempts, error.retryAfter, this.#options.random ?? Math.random) : null;
    if (delay === null) {
      this.#report(file, { state: 'failed', message: error.message, refusedBy });
      if (isNews) this.#options.onRefused(error.message, false);
    } else {
      this.#waiting = [...this.#waiting, { ...job, attempts, dueAt: this.#options.now() + delay }];
      this.#report(file, { state: 'waiting', message: error.message });
    }
  }

  #isWaiting(file: PlannedFile): boolean {
    // As long as it waits its state says so, or that the disk is full.
    const state = this.#progress.get(file.key)?.state;
    return (state === 'waiting' || state === 'failed') && this.#waiting.some(job => job.file.key === file.key);
  }

  #report(file: PlannedFile, change: Partial<FileProgress>): void {
    const { key, task, clip, clipId, what } = file;
    const path = join(this.#options.folder, file.nameFor(file.extension ?? ''));
    const before = this.#progress.get(key) ?? { bytes: 0, total: null, message: null, state: 'waiting' as const, path };
    const progress = { ...before, key, task, clip, clipId, what, ...change };
    this.#progress.set(key, progress);
    this.#options.onChange(progress);
  }
}

const waiting = { state: 'waiting', message: null, refusedBy: null } as const;
const started = { state: 'started', message: null, refusedBy: null } as const;

const hostOf = ({ content }: PlannedFile): string => ('url' in content ? (URL.parse(content.url)?.host ?? '') : '');
