import { sanitizeLine } from '../task/sanitize.ts';
import type { Snapshot } from '../task/task.ts';
import { clearError, clearSnapshot } from './clear.ts';
import { ApiError } from './errors.ts';
import { isErrorBody } from './error-body.ts';
import { toApiError } from './error-reply.ts';
import { readFetchReply, readFetchRow } from './fetch-dialect.ts';
import { isRecord } from './fields.ts';
import type { Http, ApiRequest, Reply } from './http.ts';
import { findListedRows, listingRequest, type Listing, type ListingQuery } from './listing.ts';
import { mainServices, type Source } from './providers.ts';
import type { Redactor } from './redact.ts';
import { findRows, loneRow, type Asked, type Row, type UnreadableRow } from './rows.ts';
import { readTasksReply, readTasksRow } from './tasks-dialect.ts';

/** What one request brought. */
export type Answer = {
  /** Rows about the ids asked for, in the vendor's order; one id may come twice. */
  readonly snapshots: readonly Snapshot[];
  /** Rows that came and tell nothing about any task. */
  readonly unreadable: readonly UnreadableRow[];
  /** The reply holds no row at all: every id is unknown, or new-api failed to encode one of the rows (`rowsLost`). */
  readonly noRows: boolean;
  /** `data` is null and `message` is absent: what new-api sends when it fails to encode one of the rows as JSON. */
  readonly rowsLost: boolean;
  /** The vendor has rows it did not send. */
  readonly more: boolean;
  /** Milliseconds from asking to the last byte. */
  readonly latency: number;
  /** The vendor's clock, milliseconds since 1970; null when it does not say. */
  readonly serverTime: number | null;
};

/** What a reply holds, whenever it came. */
type Content = Omit<Answer, 'latency' | 'serverTime'>;

/**
 * Asks one source. Both questions throw ApiError, or what `signal` was aborted with. No text in an answer or an error
 * holds a token, and no address does. `timeLimit`: milliseconds to wait for the answer.
 */
export type Client = {
  readonly source: Source;
  batch(ids: readonly string[], signal?: AbortSignal, timeLimit?: number): Promise<Answer>;
  /** Without a row: the vendor says it does not know the id. */
  single(id: string, signal?: AbortSignal, timeLimit?: number): Promise<Answer>;
  /** The tasks of the account, a page of them. Absent: the dialect has no such question for an API key. */
  list?(query: ListingQuery, signal?: AbortSignal, timeLimit?: number): Promise<Listing>;
};

/** The client of a source. `redactor` knows the tokens of all sources: one relay may repeat what another was sent. */
export function createClient(source: Source, http: Http, redactor: Redactor): Client {
  const isMain = (mainServices as readonly string[]).includes(source.service);
  const reading = { pictures: !isMain };
  const readReply = (body: Record<string, unknown>, asked: Asked) =>
    source.dialect === 'fetch'
      ? { ...readFetchReply(body, asked), more: false }
      : { ...readTasksReply(body, asked, reading), rowsLost: false };
  const readRow = source.dialect === 'fetch' ? readFetchRow : (row: Row) => readTasksRow(row, reading);
  const cleared = <A extends Content>(content: A): A => ({
    ...content,
    snapshots: content.snapshots.map(snapshot => clearSnapshot(snapshot, redactor)),
    unreadable: content.unreadable.map(({ reason, keys }) => ({ reason, keys: keys.map(redactor.text) })),
  });
  // A reply that is the same object as the last one was to the same question.
  const batches = new WeakMap<object, Content>();
  const readBatch = (body: unknown, asked: Asked): Content => {
    const known = isRecord(body) ? batches.get(body) : undefined;
    if (known !== undefined) return known;
    const content = cleared(readReply(checkReply(source, body, asked), asked));
    if (isRecord(body)) batches.set(body, content);
    return content;
  };
  /** What a question brings or throws, without tokens. */
  const guarded = async <A>(signal: AbortSignal | undefined, ask: () => Promise<A>): Promise<A> => {
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw clearError(error, redactor);
    }
  };

  const list: NonNullable<Client['list']> = (query, signal, timeLimit) =>
    guarded(signal, async () => {
      const { body, serverTime } = await http.ask(source, listingRequest(source, query), signal, timeLimit);
      if (isRecord(body) && isErrorBody(body)) {
        throw toApiError(source, 200, body, { retryAfter: null, traceId: null });
      }
      const { rows, count, total, refused } = findListedRows(source, body);
      const tasks = rows
        .filter(({ id }) => !redactor.holds(id))
        .map(row => ({ snapshot: clearSnapshot(readTasksRow(row, reading), redactor), owner: row.owner }));
      const such = redactor
        .text(sanitizeLine(refused[0] ?? ''))
        .slice(0, 40)
        .toWellFormed();
      const strange = refused.length === 0 ? {} : { refused: { count: refused.length, such } };
      return { tasks, rows: count, total, serverTime, ...strange };
    });

  return {
    source,
    ...(source.dialect === 'tasks' ? { list } : {}),
    batch: (ids, signal, timeLimit) =>
      guarded(signal, async () => {
        const asked = askedFor(source, ids);
        const reply = await http.ask(source, batchRequest(source, ids), signal, timeLimit);
        return { ...readBatch(reply.body, asked), ...timesOf(reply) };
      }),
    single: (id, signal, timeLimit) =>
      guarded(signal, async () => {
        const asked = askedFor(source, [id]);
        const started = performance.now();
        let reply: Reply;
        let body: Record<string, unknown>;
        try {
          reply = await http.ask(source, singleRequest(source, id), signal, timeLimit);
          body = checkReply(source, reply.body, asked);
        } catch (error) {
          // new-api answers an unknown id with status 400, not 404; some relays with 200.
          if (error instanceof ApiError && error.code === 'task_not_exist') {
            const latency = performance.now() - started;
            return { ...nothing, noRows: true, latency, serverTime: null };
          }
          throw error;
        }
        const read = readReply(body, asked);
        const lone = read.snapshots.length > 0 ? null : loneRow(body, id);
        if (lone !== null) return cleared({ ...nothing, snapshots: [readRow(lone)], ...timesOf(reply) });
        // An unknown id is an error in the fetch dialect; a success without a row is one that could not be written. Nor
        // does a row that cannot be read say that the id is unknown.
        if (read.snapshots.length === 0 && (source.dialect === 'fetch' || read.unreadable.length > 0)) {
          const [row] = read.unreadable;
          const what = row === undefined ? 'nothing' : `a row that cannot be read (${row.reason})`;
          const message = `the API answers with ${what} when asked about this task`;
          throw new ApiError('request', message, { status: 200, code: 'unreadable' });
        }
        return cleared({
          ...nothing,
          snapshots: read.snapshots,
          noRows: read.snapshots.length === 0,
          ...timesOf(reply),
        });
      }),
  };
}

