import { uuidFrom } from './random.ts';
import { json, type Reply } from './reply.ts';
import type { KnownTask, WireObject } from './scenario.ts';

/**
 * What an API may do with a question for tasks without ids. `refused`: it wants ids. `unfiltered`: it leaves the times and
 * the type alone. `same-page`: it leaves `offset` alone. `endless`: each page is full of tasks that nobody has. `strangers`:
 * tasks of other people are among them. `odd-ids`: so are rows whose ids nobody can ask about. `oldest-first`, `shuffled`: another order than the newest first.
 */
export type ListingQuirk =
  'refused' | 'unfiltered' | 'same-page' | 'endless' | 'strangers' | 'odd-ids' | 'oldest-first' | 'shuffled';

/** The fields of a listing that decide which of the records are in it. Times are seconds since 1970. */
type Question = Readonly<Record<string, unknown>>;

/**
 * The reply to a listing: the records that its filters leave, a page of them, with the number of all. A page has 12 unless
 * `limit` says otherwise.
 */
export function answerListing(
  ask: Question,
  known: readonly { readonly task: KnownTask; readonly record: WireObject }[],
  quirk: ListingQuirk | null,
): Reply {
  const filtered = known.filter(({ task: { context }, record }) => {
    if (quirk === 'unfiltered') return true;
    const seconds = context.at(0) / 1000;
    return (
      (typeof ask.created_at_min !== 'number' || seconds >= ask.created_at_min) &&
      (typeof ask.created_at_max !== 'number' || seconds <= ask.created_at_max) &&
      (typeof ask.type !== 'string' || record.type === ask.type) &&
      (typeof ask.user_id !== 'string' || record.user_id === ask.user_id)
    );
  });
  const newest = filtered.toSorted(
    (one, other) => other.task.context.at(0) - one.task.context.at(0) || other.task.row - one.task.row,
  );
  const ordered =
    quirk === 'oldest-first'
      ? newest.toReversed()
      : quirk === 'shuffled'
        ? newest.toSorted((one, other) => shuffleKey(one.record).localeCompare(shuffleKey(other.record)))
        : newest;
  const items = ordered.map(({ record }, index) =>
    quirk === 'strangers' && index % 2 === 1 ? { ...record, user_id: uuidFrom('somebody else') } : record,
  );
  const offset = quirk === 'same-page' ? 0 : wholeNumber(ask.offset, 0);
  const limit = wholeNumber(ask.limit, 12);
  if (quirk === 'endless') {
    const invented = Array.from({ length: limit }, (_, index) => inventedRecord(offset + index, items[0]));
    return json(200, { items: invented, count: offset + limit + 1 });
  }
  const page = items.slice(offset, offset + limit);
  const odd = quirk === 'odd-ids' && offset === 0 ? oddIds.map(id => ({ ...page[0], id, response: null })) : [];
  return json(200, { items: [...odd, ...page], count: items.length });
}

/** Ids as no task of this API has them: of another make, with signs that are none of an id's, and endless. */
const oddIds: readonly string[] = ['task_1', '../../v1/keys', '1a6ac2ad\u001b[31m', 'a1-'.repeat(2000)];

const shuffleKey = (record: WireObject): string => uuidFrom(`${String(record.id)} place`);

const inventedRecord = (index: number, like: WireObject | undefined): WireObject => ({
  ...like,
  id: uuidFrom(`invented ${index}`),
  created_at: (typeof like?.created_at === 'number' ? like.created_at : 1_790_000_000) - index,
});

export const wholeNumber = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
