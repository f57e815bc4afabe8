import type { FileProgress } from '../media/downloads.ts';
import type { Clock } from '../poll/clock.ts';
import { usualInterval } from '../poll/schedule.ts';
import type { Session } from './session.ts';

type FileReporterOptions = Pick<Session, 'store'> & { readonly clock: Clock; readonly quiet: boolean };

/** Gathers what the downloads say, and tells the store: at once, or with the answers where it has to be quiet. */
export function createFileReporter({ store, clock, quiet }: FileReporterOptions) {
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
    cancel ??= clock.after(usualInterval(store.getState().interval), flush);
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
