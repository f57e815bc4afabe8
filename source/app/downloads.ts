import { resolve } from 'node:path';
import { Downloads, type FileProgress, type SaveFile } from '../media/downloads.ts';
import { plannedFiles, type PlannedFile } from '../media/plan.ts';
import { systemClock, type Clock } from '../poll/clock.ts';
import type { Task, TaskKey } from '../task/task.ts';
import type { Session } from './session.ts';

type DownloadsOptions = {
  /** Told of each file that is begun, saved or given up, at once. */
  readonly onFile?: (file: FileProgress) => void;
  /**
   * Hold what is shown until the next answer, or for one interval where none comes: a screen is quiet between two polls.
   */
  readonly quiet: boolean;
  readonly clock?: Clock;
};

/** The downloads of a running cliptop. */
type SessionDownloads = {
  /** Where files go; null: nobody has said. */
  readonly folder: () => string | null;
  /** How many files these tasks have of the kinds that are saved, and these kinds in words. */
  readonly plan: (tasks: readonly Task[]) => { readonly files: number; readonly kinds: string };
  /** Saves the clips of these tasks, to a folder where none was named before. How many files they have, and how many are new. */
  readonly save: (tasks: readonly Task[], folder?: string) => { readonly planned: number; readonly added: number };
  /** Whether nothing is under way or waiting. */
  readonly isIdle: () => boolean;
  readonly stop: () => Promise<void>;
};

/** Saves the clips of every task that ends, where `--download` says so, and of those that a key asks for. */
export function startDownloads(session: Session, options: DownloadsOptions): SessionDownloads {
  const { store } = session;
  const { onFile, quiet, clock = systemClock } = options;
  const { what, template } = session.download;
  let folder = session.download.folder;
  let downloads: Downloads | null = null;
  const report = createReporter({ store, clock, quiet });

  const start = (target: string): Downloads =>
    new Downloads({
      folder: target,
      save: lazySaveFile(session, target),
      onChange: file => {
        if (file.state !== report.known(file.key)?.state) onFile?.(file);
        report.add(file);
      },
      onDiskFull: message => {
        const text = `downloads stopped: ${message}; polling goes on, D tries again`;
        store.dispatch({ type: 'note', at: clock.wall(), text });
        store.dispatch({ type: 'flash', flash: { level: 'error', text } });
      },
      now: clock.monotonic,
      after: clock.after,
    });

  const save: SessionDownloads['save'] = (tasks, named) => {
    folder ??= named === undefined ? null : resolve(named);
    if (folder === null) return { planned: 0, added: 0 };
    downloads ??= start(folder);
    downloads.resume();
    const files = tasks.flatMap(task => plannedFiles(task, { what, template }));
    return { planned: files.length, added: downloads.add(files) };
  };

  const seen = new Set<TaskKey>();
  const saveEnded = (tasks: readonly Task[]) => {
    const ended = tasks.filter(({ key, status }) => (status === 'succeeded' || status === 'partial') && !seen.has(key));
    for (const { key } of ended) seen.add(key);
    if (ended.length > 0) save(ended);
  };
  let unsubscribe: () => void = () => undefined;
  if (folder !== null) {
    store.dispatch({ type: 'downloading' });
    saveEnded(store.getState().tasks);
    unsubscribe = store.subscribe((state, previous) => {
      if (state.tasks !== previous.tasks)
        saveEnded(state.tasks.filter((task, index) => previous.tasks[index] !== task));
    });
  }
  return {
    folder: () => folder,
    plan: tasks => ({
      files: tasks.flatMap(task => plannedFiles(task, { what, template })).length,
      kinds: what.join(' or '),
    }),
    save,
    isIdle: () => downloads?.idle ?? true,
    async stop() {
      unsubscribe();
      report.stop();
      await downloads?.stop();
    },
  };
}

/** An HTTP client is half of the program: it is loaded with the first file. */
function lazySaveFile({ sources, options }: Session, folder: string): SaveFile {
  const load = async (): Promise<SaveFile> => {
    const [{ createSaveFile }, { createDispatcher }] = await Promise.all([
      import('../media/save-file.ts'),
      import('../media/dispatcher.ts'),
    ]);
    const apiOf = (file: PlannedFile) => {
      const { baseUrl, token } = sources.byName(file.task.slice(0, file.task.indexOf(':')));
      return { origin: new URL(baseUrl).origin, token };
    };
    return createSaveFile({ folder, dispatcher: createDispatcher({ direct: options.mode === 'demo' }), apiOf });
  };
  let loading: Promise<SaveFile> | undefined;
  return async (file, progress) => (await (loading ??= load()))(file, progress);
}

/** Gathers what the downloads say, and tells the store: at once, or with the answers where it has to be quiet. */
function createReporter({ store, clock, quiet }: Pick<Session, 'store'> & { readonly clock: Clock; quiet: boolean }) {
  let pending = new Map<string, FileProgress>();
  const last = new Map<string, FileProgress>();
  let measured = { at: clock.monotonic(), bytes: 0 };
  let cancel: (() => void) | null = null;

  const flush = () => {
    cancel?.();
    cancel = null;
    const files = [...pending.values()];
    pending = new Map();
    if (files.length === 0 && store.getState().fileRate === null) return;
    const bytes = [...last.values()].reduce((sum, file) => sum + file.bytes, 0);
    const now = clock.monotonic();
    const running = [...last.values()].some(({ state }) => state === 'started');
    const seconds = Math.max(1, now - measured.at) / 1000;
    const rate = running && seconds >= 0.5 ? Math.max(0, Math.round((bytes - measured.bytes) / seconds)) : null;
    measured = { at: now, bytes };
    store.dispatch({ type: 'files', at: clock.wall(), files, rate });
    if (running) wait();
  };
  const wait = () => {
    cancel ??= clock.after(store.getState().interval, flush);
  };
  const unsubscribe = quiet
    ? store.subscribe((state, previous) => {
        if (state.polledAt !== previous.polledAt && pending.size > 0) flush();
      })
    : () => undefined;
  return {
    known: (key: string) => last.get(key),
    add(file: FileProgress) {
      const isNews = last.get(file.key)?.state !== file.state;
      last.set(file.key, file);
      pending.set(file.key, file);
      if (!quiet && isNews) flush();
      else wait();
    },
    stop() {
      unsubscribe();
      cancel?.();
      if (pending.size > 0) flush();
      cancel?.();
    },
  };
}
