import { readHints } from '../callbacks/hints.ts';
import { HintQueue } from '../callbacks/hint-queue.ts';
import { startCallbackServer, type Callback } from '../callbacks/server.ts';
import { UsageError } from '../errors.ts';
import { systemClock } from '../poll/clock.ts';
import { usualInterval } from '../poll/schedule.ts';
import { findTask } from '../store/selectors.ts';
import { isFinal, taskKey, type SourceName, type Task } from '../task/task.ts';
import type { Account } from './account.ts';
import type { Session } from './session.ts';

/** Polling goes on at a quarter of its pace for so many milliseconds after a call. */
const slowFactor = 4;
const slowFor = 600_000;

/** Takes vendors' calls as hints. */
type Callbacks = {
  /** Where they are to be sent. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/**
 * Listens for the vendors' calls, as `--listen` asks. A watched task that a call is about is asked about at once; one that is
 * not is looked up and added where new tasks are looked for. Throws UsageError when it cannot listen there.
 */
export async function listenForCallbacks(session: Session, account: Account): Promise<Callbacks | null> {
  const { listen, interval } = session.options;
  const { sources, store, poller } = session;
  if (listen === undefined) return null;
  const queues = new Map<SourceName, HintQueue>();
  const timers = new Map<SourceName, () => void>();

  const queueOf = (source: SourceName): HintQueue => {
    const queue =
      queues.get(source) ?? new HintQueue({ interval: usualInterval(interval ?? 'auto'), now: systemClock.monotonic });
    queues.set(source, queue);
    return queue;
  };

  /** Asks what the budget allows, and comes back for the rest. */
  const ask = (source: SourceName): void => {
    const queue = queueOf(source);
    const ids = queue.take();
    if (ids.length > 0) poller.hint(ids.map(id => ({ source, id })));
    const { wait } = queue;
    if (wait === null || timers.has(source)) return;
    timers.set(
      source,
      systemClock.after(Math.max(wait, 100), () => {
        timers.delete(source);
        ask(source);
      }),
    );
  };

  const onCallback = ({ body, rest }: Callback): void => {
    for (const given of readHints(body, rest, sources.providerNames)) {
      if (sources.redactor.holds(given.id)) continue;
      const watched = watchedTasks(session, given.id, given.provider === null ? null : rest.join('/'));
      for (const { source, id, status } of watched) {
        if (isFinal(status)) continue;
        poller.slowDown(source, slowFactor, slowFor);
        queueOf(source).add(id);
        ask(source);
      }
      if (watched.length === 0) {
        try {
          account.check(sources.resolve(given).name, given.id);
        } catch (error) {
          // A call about a provider without a token, or with a word that is no service: there is nothing to ask.
          if (!(error instanceof UsageError)) throw error;
        }
      }
    }
  };

  const unsubscribe = store.subscribe((state, previous) => {
    if (state.tasks === previous.tasks || queues.size === 0) return;
    for (const [index, task] of state.tasks.entries()) {
      if (previous.tasks[index] === task || !isFinal(task.status)) continue;
      queues.get(task.source)?.ended(task.id);
    }
  });

  const server = await startCallbackServer({ ...listen, onCallback }).catch((error: unknown) => {
    unsubscribe();
    throw new UsageError(`--listen ${listen.host}:${listen.port}: ${whyNot((error as NodeJS.ErrnoException).code)}`);
  });
  return {
    url: server.url,
    close: async () => {
      unsubscribe();
      for (const cancel of timers.values()) cancel();
      await server.close();
    },
  };
}

/** The tasks with that id on the list, of whichever source, or of the one that is named. */
function watchedTasks({ store }: Session, id: string, named: string | null): readonly Task[] {
  const state = store.getState();
  return state.sources
    .filter(({ name }) => named === null || name === named || name === `${named}/producer`)
    .flatMap(({ name }) => findTask(state, taskKey(name, id)) ?? []);
}

const whyNot = (code: string | undefined): string => {
  if (code === 'EADDRINUSE') return 'the port is taken; port 0 takes a free one';
  if (code === 'EACCES') return 'the system does not allow that port; those from 1024 on are free to use';
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return 'this machine has no such address; 0.0.0.0 means all it has';
  return `cannot listen there (${code ?? 'unknown'})`;
};
