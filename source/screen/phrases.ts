import { rounded } from '../store/batch-end.ts';
import { allFileTotals } from '../store/files.ts';
import { countByStatus, type Counts } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import type { Status } from '../task/task.ts';
import { formatClock } from '../text/duration.ts';
import { cellWidth, truncate } from '../text/width.ts';

/** `succeeded` is a long word for a header that is read at a glance. */
const countWords: Readonly<Record<Status, string>> = {
  running: 'running',
  queued: 'queued',
  pending: 'pending',
  succeeded: 'done',
  partial: 'partial',
  failed: 'failed',
  missing: 'missing',
};

const countOrder: readonly Status[] = ['running', 'queued', 'pending', 'succeeded', 'partial', 'failed', 'missing'];

/** The counts that are not zero: `2 running`, `5 done`. */
export function countPhrases(state: Pick<State, 'tasks'>): readonly { status: Status; count: number; text: string }[] {
  const counts = countByStatus(state.tasks);
  return countOrder
    .filter(status => counts[status] > 0)
    .map(status => ({ status, count: counts[status], text: `${counts[status]} ${countWords[status]}` }));
}

/**
 * The title of the window: words in a fixed order, so that it reads the same in a tab that is cut off. What waits for
 * its first answer counts as queued there.
 */
export function titlePhrase(counts: Partial<Counts>): string {
  const parts: readonly (readonly [number, string])[] = [
    [counts.running ?? 0, 'running'],
    [(counts.queued ?? 0) + (counts.pending ?? 0), 'queued'],
    [counts.succeeded ?? 0, 'done'],
    [counts.partial ?? 0, 'partial'],
    [counts.failed ?? 0, 'failed'],
    [counts.missing ?? 0, 'missing'],
  ];
  return ['cliptop', ...parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)].join(' ');
}

const endedWords = {
  succeeded: 'finished',
  partial: 'finished in part',
  failed: 'failed',
  missing: 'missing',
} as const;
const endedOrder = ['succeeded', 'partial', 'failed', 'missing'] as const;

/** In cells: what a notification shows of a line on most desktops. */
const widestNotification = 60;

/** How many tasks ended since the last notification, by their status. */
type Ended = Pick<Counts, keyof typeof endedWords>;

/**
 * A notification of one line however many tasks ended: "7 finished, 1 failed", or with its title when it is one. Empty
 * for none.
 */
export function endedPhrase(ended: Ended, titles: readonly (string | null)[] = []): string {
  const kinds = endedOrder.filter(kind => ended[kind] > 0);
  const [only] = kinds;
  if (only === undefined) return '';
  if (kinds.length === 1 && ended[only] === 1) {
    const title = (titles[0] ?? '').trim();
    // The title gives way, not the verb: that is what the person waits for.
    const room = widestNotification - cellWidth(endedWords[only]) - 1;
    if (title !== '') return `${truncate(title, room)} ${endedWords[only]}`;
  }
  return kinds.map(kind => `${ended[kind]} ${endedWords[kind]}`).join(', ');
}

/**
 * How the downloads are going: `17 of 24 files, 1 not saved, 3.1 MB/s, about 0:15 left`, `~0:15 left` where it is a guess,
 * and in the end `23 files saved, 1 not`.
 */
export function filesPhrase({ files, fileRate, filesLeft }: Pick<State, 'files' | 'fileRate' | 'filesLeft'>): string {
  const { count, saved, failed } = allFileTotals(files);
  if (saved + failed === count) {
    return `${saved} ${saved === 1 ? 'file' : 'files'} saved${failed === 0 ? '' : `, ${failed} not`}`;
  }
  const rate = fileRate === null || fileRate === 0 ? '' : `, ${formatBytes(fileRate)}/s`;
  const left =
    filesLeft === null ? '' : `, ${filesLeft.guess ? '~' : 'about '}${formatClock(rounded(filesLeft.left))} left`;
  const refused = failed === 0 ? '' : `, ${failed} not saved`;
  return `${saved} of ${count} files${refused}${rate}${left}`;
}

/** Bytes as a person says them: `812 B`, `812 kB`, `3.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
