import type { PollEvent } from '../poll/events.ts';
import { isFinal } from '../task/task.ts';
import type { SourceState } from './state.ts';

type UnreadableRow = NonNullable<Answered['unreadable']>[number];

/** Rows of one reply that could not be read, and the ids that were asked for and that they may be about. */
export type Unread = { readonly ids: readonly string[]; readonly rows: readonly UnreadableRow[] };

type Answered = Pick<Extract<PollEvent, { type: 'answered' }>, 'snapshots' | 'absent' | 'notFound' | 'unreadable'>;

/**
 * What could not be read so far, after a reply. It is remembered by the ids asked for: a source is asked in several
 * batches, and a clean reply to one of them takes nothing back that another has brought. The same array while nothing
 * changes.
 */
export function unreadAfter(before: readonly Unread[], answered: Answered): readonly Unread[] {
  const { unreadable, snapshots, absent, notFound } = answered;
  if (before.length === 0 && (unreadable ?? []).length === 0) return before;
  const ended = snapshots.filter(({ status }) => isFinal(status)).map(({ id }) => id);
  const asked = [...snapshots.map(({ id }) => id), ...absent, ...notFound];
  // A single query says nothing about whether batch replies can be read.
  const settled = new Set(unreadable === null ? ended : asked);
  const rest = before.flatMap(({ ids, rows }) => {
    const open = ids.filter(id => !settled.has(id));
    return open.length === 0 ? [] : [{ ids: open, rows }];
  });
  const ids = absent.length > 0 ? absent : asked;
  const next = unreadable === null || unreadable.length === 0 ? rest : [...rest, { ids, rows: unreadable }];
  return JSON.stringify(next) === JSON.stringify(before) ? before : next;
}

const plural: Readonly<Record<UnreadableRow['reason'], string>> = {
  'no id in it': 'no id in them',
  'it is no object': 'they are no objects',
};

/** What is wrong with the replies of a source that answers: `1 row could not be read (no id in it)`; null when nothing is. */
export function noticeOf({ unread }: Pick<SourceState, 'unread'>): string | null {
  if (unread.length === 0) return null;
  const rows = unread.flatMap(each => each.rows);
  const reasons = new Set(rows.map(({ reason }) => (rows.length === 1 ? reason : plural[reason])));
  return `${rows.length === 1 ? '1 row' : `${rows.length} rows`} could not be read (${[...reasons].join(', ')})`;
}

/** The same for the log, with up to 20 keys of these rows, from which support for their shape can be added to cliptop. */
export function noticeWithKeys(source: Pick<SourceState, 'unread'>): string {
  const keys = new Set(source.unread.flatMap(({ rows }) => rows.flatMap(row => row.keys)));
  const listed = [...keys].slice(0, 20).join(', ');
  return `${noticeOf(source) ?? ''}${listed === '' ? '' : `, its keys: ${listed}`}`;
}
