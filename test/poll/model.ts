import fc from 'fast-check';
import type { Answer, Client } from '../../source/api/client.ts';
import { ApiError } from '../../source/api/errors.ts';
import type { Dialect } from '../../source/api/providers.ts';
import type { Clip, Snapshot } from '../../source/task/task.ts';
import type { Interval } from '../../source/poll/schedule.ts';
import { faults, running } from './vendor.ts';

/** The life of a task at the vendor. Times are milliseconds from the start of the history. */
export type Life = {
  readonly addedAt: number;
  readonly visibleAt: number;
  readonly queuedFor: number;
  readonly endsAfter: number;
  readonly ending: 'succeeded' | 'partial' | 'failed' | 'never' | 'unknown';
};

/** What becomes of one request while the faults last. */
export type Trouble = {
  readonly outcome:
    | 'well'
    | 'network'
    | 'reset'
    | 'timeout'
    | 'tooLarge'
    | 'server'
    | 'busy'
    | 'request'
    | 'lost'
    | 'nothing'
    | 'protocol'
    | 'refused';
  /** How far the replica that answers is behind. */
  readonly lag: number;
  /** One bit for each place in the reply whose row is left out. */
  readonly omit: number;
  readonly twice: 'no' | 'old-first' | 'old-last';
  readonly delay: number;
};

/** What the person does. */
export type Deed = { readonly at: number; readonly deed: 'refresh' | 'refresh-one' | 'pause' | 'sleep' | 'interval' };

export type History = {
  readonly dialect: Dialect;
  readonly interval: Interval;
  readonly lives: readonly Life[];
  readonly troubles: readonly Trouble[];
  readonly deeds: readonly Deed[];
};

export const faultsEnd = 90_000;
export const livesEnd = 150_000;

const life: fc.Arbitrary<Life> = fc.record({
  addedAt: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(60_000)),
  visibleAt: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(50_000)),
  queuedFor: fc.nat(30_000),
  endsAfter: fc.integer({ min: 1_000, max: 70_000 }),
  ending: fc.constantFrom('succeeded', 'succeeded', 'partial', 'failed', 'never', 'unknown'),
});

const trouble: fc.Arbitrary<Trouble> = fc.record({
  outcome: fc.oneof(
    { weight: 5, arbitrary: fc.constant('well' as const) },
    fc.constantFrom(
      'network',
      'reset',
      'timeout',
      'tooLarge',
      'server',
      'busy',
      'request',
      'lost',
      'nothing',
      'protocol',
      'refused',
    ),
  ),
  lag: fc.oneof(fc.constant(0), fc.nat(40_000)),
  omit: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(0xffff)),
  twice: fc.constantFrom('no', 'old-first', 'old-last'),
  delay: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(20_000)),
});

const deed: fc.Arbitrary<Deed> = fc.record({
  at: fc.nat(faultsEnd),
  deed: fc.constantFrom('refresh', 'refresh-one', 'pause', 'sleep', 'interval'),
});

export const histories: fc.Arbitrary<History> = fc.record({
  dialect: fc.constantFrom('fetch', 'tasks'),
  interval: fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 4_000, max: 20_000 }) }, fc.constant('auto' as const)),
  lives: fc.array(life, { minLength: 1, maxLength: 12 }),
  troubles: fc.array(trouble, { minLength: 1, maxLength: 25 }),
  deeds: fc.array(deed, { maxLength: 3 }).map(deeds => deeds.toSorted((a, b) => a.at - b.at)),
});

const song: Clip = {
  id: 'song',
  title: 'Quiet Pier',
  status: null,
  audioUrl: 'https://cdn.example/a.mp3',
  videoUrl: null,
  imageUrl: null,
  fileUrl: null,
  duration: null,
  model: null,
  style: null,
  lyrics: null,
};

