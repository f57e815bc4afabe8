import type { UnreadableRow } from '../api/rows.ts';
import type { Durations } from '../task/durations.ts';
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
  /** What the vendor's support asks for: another one for each failed request. */
  readonly trace?: string;
  /** When it is asked again: milliseconds since 1970, our clock. */
  readonly retryAt: number | null;
  /** Since when it is not ok; our clock. */
  readonly since: number | null;
  /** false: there is nothing to ask with (no token, no address), so that asking again cannot help. */
  readonly askable?: false;
  /** The server asked for more than five minutes. */
  readonly resting?: true;
};

/**
 * What a person's wish to ask about tasks leads to. `asked`: as soon as the host's limit allows. `again`: the source is
 * failing; one request is sent, and the rest follows when it is answered. `waits`: the server named the time `until`,
 * milliseconds since 1970. `paused`: when polling resumes. `unknown`: there is nothing to ask it with.
 */
export type RefreshOutcome = { readonly source: SourceName; readonly tasks: number } & (
  { readonly kind: 'asked' | 'again' | 'paused' | 'unknown' } | { readonly kind: 'waits'; readonly until: number }
);

/** How a source is asked where that is learned. Durations are milliseconds. */
export type AutoPlan = {
  /** From the last request to the next, and when that is by our clock. */
  readonly wait: number;
  readonly nextAt: number;
  /** The shortest and the longest wait since something has been open. */
  readonly least: number;
  readonly most: number;
  /** `unknown`: nothing to go by yet. `durations`: by how long such tasks take. `updates`: just after the relay's next update. */
  readonly reason: 'unknown' | 'durations' | 'updates';
  /** From one update of the relay to the next, where that decides. */
  readonly period: number | null;
  /** Callbacks tell of ends meanwhile: the times are those of the slower polling. */
  readonly slowed?: true;
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
      /**
       * This vendor keeps the tasks of each service apart, so that an unknown id may be another service's. new-api looks an
       * id up among all tasks of the key, whatever service the address names.
       */
      readonly apart?: boolean;
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
  | { readonly type: 'round-finished'; readonly at: number }
  /** How often each open task is asked about, in milliseconds; null: at the interval. */
  | { readonly type: 'pace'; readonly source: SourceName; readonly at: number; readonly roundTime: number | null }
  /** When a source is asked next, where that is learned; null: nothing is open, or the interval is fixed. */
  | { readonly type: 'plan'; readonly source: SourceName; readonly at: number; readonly plan: AutoPlan | null }
  /** How long the tasks of an action take, from those that have ended so far. */
  | {
      readonly type: 'learned';
      readonly source: SourceName;
      readonly at: number;
      readonly action: string | null;
      readonly durations: Durations;
    };
