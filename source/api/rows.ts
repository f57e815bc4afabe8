import { isErrorBody } from './error-body.ts';

import { isRecord, line, record, snakeKeys, unpack } from './fields.ts';
import { sanitizeLine } from '../task/sanitize.ts';

/** The id asked for that a text stands for, as it was asked for; null when it stands for none. */
export type Asked = (text: string) => string | null;

/** What a reply says about one of the ids asked for, under snake_case names. */
export type Row = { readonly id: string; readonly fields: Record<string, unknown> };

/** A row that came and says nothing: why, and the names in it, at most 20; never what they hold. */
export type UnreadableRow = { readonly reason: 'no id in it' | 'it is no object'; readonly keys: readonly string[] };

type Rows = {
  readonly rows: readonly Row[];
  readonly unreadable: readonly UnreadableRow[];
  /** All rows, those about ids that nobody asked for too. */
  readonly count: number;
};

/** Under which a reply keeps its list of rows, or the object that holds the list. */
const listKeys = ['items', 'list', 'tasks', 'records', 'rows', 'results', 'data'];

/** Under which an envelope keeps its one row. */
const envelopeKeys = ['data', 'task', 'job', 'result', 'record'];

/** What says how far a task is: an object with one of these is a row, not the envelope of one. */
const verdictKeys = ['status', 'state', 'progress', 'finished_at', 'finish_time'];

const maxDepth = 4;

/**
 * The rows of a reply, wherever relays put them: in a list, in a list within `data`, under their ids as names, alone,
 * each with an envelope of its own or without, packed into a string or not.
 *
 * Which id a row is about is decided by the ids asked for: `id` is a task's id here, a row number of a database there,
 * and both stand beside the upstream's own ids.
 */
export function findRows(body: unknown, asked: Asked): Rows {
  const rows: Row[] = [];
  const unreadable: UnreadableRow[] = [];
  let others = 0;

  const take = (value: unknown): void => {
    const row = isRecord(value) ? rowOf(value, asked) : null;
    if (row !== null) rows.push(row);
    else if (isRecord(value) && namesAnother(snakeKeys(value))) others++;
    else unreadable.push(refuse(value));
  };

  const search = (value: unknown, depth: number): void => {
    if (value === null || value === undefined || value === '') return;
    if (Array.isArray(value)) {
      for (const item of value) take(unpack(item));
      return;
    }
    if (!isRecord(value) || rowOf(value, asked) !== null) {
      take(value);
      return;
    }
    const named = Object.entries(value).flatMap(([name, inner]) => {
      const id = asked(name);
      const fields = record.parse(unpack(inner));
      return id === null || fields === null ? [] : [{ id, fields: inEnvelope(fields) ?? fields }];
    });
    if (named.length > 0) {
      rows.push(...named);
      return;
    }
    const fields = snakeKeys(value);
    const inner = hasOwnName(fields) ? undefined : listKeys.map(key => unpack(fields[key])).find(isListOrRecord);
    if (inner !== undefined && depth < maxDepth) search(inner, depth + 1);
    else if (depth > 0 && Object.keys(value).length > 0) take(value);
    else if (namesAnother(fields)) others++;
  };

  search(unpack(body), 0);
  return { rows, unreadable, count: rows.length + unreadable.length + others };
}

/**
 * The one row of a reply to a question about one id, where it names no id at all: it can only be about that one. null
 * when there is no such row, or it names another id.
 */
export function loneRow(body: unknown, id: string): Row | null {
  let value = unpack(body);
  for (let depth = 0; depth < maxDepth; depth++) {
    if (Array.isArray(value)) value = value.length === 1 ? unpack(value[0]) : null;
    if (!isRecord(value)) return null;
    const fields = snakeKeys(value);
    if (namesAnother(fields)) return null;
    const inner = envelopeKeys.map(key => unpack(fields[key])).find(isListOrRecord);
    const isEnvelope = depth === 0 && isRecord(inner) && isVerdict(snakeKeys(inner)) && !namesAnother(snakeKeys(inner));
    if ((isVerdict(fields) || fields.response !== undefined) && !isEnvelope) return { id, fields };
    // `{success, data: [clips]}`, without a status, is a result as well.
    if (Array.isArray(inner) && fields.success !== undefined) return { id, fields };
    value = inner;
  }
  return null;
}

function rowOf(value: Record<string, unknown>, asked: Asked): Row | null {
  const fields = snakeKeys(value);
  const id = askedId(fields, asked) ?? askedId(record.parse(fields.response), asked);
  if (id !== null) return { id, fields };
  for (const key of envelopeKeys) {
    const inner = record.parse(unpack(fields[key]));
    const innerId = askedId(inner, asked);
    if (inner !== null && innerId !== null) return { id: innerId, fields: inEnvelope(fields) ?? fields };
  }
  return null;
}

/**
 * The row that an envelope such as `{code, message, data}` holds, with what the envelope says of an error; null when the
 * object is a row itself. `{status: "success", data: {status: "PENDING"}}` is an envelope.
 */
function inEnvelope(fields: Record<string, unknown>): Record<string, unknown> | null {
  const inner = envelopeKeys.map(key => record.parse(unpack(fields[key]))).find(each => each !== null);
  if (inner === undefined || fields.response !== undefined) return null;
  if (isVerdict(fields) && !isVerdict(inner)) return null;
  return isErrorBody(fields) ? { error_message: fields.message, ...inner } : inner;
}

const isVerdict = (fields: Record<string, unknown>): boolean =>
  verdictKeys.some(key => fields[key] !== undefined && fields[key] !== null);

const idKeys = ['task_id', 'job_id', 'id'];

function askedId(fields: Record<string, unknown> | null, asked: Asked): string | null {
  for (const key of idKeys) {
    const text = fields === null ? null : line.parse(fields[key]);
    const id = text === null ? null : asked(text);
    if (id !== null) return id;
  }
  return null;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const hasOwnName = (fields: Record<string, unknown>): boolean => isText(fields.task_id) || isText(fields.job_id);

/** Whether a row is about an id that nobody asked for; a number is a row number. */
function namesAnother(fields: Record<string, unknown>): boolean {
  // In the `data` of a row stands the upstream's id, which names nothing here.
  const enveloped = isVerdict(fields) ? null : inEnvelope(fields);
  return [fields, record.parse(fields.response), enveloped].some(
    each => each !== null && (hasOwnName(each) || isText(each.id)),
  );
}

const isListOrRecord = (value: unknown): boolean => Array.isArray(value) || isRecord(value);

function refuse(value: unknown): UnreadableRow {
  if (!isRecord(value)) return { reason: 'it is no object', keys: [] };
  const keys = Object.keys(value).slice(0, 20);
  return { reason: 'no id in it', keys: keys.map(key => sanitizeLine(key).slice(0, 40).toWellFormed()) };
}
