import type { FileProgress } from '../media/downloads.ts';
import { filesLeft, type Running } from '../media/time-left.ts';
import type { Clock } from '../poll/clock.ts';
import { usualInterval } from '../poll/schedule.ts';
import type { Session } from './session.ts';

type FileReporterOptions = Pick<Session, 'store'> & { readonly clock: Clock; readonly quiet: boolean };

/** Gathers what the downloads say, and tells the store: at once, or with the answers where it has to be quiet. */
export function createFileReporter({ store, clock, quiet }: FileReporterOptions) {
  let pending = new Map<string, FileProgress & { readonly at: number }>();
  const last = new Map<string, FileProgress>();
  /** Since when those are fetched that are, and what was there when they were told of last. */
  const running = new Map<string, Pick<Running, 'begun' | 'before'>>();
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
    const seconds = Math.max(1, now - measured.at) / 1000;
    const isRunning = running.size > 0;
    const rate = isRunning && seconds >= 0.5 ? Math.max(0, Math.round((bytes - measured.bytes) / seconds)) : null;
    measured = { at: now, bytes };
    store.dispatch({ type: 'files', hushed: !quiet, at: clock.wall(), files, rate, left: foreseen(now) });
    if (isRunning) wait();
  };
  /** How long all of them still take; from now on they are compared with what is there by now. */
  const foreseen = (now: number) => {
    const files = [...running].flatMap(([key, seen]) => {
      const file = last.get(key);
      return file === undefined ? [] : [{ ...seen, key, bytes: file.bytes, total: file.total }];
    });
    const waiting = [...last.values()].filter(({ state }) => state === 'waiting').length;
    for (const { key, begun, bytes } of files) running.set(key, { begun, before: { at: now, bytes } });
    return filesLeft(files, waiting, now);
  };
  const wait = () => {
    cancel ??= clock.after(usualInterval(store.getState().interval), flush);
  };
  const unsubscribe = quiet
    ? store.subscribe((state, previous) => {
        if (state.polledAt !== previous.polledAt && pending.size > 0) flush();
      })
    : () => undefined;

  /** An attempt begins with the host's answer, and with the bytes that an earlier one left. */
  const follow = (file: FileProgress, before: FileProgress | undefined) => {
    if (file.state !== 'started') running.delete(file.key);
    else if (before?.state !== 'started' || (before.bytes === 0 && before.total === null)) {
      const seen = { at: clock.monotonic(), bytes: file.bytes };
      running.set(file.key, { begun: seen, before: seen });
    }
  };
  return {
    known: (key: string) => last.get(key),
    add(file: FileProgress) {
      const before = last.get(file.key);
      const isNews = before?.state !== file.state;
      last.set(file.key, file);
      pending.set(file.key, { ...file, at: isNews ? clock.wall() : (pending.get(file.key)?.at ?? clock.wall()) });
      follow(file, before);
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
