import type { UnreadableRow } from '../api/rows.ts';
import type { Snapshot, SourceName } from '../task/task.ts';

/**
 * How a source is doing. `new`: not asked yet. `retrying`: it answers, but with errors. `offline`: it does not answer.
 * `refused`: it does not accept the token, and rests until a person asks again.
 */
export type HealthState = 'new' | 'ok' | 'retrying' | 'offline' | 'refused';

export type Health = {
  readonly state: HealthState;
  /** What is wrong, one safe line. */
  readonly message: string | null;
  /** When it is asked again: milliseconds since 1970, our clock. */
  readonly retryAt: number | null;
  /** Since when it is not ok; our clock. */
  readonly since: number | null;
  /** false: there is nothing to ask with (no token, no address), so that asking again cannot help. */
  readonly askable?: false;
};

/** What the poller tells the store. `at` is our clock, milliseconds since 1970. */
export type PollEvent =
  | {
      readonly type: 'answered';
      readonly source: SourceName;
      readonly at: number;
      readonly snapshots: readonly Snapshot[];
      /** Asked for, not in the reply, and not yet long enough to say more. */
      readonly absent: readonly string[];
      /** The vendor said, to a query for this id alone, that it does not know it. */
      readonly notFound: readonly string[];
      /** Open for longer than the deadline. */
      readonly stalled: readonly string[];
      /** Rows of a batch that tell nothing about any task; null: one id was asked for alone. */
      readonly unreadable: readonly UnreadableRow[] | null;
      /** Milliseconds the request took. */
      readonly latency: number;
      /** How far the vendor's clock is ahead of ours, in milliseconds. */
      readonly skew: number;
    }
  | {
      readonly type: 'task-error';
      readonly source: SourceName;
      readonly at: number;
      readonly id: string;
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: 'health'; readonly source: SourceName; readonly at: number; readonly health: Health }
  /** Whatever was due has been asked and answered, or its source waits after a failure: nothing is due, none under way. */
  | { readonly type: 'round-finished'; readonly at: number };
