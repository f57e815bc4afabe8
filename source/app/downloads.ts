import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { whyNotWritable } from '../files/writable.ts';
import { keyOf } from '../keymap.ts';
import { Downloads, type FileProgress, type SaveFile } from '../media/downloads.ts';
import { plannedFiles, type PlannedFile } from '../media/plan.ts';
import { withHome } from '../options/settings.ts';
import { systemClock, type Clock } from '../poll/clock.ts';
import type { Task, TaskKey } from '../task/task.ts';
import { createFileReporter } from './file-reporter.ts';
import { earlierFiles, isBelow } from './earlier-files.ts';
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
  /** Saves the clips of these tasks, from now on in another folder if one is named. How many files they have, and how many are new. */
  readonly save: (tasks: readonly Task[], folder?: string) => { readonly planned: number; readonly added: number };
  /** Why nothing can be saved in a folder; null: it can. */
  readonly whyNot: (folder: string) => string | null;
  /** Whether nothing is under way or waiting. */
  readonly isIdle: () => boolean;
  readonly stop: () => Promise<void>;
};

/** Saves the clips of every task that ends, where `--download` says so, and of those that a key asks for. */
export function startDownloads(session: Session, options: DownloadsOptions): SessionDownloads {
  const { store, journal } = session;
  const { onFile, quiet, clock = systemClock } = options;
  const { what, template } = session.download;
  const isAutomatic = session.download.folder !== null;
  let { folder } = session.download;
  /** Whoever chooses another folder leaves the old one what was asked for there. */
  const downloads = new Map<string, Downloads>();
  const report = createFileReporter({ store, clock, quiet });

  const earlier = earlierFiles(session.marks, store.getState().positions);
  if (earlier.length > 0)
    store.dispatch({ type: 'files', at: clock.wall(), files: earlier, rate: null, earlier: true });

  // A fresh list does not know yet what the one before says of the same tasks.
  for (const mark of session.former)
    if (mark.type === 'saved' && store.getState().positions.has(mark.key)) journal?.saved(mark);

  const start = (target: string): Downloads => {
    const started = new Downloads({
      folder: target,
      save: lazySaveFile(session, target),
      onChange: file => {
        const { task: key, clip, what, state, path, bytes } = file;
        if (state !== report.known(file.key)?.state) {
          if (state === 'saved') journal?.saved({ key, clip, what, path, bytes, at: clock.wall() });
          onFile?.(file);
        }
        report.add(file);
      },
      onRefused: (message, full) => {
        const what = full ? `downloads stopped: ${message}` : `nothing can be saved in ${target}: ${message}`;
        const ways = [
          ...(quiet ? [keyOf(store.getState().keymap, 'download')] : []),
          ...(isAutomatic ? ['the next song'] : []),
        ];
        const text = `${what}; polling goes on, ${ways.join(' or ')} tries again`;
        store.dispatch({ type: 'note', at: clock.wall(), text });
        store.dispatch({ type: 'flash', flash: { level: 'error', text } });
      },
      now: clock.monotonic,
      after: clock.after,
      isThere: existsSync,
    });
    started.addSaved(earlier.filter(({ path }) => isBelow(target, path)));
    downloads.set(target, started);
    return started;
  };

  const plan = (tasks: readonly Task[]) => tasks.flatMap(task => plannedFiles(task, { what, template }));
  const add = (tasks: readonly Task[], target: string, { gone }: { readonly gone: boolean }) => {
    const there = downloads.get(target) ?? start(target);
    // Somebody asks for it: there may be room by now.
    const resumed = gone ? there.resume() : 0;
    const files = plan(tasks);
    return { planned: files.length, added: resumed + there.add(files, { gone }) };
  };

  const seen = new Set<TaskKey>();
  const saveEnded = (tasks: readonly Task[]) => {
    const ended = tasks.filter(({ key, status }) => (status === 'succeeded' || status === 'partial') && !seen.has(key));
    for (const { key } of ended) seen.add(key);
    if (ended.length > 0 && folder !== null) add(ended, folder, { gone: false });
  };
  let unsubscribe: () => void = () => undefined;
  if (isAutomatic) {
    store.dispatch({ type: 'downloading' });
    saveEnded(store.getState().tasks);
    unsubscribe = store.subscribe((state, previous) => {
      if (state.tasks === previous.tasks) return;
      const changed = state.tasks.filter((task, index) => previous.tasks[index] !== task);
      saveEnded(changed);
    });
  }
  return {
    folder: () => folder,
    plan: tasks => ({ files: plan(tasks).length, kinds: what.join(' or ') }),
    save(tasks, named) {
      if (named !== undefined) folder = resolve(withHome(named));
      return folder === null ? { planned: 0, added: 0 } : add(tasks, folder, { gone: true });
    },
    whyNot: named => whyNotWritable(resolve(withHome(named))),
    isIdle: () => [...downloads.values()].every(({ idle }) => idle),
    async stop() {
      unsubscribe();
      report.stop();
      await Promise.all([...downloads.values()].map(each => each.stop()));
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
