import * as z from 'zod';
import { taskKey, type SourceName, type Task, type TaskKey } from '../task/task.ts';
import { finalTask, moment, requiredLine } from './task-schema.ts';

/** The version of the format that is written here. Higher ones are refused; more record types may come without one. */
export const formatVersion = 1;

/** The first line of every file. */
export const header = JSON.stringify({ cliptop: formatVersion });

/** An id on a watch list. `addedAt`: milliseconds since 1970, by our clock. */
export type Listed = { readonly source: SourceName; readonly id: string; readonly addedAt: number };

/**
 * What one line of a journal says. `mark`: the line before this one is known to be torn, and nothing was lost by it.
 * `other`: a record type of a later cliptop, kept but not understood.
 */
export type Entry =
  | { readonly type: 'add'; readonly key: TaskKey; readonly item: Listed }
  | { readonly type: 'remove'; readonly key: TaskKey }
  | { readonly type: 'result'; readonly key: TaskKey; readonly task: Task }
  | { readonly type: 'mark' }
  | { readonly type: 'other' }
  | { readonly type: 'header'; readonly version: number };

/** `torn`: the beginning of a record, left by a write that was cut short. `damaged`: nothing we ever write. */
export type Reading = Entry | { readonly type: 'torn' } | { readonly type: 'damaged' };

/** The line that puts an id on the list. */
export const addLine = ({ source, id, addedAt }: Listed): string =>
  JSON.stringify({ type: 'add', source, id, addedAt });
/** The line that takes an id off the list. */
export const removeLine = (key: TaskKey): string => JSON.stringify({ type: 'remove', key });
/** The line that keeps a final result. */
export const resultLine = (task: Task): string => JSON.stringify({ type: 'result', task });
/** Follows what is left of a write that was cut short, to tell it from damage. */
export const markLine = JSON.stringify({ type: 'torn' });

const recordSchemas = {
  add: z
    .object({ source: requiredLine, id: requiredLine, addedAt: moment })
    .transform((item): Entry => ({ type: 'add', key: taskKey(item.source, item.id), item })),
  remove: z.object({ key: requiredLine }).transform(({ key }): Entry => ({ type: 'remove', key })),
  result: z.object({ task: finalTask }).transform(({ task }): Entry => ({ type: 'result', key: task.key, task })),
  torn: z.object({}).transform((): Entry => ({ type: 'mark' })),
};

const headerSchema = z
  .object({ cliptop: z.int().min(1) })
  .transform(({ cliptop }): Entry => ({ type: 'header', version: cliptop }));

const typed = z.object({ type: z.string() });

function understand(value: unknown): Reading {
  const type = typed.safeParse(value).data?.type;
  if (type !== undefined && !isKnown(type)) return { type: 'other' };
  const schema = type === undefined ? headerSchema : recordSchemas[type];
  return schema.safeParse(value).data ?? { type: 'damaged' };
}

const isKnown = (type: string): type is keyof typeof recordSchemas => Object.hasOwn(recordSchemas, type);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads one line, without its line end. Never throws. */
export function readLine(line: Uint8Array): Reading {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(line));
  } catch {
    return { type: isCutShort(line) ? 'torn' : 'damaged' };
  }
  return understand(value);
}

const quote = 0x22;
const backslash = 0x5c;
const opening = new Set([0x7b, 0x5b]);
const closing = new Set([0x7d, 0x5d]);

/**
 * Whether a line that does not parse is what a cut leaves of a JSON object: it starts one and never ends it. Looks at
 * bytes, as the cut may go through a character.
 */
function isCutShort(line: Uint8Array): boolean {
  if (line[0] !== 0x7b || (line.length > 1 && line[1] !== quote)) return false;
  let depth = 0;
  let inText = false;
  for (let index = 0; index < line.length; index++) {
    const byte = line[index] ?? 0;
    if (byte < 0x20) return false;
    if (inText && byte === backslash) index++;
    else if (byte === quote) inText = !inText;
    else if (!inText && opening.has(byte)) depth++;
    else if (!inText && closing.has(byte) && --depth === 0) return false;
  }
  return true;
}
