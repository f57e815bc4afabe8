import { ApiError } from '../api/errors.ts';
import type { Listing } from '../api/listing.ts';
import { mainServices, sourceName } from '../api/providers.ts';
import { SharedBudget } from '../discovery/budget.ts';
import { AccountLister, isRefusal } from '../discovery/lister.ts';
import type { Wanted } from '../discovery/walk.ts';
import { UsageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { systemClock } from '../poll/clock.ts';
import { shortSource } from '../store/health-words.ts';
import { findTask } from '../store/selectors.ts';
import { merge } from '../task/merge.ts';
import { newTask, taskKey, type Snapshot, type SourceName, type Task } from '../task/task.ts';
import { demoProviders } from './demo-environment.ts';
import type { Session } from './session.ts';

/** Tells the person a line: `hushed` where it is worth a word in the log only. */
type Tell = (text: string, hushed?: boolean) => void;

/** The tasks of the accounts that the tokens belong to. */
export type Account = {
  /** Whether new tasks are looked for, so that there may be more than are on the list. */
  readonly discovers: boolean;
  /** Why new tasks are not looked for though that was asked for; null: they are, or it was not. */
  readonly cannotDiscover: string | null;
  /** Puts the tasks of `--recent` on the list. Settles when they are there, or cannot be had. */
  readonly addRecent: (tell: Tell) => Promise<void>;
  /** Looks for new tasks from now on, where that was asked for. */
  readonly discover: (tell: Tell) => void;
  /** The newest tasks that are not on the list. Throws UsageError where no API lists any, ApiError where it fails. */
  readonly newest: (count: number) => Promise<readonly Task[]>;
  /** Puts such tasks on the list. */
  readonly add: (tasks: readonly Task[]) => number;
  /** Puts a task on the list if the API knows it, where new tasks are looked for. */
  readonly check: (source: SourceName, id: string) => void;
  /** What came of `--recent`, for a run without a screen. */
  readonly exitCode: () => ExitCode;
};

/** What the flags and the config want of the accounts. Asks nobody yet. Throws UsageError where that cannot be had. */
export function openAccount(session: Session): Account {
  const { options, config, sources, store, poller, list } = session;
  const isDemo = options.mode === 'demo';
  const asked = sources.usable.filter(({ name }) => !isDemo || demoProviders.includes(name));
  const listing = asked.filter(({ dialect }) => dialect === 'tasks').map(({ name }) => name);
  const silent = asked.filter(({ dialect }) => dialect === 'fetch').map(({ name }) => name);
  const isWanted = (name: string) => isDemo || options.discover || config.providers?.[name]?.discover === true;
  const discovering = listing.filter(isWanted);
  const known = new Set(store.getState().positions.keys());
  const listers = new Map<SourceName, AccountLister>();
  const budgets = new Map<string, SharedBudget>();
  const outcome: { isPending: boolean; failed: ApiError | null; tell: Tell } = {
    ...{ isPending: options.recent !== undefined, failed: null },
    tell: () => undefined,
  };

  store.subscribe((state, previous) => {
    if (state.positions !== previous.positions) for (const key of state.positions.keys()) known.add(key);
  });

  const services: readonly string[] =
    options.service !== undefined ? [options.service] : isDemo ? ['producer'] : mainServices;
  const listersOf = (providers: readonly string[]): readonly AccountLister[] =>
    providers.flatMap(provider => services.map(service => listerOf(sourceName(provider, service))));

  function listerOf(name: SourceName): AccountLister {
    const before = listers.get(name);
    if (before !== undefined) return before;
    const isOptional = name.split('/')[1] !== services[0];
    const [provider = ''] = name.split('/');
    const budget = budgets.get(provider) ?? new SharedBudget();
    budgets.set(provider, budget);
    const lister = new AccountLister({
      ...{ isOptional, budget },
      triesOnce: options.once,
      services: () => [...listers.values()].filter(other => other.discovers && isSibling(other.source, name)).length,
      client: list.connect(name),
      clock: systemClock,
      isKnown: id => known.has(taskKey(name, id)),
      hasSeenTasks: () => store.getState().tasks.some(task => task.source === name && task.seenAt !== null),
      onFound: snapshots => list.addFound(snapshots.map(snapshot => toTask(name, snapshot))),
      onRefused: refused => tellRefused(name, refused),
      onGivenUp: line => outcome.tell(line, isOptional || othersGoOn(name)),
    });
    listers.set(name, lister);
    poller.list(name, lister);
    return lister;
  }

  /** Told once of each source: each look has the same rows. */
  const toldRefused = new Set<SourceName>();
  const tellRefused = (name: SourceName, { count, such }: NonNullable<Listing['refused']>): void => {
    if (toldRefused.has(name)) return;
    toldRefused.add(name);
    const rows = count === 1 ? `a task whose id, "${such}",` : `${count} tasks whose ids, such as "${such}",`;
    outcome.tell(`${shortSource(name)} lists ${rows} cannot be asked about: left out`);
  };

  const othersGoOn = (name: SourceName): boolean =>
    [...listers.values()].some(other => other.source !== name && other.discovers);

  /** Asks all of them; what those that answer have, the newest first. Throws what the first of them failed with, where all fail. */
  async function walk(providers: readonly string[], wanted: Wanted): Promise<readonly Task[]> {
    const isOnList = (name: SourceName) => (id: string) => findTask(store.getState(), taskKey(name, id)) !== undefined;
    const walks = listersOf(providers).map(async lister => {
      const walking = lister.walk(wanted, isOnList(lister.source));
      poller.lookAgain(lister.source);
      const { tasks } = await walking;
      return tasks.map(snapshot => toTask(lister.source, snapshot));
    });
    // The first that fails, for where none answers.
    const failure = Promise.all(walks);
    failure.catch(() => undefined);
    const results = await Promise.allSettled(walks);
    const found = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
    if (found.length === 0) await failure;
    const all = found.flat().sort((a, b) => (b.submittedAt ?? 0) - (a.submittedAt ?? 0));
    return wanted.kind === 'newest' ? all.slice(0, wanted.count) : all;
  }

  const noListing = `${silent.join(', ')} cannot list tasks with an API key: give ids`;
  const needsListing = (what: string) =>
    new UsageError(silent.length > 0 ? noListing : `${what} needs a provider that lists tasks: xhuo or acedata`);
  if (options.recent !== undefined && listing.length === 0) throw needsListing('--recent');

  return {
    discovers: discovering.length > 0,
    cannotDiscover: options.discover && listing.length === 0 ? needsListing('--discover').message : null,
    async addRecent(tell) {
      outcome.tell = tell;
      const { recent } = options;
      if (recent === undefined) return;
      try {
        const tasks = await walk(listing, recent);
        list.addFound(tasks);
        if (tasks.length === 0) tell('the account has no such tasks');
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (options.once && !isRefusal(error)) {
          tell(`the account's tasks did not come: ${error.message}`);
          return;
        }
        outcome.failed = error;
      }
      outcome.isPending = false;
    },
    discover(tell) {
      outcome.tell = tell;
      const hasWish = options.discover || silent.some(isWanted) || discovering.length > 0;
      if (hasWish && !isDemo && silent.length > 0) tell(noListing, listing.length > 0);
      else if (options.discover && listing.length === 0) tell(needsListing('--discover').message);
      if (discovering.length > 0) store.dispatch({ type: 'discovering' });
      for (const lister of listersOf(discovering)) lister.discover();
      // And the services of what is on the list.
      for (const { name } of store.getState().sources) {
        if (discovering.includes(name.split('/')[0] ?? '')) listerOf(name).discover();
      }
      for (const name of listers.keys()) poller.lookAgain(name);
    },
    newest(count) {
      if (listing.length === 0) throw needsListing('A');
      return walk(listing, { kind: 'newest', count });
    },
    add: tasks => list.addFound(tasks),
    check(source, id) {
      if (discovering.length === 0 && !options.discover) return;
      const [provider = '', service = ''] = source.split('/');
      // Whoever knows the address can name any service: only those are asked that would be anyway.
      const isUsual = services.includes(service) && asked.some(({ name }) => name === provider);
      if (!isUsual && !store.getState().sources.some(({ name }) => name === source)) return;
      listerOf(source).check(id);
      poller.lookAgain(source);
    },
    exitCode() {
      if (outcome.isPending) return exitCodes.open;
      if (outcome.failed === null) return exitCodes.ok;
      return outcome.failed.kind === 'refused' ? exitCodes.refused : exitCodes.failed;
    },
  };
}

/** A task as a listing tells of it. */
function toTask(source: SourceName, snapshot: Snapshot): Task {
  const now = Date.now();
  return merge(newTask(source, snapshot.id, now), snapshot, now);
}

/** Whether two sources are services of one provider. */
const isSibling = (one: SourceName, other: SourceName): boolean => one.split('/')[0] === other.split('/')[0];