const nothing = { snapshots: [], unreadable: [], noRows: false, rowsLost: false, more: false } as const;

const timesOf = ({ latency, serverTime }: Reply) => ({ latency, serverTime });

/** A UUID may be pasted in capitals and comes back in lower case; new-api's ids differ by their case. */
function askedFor({ dialect }: Source, ids: readonly string[]): Asked {
  const fold = (id: string) => (dialect === 'tasks' ? id.toLowerCase() : id);
  const asked = new Map(ids.map(id => [fold(id), id]));
  return text => asked.get(fold(text)) ?? null;
}

/** The vendor's default page of 12 would hide the rest of a batch: `limit` is always sent. */
export function batchRequest({ dialect, service }: Source, ids: readonly string[]): ApiRequest {
  return dialect === 'fetch'
    ? { method: 'POST', path: `/${service}/fetch`, body: { ids } }
    : { method: 'POST', path: `/${service}/tasks`, body: { action: 'retrieve_batch', ids, limit: ids.length } };
}

export function singleRequest({ dialect, service }: Source, id: string): ApiRequest {
  return dialect === 'fetch'
    ? { method: 'GET', path: `/${service}/fetch/${encodeURIComponent(id)}` }
    : { method: 'POST', path: `/${service}/tasks`, body: { action: 'retrieve', id } };
}

/**
 * The object of a reply; a list of rows alone counts as its `items`. Throws ApiError for JSON of another kind, and for an
 * error with status 200.
 */
function checkReply(source: Source, body: unknown, asked: Asked): Record<string, unknown> {
  const isList = Array.isArray(body) && body.length > 0 && body.every(isRecord);
  const object = isList ? { items: body } : body;
  if (!isRecord(object)) {
    throw new ApiError('protocol', 'the reply is JSON, but not of this API · is the base URL right?', { status: 200 });
  }
  // A failed video is a row with an `error` and without an envelope.
  const isRow = () => findRows(object, asked).rows.some(({ fields }) => (fields.status ?? fields.state) !== undefined);
  const isRecordOfTasks =
    source.dialect === 'tasks' && ('id' in object || 'response' in object || isResult(object.data));
  if (!isRecordOfTasks && isErrorBody(object) && !isRow()) {
    throw toApiError(source, 200, object, { retryAfter: null, traceId: null });
  }
  // `{}` is how Ace Data Cloud says that it knows no such task.
  const isEmpty = source.dialect === 'tasks' && Object.keys(object).length === 0;
  if (!isEmpty && !Object.keys(object).some(key => knownKeys[source.dialect].has(key)) && !isRow()) {
    throw new ApiError('protocol', 'the reply has no data · is the base URL right?', { status: 200 });
  }
  return object;
}

const isResult = (data: unknown): boolean => typeof data === 'object' && data !== null;

const listKeys = ['items', 'list', 'tasks', 'records', 'rows', 'results', 'data'];

/** What a reply of each dialect is known by: its list of rows; and the bare result that some gateways of Ace send. */
const knownKeys = {
  fetch: new Set(listKeys),
  tasks: new Set([
    ...[...listKeys, 'id', 'task_id', 'taskId', 'job_id', 'jobId', 'response', 'state', 'status', 'success'],
    ...['finished_at', 'finishedAt'],
  ]),
};
