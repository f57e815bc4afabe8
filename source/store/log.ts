import type { LogEntry } from './state.ts';

/** Entries of the event log that are kept. */
const maxLog = 500;

/** The log with more entries at its end; the same object when there are none. */
export const logged = (log: readonly LogEntry[], entries: readonly LogEntry[]): readonly LogEntry[] =>
  entries.length === 0 ? log : [...log, ...entries].slice(-maxLog);
