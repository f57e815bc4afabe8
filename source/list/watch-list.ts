import type { Client } from '../api/client.ts';
import type { Http } from '../api/http.ts';
import { clearTask } from '../api/clear.ts';
import { lazyClient } from '../api/lazy.ts';
import type { Source } from '../api/providers.ts';
import { UsageError } from '../errors.ts';
import type { Poller } from '../poll/poller.ts';
import type { Change, Journal } from '../journal/journal.ts';
import type { Sources } from '../api/sources.ts';
import { findTask } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';
import { isFinal, newTask, taskKey, type SourceName, type Task, type TaskKey } from '../task/task.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { readIds, type ReadIds } from './read-ids.ts';

/** What became of a text with ids in it; `duplicates` counts those that were on the list already, too. */
type AddResult = Omit<ReadIds, 'tasks'> & { readonly added: number };

type WatchListOptions = {
  readonly store: Store;
  readonly poller: Poller;
  readonly http: Http;
  readonly sources: Sources;
  /** null: nothing is saved. */
  readonly journal: Journal | null;
  readonly now?: () => number;
};

/** Puts tasks on the list and takes them off: on the screen, at the poller and on disk alike. */
export class WatchList {
  readonly #options: WatchListOptions;
  readonly #now: () => number;

  constructor(options: WatchListOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** What `addText` would add of a text, as `tasks`, and what would become of the rest. */
  readText(text: string): ReadIds {
    const { tasks, duplicates, ...rest } = readIds([text], this.#options.sources, this.#now());
    const fresh = tasks.filter(({ key }) => findTask(this.#options.store.getState(), key) === undefined);
    return { tasks: fresh, duplicates: duplicates + tasks.length - fresh.length, ...rest };
  }

  /** Adds every id found in a text. */
  addText(text: string): AddResult {
    const { tasks, ...rest } = this.readText(text);
    this.addKnown(tasks);
    return { added: tasks.length, ...rest };
  }

  /** Adds tasks whose source is known; those of a saved list bring their results along. */
  add(tasks: readonly Task[], { save = true } = {}): void {
    if (tasks.length === 0) return;
    this.#options.store.dispatch({ type: 'add', tasks });
    this.#options.poller.learn(tasks.filter(({ status }) => isFinal(status)));
    this.#options.poller.add(tasks.filter(({ status }) => !isFinal(status)));
    if (save) this.#options.journal?.add(tasks.map(({ source, id, addedAt }) => ({ source, id, addedAt })));
  }

  /** Adds tasks that `readIds` gave. Throws UsageError when their source cannot be asked. */
  addKnown(tasks: readonly Task[]): void {
    for (const name of new Set(tasks.map(({ source }) => source))) this.#connect(this.#options.sources.byName(name));
    this.add(tasks);
  }

  /** Adds tasks that an API has told of, with what it told. How many were not on the list yet. */
  addFound(tasks: readonly Task[]): number {
    const fresh = tasks.filter(({ key }) => findTask(this.#options.store.getState(), key) === undefined);
    this.addKnown(fresh);
    this.#options.journal?.finish(fresh.filter(({ status }) => isFinal(status)));
    return fresh.length;
  }

  /** Makes a source known before it has a task on the list. Throws UsageError where it cannot be asked. */
  connect(name: SourceName): Client {
    const source = this.#options.sources.byName(name);
    this.#connect(source);
    return this.#client(source, this.#options.http);
  }

  /** Follows what another cliptop did to the list. */
  follow(change: Change): void {
    const finished = new Map(change.finished.map(task => [task.key, task]));
    const added = change.added.map(
      ({ source, id, addedAt }) => finished.get(taskKey(source, id)) ?? newTask(source, id, addedAt),
    );
    this.adopt(added);
    const tasks = change.finished.map(task => clearTask(task, this.#options.sources.redactor));
    this.#options.store.dispatch({ type: 'finished', at: this.#now(), tasks });
    this.#options.poller.remove(change.finished);
    this.remove(change.removed, { save: false });
  }

  /**
   * Takes in what a saved list or another cliptop has, without tokens, which may have become known since it was written.
   * A source that cannot be asked is shown as such. An id that holds a token, or whose source there is not, is left out,
   * and the person is told: a file may say anything.
   */
  adopt(tasks: readonly Task[]): void {
    const { sources, store } = this.#options;
    const [safe = [], unsafe = []] = split(tasks, ({ key }) => !sources.redactor.holds(key));
    const [known = [], strange = []] = split(safe, ({ source }) => sources.has(source));
    for (const name of new Set(known.map(({ source }) => source))) this.#connectByName(name);
    const cleared = known.map(task => clearTask(task, sources.redactor));
    this.add(cleared, { save: false });
    const tell = (count: number, why: string): void => {
      const text = sanitizeLine(`${count === 1 ? '1 entry' : `${count} entries`} of the saved list left out: ${why}`);
      store.dispatch({ type: 'note', at: this.#now(), text });
      store.dispatch({ type: 'flash', flash: { level: 'warning', text } });
    };
    const [first] = strange;
    const name = JSON.stringify(first?.source.slice(0, 60));
    if (first !== undefined) tell(strange.length, `there is no source named ${name}`);
    if (unsafe.length > 0) tell(unsafe.length, 'what holds a token is no id');
  }

  remove(keys: readonly TaskKey[], { save = true } = {}): void {
    const state = this.#options.store.getState();
    const tasks = keys.flatMap(key => findTask(state, key) ?? []);
    this.#options.store.dispatch({ type: 'remove', keys, undoable: save });
    this.#options.poller.remove(tasks);
    if (save) this.#options.journal?.remove(keys);
  }

  /** Takes back the last removal; how many tasks came back. */
  restore(): number {
    const { store, poller, journal } = this.#options;
    const tasks =
      store
        .getState()
        .removals.at(-1)
        ?.map(({ task }) => task) ?? [];
    store.dispatch({ type: 'restore' });
    poller.add(tasks.filter(({ status }) => !isFinal(status)));
    journal?.add(tasks.map(({ source, id, addedAt }) => ({ source, id, addedAt })));
    journal?.finish(tasks.filter(({ status }) => isFinal(status)));
    return tasks.length;
  }

  #connect(source: Source): void {
    const { store, poller, http } = this.#options;
    store.dispatch({ type: 'add-sources', names: [source.name] });
    poller.addSource(this.#client(source, http));
  }

  readonly #clients = new Map<SourceName, Client>();

  #client(source: Source, http: Http): Client {
    const client = this.#clients.get(source.name) ?? lazyClient(source, http, this.#options.sources.redactor);
    this.#clients.set(source.name, client);
    return client;
  }

  #connectByName(name: SourceName): void {
    const { sources, store } = this.#options;
    try {
      this.#connect(sources.byName(name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const at = this.#now();
      store.dispatch({ type: 'add-sources', names: [name] });
      const { message } = error;
      const health = { state: 'refused', message, retryAt: null, since: at, askable: false } as const;
      store.dispatch({ type: 'health', source: name, at, health });
    }
  }
}

/** Those that pass, and those that do not. */
const split = (tasks: readonly Task[], passes: (task: Task) => boolean): readonly (readonly Task[])[] => [
  tasks.filter(task => passes(task)),
  tasks.filter(task => !passes(task)),
];
