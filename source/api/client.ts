import type { Snapshot } from '../task/task.ts';
import { readFetchBatch } from './fetch-dialect.ts';
import { ApiError } from './errors.ts';
import { toApiError, isErrorBody } from './error-reply.ts';
import type { Http, ApiRequest, Reply } from './http.ts';
import type { Source } from './providers.ts';
import { readTasksBatch, readTasksTask } from './tasks-dialect.ts';

/** What one request brought. */
export type Answer = {
  /** Rows about the ids asked for, in the vendor's order; one id may come twice. */
  readonly snapshots: readonly Snapshot[];
  /** The reply holds no row at all: every id is unknown, or one bad row blinded the whole reply. */
  readonly noRows: boolean;
  /** It is blank in the way of new-api's reply when it cannot write one of the rows: an envelope without a message. */
  readonly rowsLost: boolean;
  /** The vendor has rows it did not send. */
  readonly more: boolean;
  readonly latency: number;
  readonly serverTime: number | null;
};

/** Asks one source. Both throw ApiError, or the abort's reason. */
export type Client = {
  readonly source: Source;
  batch(ids: readonly string[], signal?: AbortSignal): Promise<Answer>;
  /** Without a row: the vendor says it does not know the id. */
  single(id: string, signal?: AbortSignal): Promise<Answer>;
};

export function createClient(source: Source, http: Http): Client {
  const facts = ({ latency, serverTime }: Reply) => ({ latency, serverTime });
  // A UUID may be pasted in capitals and comes back in lower case; new-api's ids differ by their case.
  const fold = (id: string) => (source.dialect === 'tasks' ? id.toLowerCase() : id);
  const only = (snapshots: readonly Snapshot[], ids: readonly string[]) => {
    const asked = new Map(ids.map(id => [fold(id), id]));
    return snapshots.flatMap(snapshot => {
      const id = asked.get(fold(snapshot.id));
      return id === undefined ? [] : [{ ...snapshot, id }];
    });
  };

  return {
    source,
    async batch(ids, signal) {
      const reply = await http.ask(source, batchRequest(source, ids), signal);
      const body = checkReply(source, reply.body);
      const read =
        source.dialect === 'fetch'
          ? { ...readFetchBatch(body), more: false }
          : { ...readTasksBatch(body), rowsLost: false };
      return { ...read, snapshots: only(read.snapshots, ids), ...facts(reply) };
    },
    async single(id, signal) {
      const started = performance.now();
      let reply: Reply;
      let body: Record<string, unknown>;
      try {
        reply = await http.ask(source, singleRequest(source, id), signal);
        body = checkReply(source, reply.body);
      } catch (error) {
        // new-api answers an unknown id with status 400, not 404; some relays with 200.
        if (error instanceof ApiError && error.code === 'task_not_exist') {
          const latency = performance.now() - started;
          return { snapshots: [], noRows: true, rowsLost: false, more: false, latency, serverTime: null };
        }
        throw error;
      }
      const rows =
        source.dialect === 'fetch' ? readFetchBatch(body).snapshots : [readTasksTask(withId(body, id)) ?? []].flat();
      const snapshots = only(rows, [id]);
      if (snapshots.length === 0 && source.dialect === 'fetch') {
        // An unknown id is an error in this dialect; a success without a row is a row that could not be written.
        throw new ApiError('request', 'the API answers with nothing when asked about this task', {
          status: 200,
          code: 'unreadable',
        });
      }
      return { snapshots, noRows: snapshots.length === 0, rowsLost: false, more: false, ...facts(reply) };
    },
  };
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

/** A reply that is JSON but not the object promised, or an error with status 200. */
function checkReply(source: Source, body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError('protocol', 'the reply is JSON, but not of this API · is the base URL right?', { status: 200 });
  }
  const object = body as Record<string, unknown>;
  const envelope = source.dialect === 'fetch' || !('id' in object || 'response' in object || isResult(object.data));
  if (envelope && isErrorBody(object)) {
    throw toApiError(source, 200, object, { retryAfter: null, traceId: null });
  }
  // Ace Data Cloud knows no such task: `{}`.
  const expected = source.dialect === 'fetch' ? 'data' in object : Object.keys(object).some(key => recordKeys.has(key));
  if (!expected && (source.dialect === 'fetch' || Object.keys(object).length > 0)) {
    throw new ApiError('protocol', 'the reply has no data · is the base URL right?', { status: 200 });
  }
  return object;
}

/** What a batch, a record, or the bare result that some gateways send in its place is known by. */
const recordKeys = new Set(['items', 'id', 'task_id', 'response', 'data', 'state', 'status', 'success', 'finished_at']);

const isResult = (data: unknown): boolean => typeof data === 'object' && data !== null;

/** A bare result does not say whose it is; it answers the one id that was asked for. */
function withId(body: Record<string, unknown>, id: string): unknown {
  const named = ['id', 'task_id', 'response'].some(key => key in body);
  return named || Object.keys(body).length === 0 ? body : { id, ...body };
}
