import type { Client } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Listing } from '../api/listing.ts';
import type { Clock } from '../poll/clock.ts';
import type { Lister } from '../poll/source-turns.ts';
import type { Snapshot, SourceName } from '../task/task.ts';
import { nextListingAt, pollsPerListing, quietInterval, restAfter, SharedBudget, shortRestAfter } from './budget.ts';
import { Claims } from './claims.ts';
import { Horizon } from './horizon.ts';
import { Walk, type Wanted, type WalkResult } from './walk.ts';

type AccountListerOptions = {
  readonly client: Client;
  readonly clock: Clock;
  /** One of several services that nobody asked for by name: that the token is not for it is no fault of the source. */
  readonly isOptional?: boolean;
  /** What a person asks for is tried once: nobody waits for the API to come back. */
  readonly triesOnce?: boolean;
  /** How many services of the provider are looked at; 1 where it is not given. */
  readonly services?: () => number;
  /** What it shares with them. */
  readonly budget?: SharedBudget;
  /** Whether a task is on the list, or was. */
  readonly isKnown: (id: string) => boolean;
  /** Whether an answer has had a task of this source already. */
  readonly hasSeenTasks: () => boolean;
  /** Gets the tasks to put on the list. */
  readonly onFound: (tasks: readonly Snapshot[]) => void;
  /** The listing is given up, with a line for the person that says why. */
  readonly onGivenUp: (line: string) => void;
  /** It has rows whose ids cannot be asked about. */
  readonly onRefused?: (refused: NonNullable<Listing['refused']>) => void;
};

type Job = {
  readonly walk: Walk;
  readonly resolve: (result: WalkResult) => void;
  readonly reject: (error: ApiError) => void;
};

/** After so many errors of the server in a row, with tasks answered meanwhile, the listing is at fault. */
const mostServerErrors = 3;

/** Asks one source for the tasks of its account: once, as a person wants them, or again and again for new ones. */
export class AccountLister implements Lister {
  readonly source: SourceName;
  readonly #options: AccountListerOptions;
  readonly #jobs: Job[] = [];
  readonly #horizon = new Horizon();
  readonly #claims = new Claims();
  readonly #budget: SharedBudget;
  #discovers = false;
  #givenUp: ApiError | null = null;
  #polls = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #notBefore = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #owner: string | null = null;

  constructor(options: AccountListerOptions) {
    this.source = options.client.source.name;
    this.#options = options;
    this.#budget = options.budget ?? new SharedBudget();
  }

  /** From now on new tasks are looked for. */
  discover(): void {
    this.#discovers = true;
  }

  /** Whether new tasks are looked for. */
  get discovers(): boolean {
    return this.#discovers && this.#givenUp === null;
  }

