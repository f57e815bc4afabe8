import { idShape } from '../task/id-shape.ts';
import type { Snapshot } from '../task/task.ts';
import { ApiError } from './errors.ts';
import { isRecord, line, record, snakeKeys, unpack } from './fields.ts';
import type { ApiRequest } from './http.ts';
import { providerNames, type Source } from './providers.ts';
import type { Row } from './rows.ts';

/** Which of the account's tasks are asked for. Times are milliseconds since 1970 by the vendor's clock. */
export type ListingQuery = {
  readonly limit: number;
  readonly offset: number;
  /** When they were submitted, at the earliest; null: any time. */
  readonly from: number | null;
};

/** A task of a listing. */
export type ListedTask = {
  readonly snapshot: Snapshot;
  /** Whose it is, as the vendor has it; it is compared, and neither shown nor kept. null: the row does not say. */
  readonly owner: string | null;
};

/** A page of the tasks that an API has, in its own order. */
export type Listing = {
  readonly tasks: readonly ListedTask[];
  /** Rows that came, also those that cannot be read. */
  readonly rows: number;
  /** How many there are in all, as the reply says; null: it does not. */
  readonly total: number | null;
  /** The vendor's clock, milliseconds since 1970; null when it does not say. */
  readonly serverTime: number | null;
  /** Rows whose id cannot be asked about, and the first of these ids, shortened and safe to print; left out: none. */
  readonly refused?: { readonly count: number; readonly such: string };
};

/**
 * The question for tasks without ids. Source: `tasks()` of the vendor's web application (github.com/AceDataCloud/Nexior),
 * which sends `user_id` and `type` as well, and the command lines of its other services, which send `limit` and `offset`
 * alone. Without a `type` the texts, videos and stems are listed, too. The times are seconds.
 */
export const listingRequest = ({ service }: Source, { limit, offset, from }: ListingQuery): ApiRequest => ({
  method: 'POST',
  path: `/${service}/tasks`,
  body: {
    action: 'retrieve_batch',
    limit,
    offset,
    ...(from === null ? {} : { created_at_min: Math.max(0, Math.floor(from / 1000)) }),
  },
});

/** What a listing can be in. */
const listKeys = ['items', 'list', 'tasks', 'records', 'rows', 'results', 'data'];

/** A task's id: not a word such as `items`, and not the number of a row. */
const looksLikeId = (text: string): boolean => /^(?=.*\d)(?=.*[a-z_-])[\w-]{8,128}$/i.test(text);

/** The providers that we know make UUIDs; what one of the config file makes, nobody knows. */
const makesUuids = ({ provider }: Pick<Source, 'provider'>): boolean => providerNames.includes(provider);

/**
 * The rows of a listing with their ids, UUIDs in small letters as the vendor makes them. Of the ids in a row its own `id` counts,
 * then `task_id`: `job_id` is the upstream's. Throws ApiError for a reply without a list.
 */
export function findListedRows(
  source: Pick<Source, 'provider'>,
  body: unknown,
): {
  readonly rows: readonly (Row & { readonly owner: string | null })[];
  readonly count: number;
  readonly total: number | null;
  /** The texts that stand where an id belongs, and are none that can be asked about. */
  readonly refused: readonly string[];
} {
  const outer = Array.isArray(body) ? { items: body } : body;
  const fields = isRecord(outer) ? snakeKeys(outer) : {};
  const inner = record.parse(unpack(fields.data)) ?? {};
  const list = [...listKeys.map(key => fields[key]), ...listKeys.map(key => inner[key])]
    .map(unpack)
    .find(Array.isArray);
  if (list === undefined) {
    throw new ApiError('request', 'the API answers without a list of tasks', { status: 200, code: 'no_listing' });
  }
  const isId = makesUuids(source) ? (text: string) => idShape(text) === 'uuid' : looksLikeId;
  const refused: string[] = [];
  const rows = list.flatMap((item: unknown) => {
    const row = record.parse(unpack(item));
    if (row === null) return [];
    const texts = [row.id, row.task_id, record.parse(row.response)?.task_id].filter(each => typeof each === 'string');
    const id = texts.find(isId);
    if (id === undefined) refused.push(...texts.slice(0, 1));
    return id === undefined
      ? []
      : [{ id: idShape(id) === 'uuid' ? id.toLowerCase() : id, fields: row, owner: line.parse(row.user_id) }];
  });
  const total = [fields.count, fields.total, inner.count, inner.total].find(each => typeof each === 'number');
  return { rows, count: list.length, total: total ?? null, refused };
}
