import * as z from 'zod';
import { sanitize, sanitizeLine, sanitizeUrl } from '../task/sanitize.ts';
import { hideKeys } from './redact.ts';

/**
 * Tolerant fields. The vendors send the same fact as a number, a numeric string, an empty string or null, and differ
 * between versions: a field that cannot be read is null, it never spoils the record it stands in.
 */
const tolerant = <T>(read: (value: unknown) => T | null) =>
  z
    .unknown()
    .optional()
    .transform(value => read(value));

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

/** Why something failed: a line, or an object with a message; keys that it quotes are hidden. */
export const reason = tolerant(value => {
  const said = line.parse(record.parse(value)?.message ?? value);
  return said === null ? null : hideKeys(said);
});

/** Text of several lines, safe to print; empty is null. */
export const block = tolerant(value => (typeof value === 'string' ? sanitize(value).trim() || null : null));

/** An http or https address; new-api puts the failure reason where the address belongs. */
export const url = tolerant(value => (typeof value === 'string' ? sanitizeUrl(value) : null));

/** `"37%"`, `37`, `"37"` or the fraction `0.37` as a whole percent, 0 to 100. */
export const percent = tolerant(value => {
  const text = typeof value === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(value)?.[1] : undefined;
  const number = typeof value === 'number' ? value : Number(text ?? Number.NaN);
  if (!Number.isFinite(number) || number < 0) return null;
  const isFraction = number > 0 && number < 1 && !String(value).includes('%');
  const whole = isFraction ? number * 100 : number;
  // Only what is complete is 100.
  return whole >= 100 ? 100 : Math.min(99, Math.round(whole));
});

/** A length in seconds, of a song; 0 and less is unknown. */
export const seconds = tolerant(value => {
  const number = numeric(value);
  return number !== null && number > 0 ? Math.round(number * 100) / 100 : null;
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

/** Any JSON object, for `z.object(...)` to pick from; the rest is null. */
export const record = tolerant(value =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null,
);

/** JSON that some relays send packed into a string is unpacked, once. */
export function unpack(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
