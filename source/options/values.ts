import { UsageError } from '../errors.ts';
import { endingAdvice, exportEnding } from '../export/choices.ts';
import { fileKinds, type FileKind } from '../media/choices.ts';
import { checkTemplate } from '../media/template.ts';
import { columnIds } from '../screen/columns.ts';
import { unknownField } from '../store/filter-terms.ts';
import { sortKeys } from '../store/sort-keys.ts';
import type { Sort } from '../store/state.ts';
import { longestTimer, parseDuration } from '../text/duration.ts';

/** Milliseconds, more than 0 and not more than a timer can wait. Throws UsageError. */
export function durationOf(
  name: string,
  text: string | undefined,
  advice = 'a duration is written 5, 5s, 1m or 1h30m, and is more than 0',
): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds === null || milliseconds <= 0) {
    throw new UsageError(`--${name} ${text}: ${advice}`);
  }
  if (milliseconds > longestTimer && name !== 'deadline') throw new UsageError(`--${name} ${text}: at most 24d`);
  return milliseconds;
}

/** Milliseconds between two polls, at least a second, or `auto`. Throws UsageError. */
export function intervalOf(text: string | undefined): number | 'auto' | undefined {
  if (text?.trim().toLowerCase() === 'auto') return 'auto';
  const interval = durationOf(
    'interval',
    text,
    'a duration is written 5, 5s, 1m or 1h30m, and is more than 0; auto learns it',
  );
  if (interval !== undefined && interval < 1000) {
    throw new UsageError(
      `--interval ${text ?? ''}: the least is 1s; the vendors refresh their tasks every few seconds`,
    );
  }
  return interval;
}

/** The newest so many tasks of the account, or those of the last so many milliseconds. */
export type Recent =
  { readonly kind: 'newest'; readonly count: number } | { readonly kind: 'since'; readonly duration: number };

/** A bare number is a count of tasks, with a unit it is a time. Throws UsageError. */
export function recentOf(text: string | undefined): Recent | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text.trim())) {
    const count = Number(text);
    if (count < 1 || count > 1000) throw new UsageError(`--recent ${text}: from 1 to 1000 tasks`);
    return { kind: 'newest', count };
  }
  const duration = parseDuration(text);
  // Half a task is no time either.
  if (duration === null || duration <= 0 || /\d$/.test(text.trim())) {
    throw new UsageError(`--recent ${text}: a number of tasks such as 20, or a time such as 2h`);
  }
  return { kind: 'since', duration };
}

/** Where to wait for callbacks. */
export type Listen = { readonly host: string; readonly port: number };

/** `[HOST:]PORT`, on this machine alone where no host is named. Throws UsageError. */
export function listenOf(text: string | undefined): Listen | undefined {
  if (text === undefined) return undefined;
  const [, bracketed, plain, digits = ''] = /^(?:\[([0-9a-f:.]+)\]:|([\w.-]+):)?(\d{1,5})$/i.exec(text.trim()) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535) {
    throw new UsageError(`--listen ${text}: a port such as 8787, or an address and a port such as 0.0.0.0:8787`);
  }
  return { host: bracketed ?? plain ?? '127.0.0.1', port };
}

/** Throws UsageError for what is no port. */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port ${text}: a port is a number from 0 to 65535`);
  return port;
}

/** A share of the width, 20 to 70, with or without `%`. Throws UsageError. */
export function percentOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = Number(text.trim().replace(/%$/, ''));
  if (!/^\d+%?$/.test(text.trim()) || percent < 20 || percent > 70) {
    throw new UsageError(`--${name} ${text}: a share of the width is a number from 20 to 70`);
  }
  return percent;
}

/** `COLUMN` or `COLUMN:desc`. Throws UsageError. */
export function sortOf(text: string | undefined): Sort | undefined {
  if (text === undefined) return undefined;
  const [column = '', direction, ...rest] = text.split(':');
  if (!Object.hasOwn(sortKeys, column))
    throw new UsageError(`--sort ${text}: the columns are ${Object.keys(sortKeys).join(', ')}`);
  if (rest.length > 0 || (direction !== undefined && direction !== 'desc' && direction !== 'asc')) {
    throw new UsageError(`--sort ${text}: after the colon comes asc or desc`);
  }
  return { column, descending: direction === 'desc' };
}

/** A filter. Throws UsageError for one that names a field there is not: nobody is there to see the warning of the prompt. */
export function filterOf(text: string | undefined): string | undefined {
  const problem = text === undefined ? null : unknownField(text);
  if (problem !== null) throw new UsageError(`--filter ${text}: ${problem}; words with a colon stand in quotes`);
  return text;
}

/** Kinds of files, separated by commas, which the table of flags has checked. */
export function fileKindsOf(text: string | undefined): readonly FileKind[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map(name => name.trim().toLowerCase());
  return fileKinds.filter(kind => names.includes(kind));
}

/** A template for file names. Throws UsageError for one with an unknown field. */
export function templateOf(text: string | undefined): string | undefined {
  if (text !== undefined) checkTemplate(text);
  return text;
}

/** The name of a file whose ending names a format. Throws UsageError. */
export function exportOf(text: string | undefined): string | undefined {
  if (text !== undefined && exportEnding(text) === null) throw new UsageError(`--export ${text}: ${endingAdvice}`);
  return text;
}

/** Names of columns, separated by commas. Throws UsageError for one that does not exist. */
export function columnsOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(Boolean);
  const unknown = names.find(name => !columnIds.includes(name));
  if (unknown !== undefined || names.length === 0) {
    throw new UsageError(`--columns ${text}: the columns are ${columnIds.join(', ')}`);
  }
  return [...new Set(names)];
}
