import { sanitize, sanitizeLine, sanitizeUrl } from '../task/sanitize.ts';

/** Reads one value of a reply. It never throws: what it cannot make sense of is null. */
type Field<T> = { readonly parse: (value: unknown) => T };

/** What reading with a field gives. */
export type Output<F extends { readonly parse: (value: never) => unknown }> = ReturnType<F['parse']>;

/**
 * Tolerant fields. The vendors send the same fact as a number, a numeric string, an empty string or null, and differ
 * between versions: a field that cannot be read is null, it never spoils the record it stands in.
 */
const tolerant = <T>(parse: (value: unknown) => T | null): Field<T | null> => ({ parse });

type Fields = Readonly<Record<string, Field<unknown>>>;
type OutputOf<S extends Fields> = { readonly [K in keyof S]: Output<S[K]> };

/** The named fields of an object, each read on its own; what else the object holds is left out of it. */
export function pick<S extends Fields>(fields: S): { readonly parse: (value: object) => OutputOf<S> } {
  const named = Object.entries(fields);
  return {
    parse(value) {
      const read: Record<string, unknown> = {};
      for (const [name, field] of named) read[name] = field.parse((value as Record<string, unknown>)[name]);
      return read as OutputOf<S>;
    },
  };
}

/** The same of an object within the object; null when there is none. */
export function pickInner<S extends Fields>(fields: S): Field<OutputOf<S> | null> {
  const inner = pick(fields);
  return tolerant(value => {
    const object = record.parse(value);
    return object === null ? null : inner.parse(object);
  });
}

/** Any value, as it came. */
export const anything: Field<unknown> = { parse: value => value };

/** true or false, and nothing that merely looks like it. */
export const flag = tolerant(value => (typeof value === 'boolean' ? value : null));

/** One line of text, safe to print; numbers are taken as text; empty is null. */
export const line = tolerant(value => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? sanitizeLine(value) || null : null;
});

/** A list of words as one line, or the line itself. */
export const words = tolerant(value =>
  line.parse(
    Array.isArray(value)
      ? value
          .map(word => line.parse(word))
          .filter(word => word !== null)
          .join(', ')
      : value,
  ),
);

/** Why something failed: a line, or an object with a message. */
export const reason = tolerant(value => line.parse(record.parse(value)?.message ?? value));

/** Text of several lines, safe to print; empty is null. */
export const block = tolerant(value => (typeof value === 'string' ? sanitize(value).trim() || null : null));

/** An http or https address; new-api puts the failure reason where the address belongs. */
export const url = tolerant(value => (typeof value === 'string' ? sanitizeUrl(value) : null));

/**
 * `"37%"`, `37`, `"37"` or the fraction `0.37` as a whole percent, 1 to 100. 0 is unknown, not a percentage: new-api
 * writes `"0%"` for a Suno task from its first second to its last (`service/task_polling.go` updates it at the end only).
 */
export const percent = tolerant(value => {
  const text = typeof value === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(value)?.[1] : undefined;
  const number = typeof value === 'number' ? value : Number(text ?? Number.NaN);
  if (!Number.isFinite(number) || number <= 0) return null;
  const isFraction = number < 1 && !String(value).includes('%');
  const whole = isFraction ? number * 100 : number;
  // Only what is complete is 100, and what has begun is at least 1.
  return whole >= 100 ? 100 : Math.min(99, Math.max(1, Math.round(whole)));
});

/** The shortest and the longest song, in seconds: one second to two hours. */
const shortestSong = 1;
const longestSong = 2 * 3600;

/**
 * The length of a song in seconds, 1 to 7200, to the hundredth; from a number or a numeric string. What would be longer
 * than two hours is taken for milliseconds, as some relays send them: 135233 is 135.23 s. What is no song's length in
 * either unit is unknown.
 */
export const seconds = tolerant(value => {
  const number = numeric(value);
  if (number === null) return null;
  const length = number > longestSong ? number / 1000 : number;
  return length >= shortestSong && length <= longestSong ? Math.round(length * 100) / 100 : null;
});

/** A count or an amount, not negative. */
export const amount = tolerant(value => {
  const number = numeric(value);
  return number !== null && number >= 0 ? number : null;
});

const earliest = Date.UTC(2001, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/**
 * A moment, in milliseconds since 1970: from seconds (whole or with a fraction), milliseconds, microseconds or
 * nanoseconds as a number or a numeric string, or from ISO 8601. 0, negative and absurd values mean "not yet".
 */
export const moment = tolerant(value => {
  const number = numeric(value);
  const epoch =
    number === null ? (typeof value === 'string' ? parseIso(value.trim()) : Number.NaN) : toMilliseconds(number);
  return epoch >= earliest && epoch < latest ? Math.round(epoch) : null;
});

/** Date.parse makes a date of almost anything, and takes one without a zone for local time; the vendors mean UTC. */
function parseIso(text: string): number {
  const [, day, time = '00:00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/i.exec(text) ?? [];
  return day === undefined ? Number.NaN : Date.parse(`${day}T${time}${zone}`);
}

function toMilliseconds(number: number): number {
  if (number > 1e17) return number / 1e6;
  if (number > 1e14) return number / 1e3;
  return number > 1e11 ? number : number * 1000;
}

function numeric(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return null;
  return Number(value);
}

/** Any JSON object under its snake_case names, for `pick` to read; the rest is null. */
export const record = tolerant(value => (isRecord(value) ? snakeKeys(value) : null));

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An object with every name in snake_case: other relays send each field that the vendors document in camelCase
 * (`taskId`, `audioURL`). Where both are there, the one with something in it counts, snake_case first. The same object
 * when no name has a capital letter.
 */
export function snakeKeys(value: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(value);
  if (!names.some(name => /[A-Z]/.test(name))) return value;
  const fields = new Map<string, unknown>();
  for (const name of names) {
    const folded = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
    if (!fields.has(folded) || (!isEmpty(value[name]) && (folded === name || isEmpty(fields.get(folded))))) {
      fields.set(folded, value[name]);
    }
  }
  return Object.fromEntries(fields);
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** JSON that some relays send packed into a string is unpacked, once. */
export function unpack(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