/** What is true of a task at a time; null: the vendor does not know it. */
export function truthAt(id: string, of: Life, time: number, dialect: Dialect): Snapshot | null {
  const age = time - of.visibleAt;
  if (of.ending === 'unknown' || age < 0) return null;
  const dated = (at: number) => (dialect === 'fetch' ? { updatedAt: 1_700_000_000_000 + of.visibleAt + at } : {});
  if (age < of.queuedFor) return running(id, { status: 'queued', progress: 0, ...dated(0) });
  const end = of.queuedFor + of.endsAfter;
  if (age < end || of.ending === 'never') {
    const step = Math.min(9, Math.floor(((age - of.queuedFor) / of.endsAfter) * 10));
    const clips = step >= 5 ? [{ ...song, title: null }] : [];
    const at = of.queuedFor + (of.endsAfter * step) / 10;
    return running(id, { progress: step * 10, clips, ...dated(at) });
  }
  if (of.ending === 'failed') {
    return running(id, { status: 'failed', progress: null, error: { code: null, message: 'no luck' }, ...dated(end) });
  }
  // The tasks dialect has clips that are done before it has the time of the end.
  const settled = dialect === 'fetch' || age > end + 8_000;
  const error = of.ending === 'partial' ? { code: null, message: '1 of 2 clips failed' } : null;
  return running(id, { status: of.ending, settled, progress: 100, clips: [song], error, ...dated(end) });
}

/** A vendor that lives through a history: two replicas of which one may lag, rows left out, doubled, or from before. */
export class ModelVendor {
  readonly source: Client['source'];
  #requests = 0;
  readonly #history: History;
  readonly #now: () => number;
  readonly #wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;

  constructor(
    history: History,
    source: Client['source'],
    now: () => number,
    wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>,
  ) {
    this.#history = history;
    this.source = source;
    this.#now = now;
    this.#wait = wait;
  }

  async answer(kind: 'batch' | 'single', ids: readonly string[], signal?: AbortSignal): Promise<Answer> {
    const trouble = this.#now() < faultsEnd ? this.#next() : peace;
    // What a replica says is as old as the moment it was asked: a slow reply arrives out of date.
    const time = this.#now() - trouble.lag;
    if (trouble.delay > 0) await this.#wait(trouble.delay, signal);
    const fault = faultOf(trouble.outcome, kind);
    if (fault instanceof ApiError) throw fault;
    const rows = fault ? [] : ids.flatMap((id, place) => this.#rows(id, place, time, trouble));
    return {
      snapshots: rows,
      unreadable: [],
      noRows: rows.length === 0,
      rowsLost: false,
      more: false,
      latency: 1,
      serverTime: null,
      ...fault,
    };
  }

  truth(id: string): Snapshot | null {
    return this.#at(id, this.#now());
  }

  #next(): Trouble {
    const { troubles } = this.#history;
    return troubles[this.#requests++ % troubles.length] ?? peace;
  }

  #rows(id: string, place: number, time: number, { omit, twice }: Trouble): Snapshot[] {
    const row = this.#at(id, time);
    if (row === null || (omit >> (place % 16)) % 2 === 1) return [];
    const old = twice === 'no' ? null : this.#at(id, time - 15_000);
    if (old === null) return [row];
    return twice === 'old-first' ? [old, row] : [row, old];
  }

  #at(id: string, time: number): Snapshot | null {
    const found = this.#history.lives[Number(id.slice(5))];
    return found === undefined ? null : truthAt(id, found, time, this.#history.dialect);
  }
}

const peace: Trouble = { outcome: 'well', lag: 0, omit: 0, twice: 'no', delay: 0 };

function faultOf(outcome: Trouble['outcome'], kind: 'batch' | 'single'): ApiError | Partial<Answer> | undefined {
  if (outcome === 'well') return undefined;
  if (outcome === 'protocol') return new ApiError('protocol', 'a web page instead of JSON', { status: 200 });
  if (outcome === 'busy') return faults.busy(12_000);
  if (outcome === 'lost') return kind === 'single' ? faults.request() : faults.lost();
  return faults[outcome]();
}