  /** Asks whether a task exists that somebody speaks of, once; it is found if it does. */
  check(id: string): void {
    if (!this.#horizon.hasSeen(id) && !this.#options.isKnown(id)) this.#claims.add(id);
  }

  /** The account's own tasks. Rejects with an ApiError when the API gives none, with a line for the person. */
  walk(wanted: Wanted, isExcluded?: (id: string) => boolean): Promise<WalkResult> {
    if (this.#givenUp !== null) return Promise.reject(this.#givenUp);
    const { promise, resolve, reject } = Promise.withResolvers<WalkResult>();
    const walk = new Walk({ wanted, now: this.#options.clock.wall(), ...(isExcluded && { isExcluded }) });
    this.#jobs.push({ walk, resolve, reject });
    return promise;
  }

  readonly nextAt = (open: boolean): number => {
    this.#budget.tell(this, open);
    if (this.#jobs.length > 0) return this.#notBefore;
    const claimedAt = this.#claims.nextAt(this.discovers);
    if (!this.discovers || claimedAt <= this.#options.clock.monotonic()) return Math.max(claimedAt, this.#notBefore);
    const services = Math.max(1, this.#options.services?.() ?? 1);
    const at = nextListingAt({ open, listedAt: this.#lookedAt, polls: this.#polls, services });
    // The first look is for free.
    const isFirst = this.#lookedAt === Number.NEGATIVE_INFINITY;
    const due = Math.max(at, this.#notBefore);
    const allowed = this.#budget.allow(this, due, this.#options.clock.monotonic());
    return isFirst ? due : allowed;
  };

  readonly polled = (): void => {
    this.#polls++;
    this.#budget.polled();
  };

  readonly ask = async (signal: AbortSignal): Promise<ApiError | null> => {
    const [job] = this.#jobs;
    const now = this.#options.clock.monotonic();
    if (job === undefined && this.#claims.nextAt(this.discovers) <= now) return this.#check(signal);
    // What a person waits for is a look as well: the next one may wait.
    if (job === undefined && this.#lookedAt !== Number.NEGATIVE_INFINITY) this.#budget.listed(this);
    this.#lookedAt = now;
    this.#polls = 0;
    this.#claims.allow();
    const query = job?.walk.next ?? this.#horizon.next;
    try {
      const listing = await this.#list(query, signal);
      this.#failures = 0;
      if (listing.refused !== undefined) this.#options.onRefused?.(listing.refused);
      if (job === undefined) this.#look(listing);
      else this.#walked(job, listing);
      return null;
    } catch (thrown) {
      if (signal.aborted) return null;
      const error = thrown instanceof ApiError ? thrown : new ApiError('protocol', String(thrown), { cause: thrown });
      this.#failed(error);
      // Where tasks are answered for, a listing that is refused says nothing about the token.
      const { hasSeenTasks, isOptional = false } = this.#options;
      const isToken = error.kind === 'refused' && !hasSeenTasks() && !isOptional;
      return this.#givenUp === null || isToken ? error : null;
    }
  };

  async #check(signal: AbortSignal): Promise<ApiError | null> {
    const { client, clock, onFound } = this.#options;
    const ids = this.#claims.take(clock.monotonic());
    try {
      const { snapshots } = await client.batch(ids, signal);
      const found = snapshots.filter(({ id }) => ids.includes(id) && !this.#options.isKnown(id));
      if (found.length === 0) {
        this.#payWithLook();
        return null;
      }
      this.#claims.allow();
      onFound(found);
      return null;
    } catch (thrown) {
      this.#payWithLook();
      return thrown instanceof ApiError && !signal.aborted ? thrown : null;
    }
  }

  #payWithLook(): void {
    this.#lookedAt += quietInterval;
    this.#polls -= pollsPerListing;
  }

  #list(query: Parameters<NonNullable<Client['list']>>[0], signal: AbortSignal): Promise<Listing> {
    const { client } = this.#options;
    if (client.list === undefined) throw new ApiError('request', 'the API has no listing for a key');
    return client.list(query, signal);
  }

  #look(listing: Listing): void {
    const { clock, hasSeenTasks, isKnown, onFound } = this.#options;
    if (this.#horizon.isNothing(listing) && hasSeenTasks()) {
      this.#giveUp(new ApiError('request', 'its list of tasks is empty'));
      return;
    }
    this.#checkOwners(listing);
    if (this.#givenUp !== null) return;
    const fresh = this.#horizon.take(listing, listing.serverTime ?? clock.wall(), isKnown);
    if (fresh.length > 0) onFound(fresh);
  }

  #walked(job: Job, listing: Listing): void {
    job.walk.take(listing);
    this.#checkOwners(listing);
    if (job.walk.next !== null || this.#givenUp !== null) return;
    this.#jobs.shift();
    job.resolve(job.walk.result);
  }

  /** A key that is shown the tasks of others cannot tell which are its own. */
  #checkOwners({ tasks }: Listing): void {
    for (const { owner } of tasks) {
      if (owner === null) continue;
      this.#owner ??= owner;
      if (owner !== this.#owner) this.#giveUp(new ApiError('request', 'it lists the tasks of others, too'));
    }
  }

  #failed(error: ApiError): void {
    const { clock, hasSeenTasks } = this.#options;
    this.#failures++;
    const isListingAtFault = error.kind === 'server' && this.#failures >= mostServerErrors && hasSeenTasks();
    if (isRefusal(error) || isListingAtFault) {
      this.#giveUp(error);
      return;
    }
    if (this.#options.triesOnce === true) for (const job of this.#jobs.splice(0)) job.reject(error);
    const rest = this.#jobs.length > 0 ? shortRestAfter(this.#failures) : restAfter(this.#failures);
    this.#notBefore = clock.monotonic() + Math.max(rest, error.retryAfter ?? 0);
  }

  #giveUp(error: ApiError): void {
    if (this.#givenUp !== null) return;
    const line = cannotList(this.source, error.message);
    this.#givenUp = new ApiError(error.kind, line, { status: error.status, code: error.code, cause: error });
    for (const job of this.#jobs.splice(0)) job.reject(this.#givenUp);
    this.#options.onGivenUp(line);
  }
}

/** Whether the API does not take the question, however often it is asked. */
export const isRefusal = ({ kind }: ApiError): boolean =>
  kind === 'request' || kind === 'protocol' || kind === 'refused';

/** Why there is no listing, for the person. */
const cannotList = (source: SourceName, reason: string): string =>
  `${source.replace(/\/producer$/, '')} cannot list tasks: give ids (${reason})`;
