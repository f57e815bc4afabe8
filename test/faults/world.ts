import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../source/api/client.ts';
import { createHttp } from '../../source/api/http.ts';
import type { Dialect, Source } from '../../source/api/providers.ts';
import { redactor } from '../../source/api/redact.ts';
import type { PollEvent } from '../../source/poll/events.ts';
import { Poller } from '../../source/poll/poller.ts';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { startSimulator, type Simulator } from '../../source/simulator/simulator.ts';
import type { SourceState, State } from '../../source/store/state.ts';
import { Store } from '../../source/store/store.ts';
import { newTask } from '../../source/task/task.ts';
import { FakeClock, settled } from '../helpers/fake-clock.ts';
import { startHostileProxy, type HostileProxy } from '../helpers/hostile-proxy.ts';
import { Front } from './front.ts';

/** Milliseconds until a request is given up, here; the documentation speaks of the 30 s that cliptop takes. */
export const timeout = 8000;
/** For replies that never come. */
export const shortTimeout = 300;
export const interval = 5_000;
const token = 'sk-0123456789abcdef';

const idOf = (dialect: Dialect, number: number): string =>
  dialect === 'fetch'
    ? `task_${String(number).padStart(32, '0')}`
    : `${String(number).padStart(8, '0')}-1111-4111-8111-111111111111`;

const tasks = (dialect: Dialect, count: number): SimulatedTask[] =>
  Array.from({ length: count }, (_, index) => ({
    id: idOf(dialect, index + 1),
    dialect,
    service: 'producer',
    titles: [`Quiet Pier ${index + 1}`],
    queuedFor: 0,
    endsAfter: 600_000,
    ending: 'never',
    preview: 0,
  }));

export type Address = { readonly scheme: 'http' | 'https'; readonly host: string };

const plainAddress: Address = { scheme: 'http', host: '127.0.0.1' };

/** One source that watches running tasks, three when not said, of a simulated API, over real HTTP; the time is turned by hand. */
export class World {
  readonly clock = new FakeClock();
  readonly store = new Store();
  readonly events: PollEvent[] = [];
  readonly simulator: Simulator;
  readonly front: Front;
  /** Another host, to which no token may go. */
  readonly stranger: { readonly url: string; requests: number };
  readonly poller: Poller;
  readonly ids: readonly string[];
  asked = 0;
  resets = 0;
  #inFlight = 0;
  #idle: () => void = () => undefined;

  private constructor(
    parts: Pick<World, 'simulator' | 'front' | 'stranger' | 'ids'>,
    dialect: Dialect,
    address: Address,
    patience: number,
  ) {
    this.simulator = parts.simulator;
    this.front = parts.front;
    this.stranger = parts.stranger;
    this.ids = parts.ids;
    const http = createHttp({ timeout: patience });
    const source = this.#source(dialect, address);
    this.poller = new Poller({
      emit: event => {
        this.events.push(event);
        this.store.dispatch(event);
      },
      lookup: key => this.store.getState().tasks[this.store.getState().positions.get(key) ?? -1],
      // While nothing is known this is `interval`, and the default of the program.
      interval: 'auto',
      clock: this.clock,
      random: () => 0,
      onWake: () => {
        this.resets++;
        http.reset();
      },
    });
    this.store.dispatch({ type: 'add-sources', names: [source.name] });
    this.poller.addSource(this.#counting(createClient(source, http, redactor([token]))));
    const added = this.ids.map(id => newTask(source.name, id, this.clock.wall()));
    this.store.dispatch({ type: 'add', tasks: added });
    this.poller.add(added);
    onTestFinished(async () => {
      await this.poller.stop();
      await http.close();
    });
  }

  static async create(
    dialect: Dialect,
    address: Address = plainAddress,
    count = 3,
    patience = timeout,
    /** What becomes of requests on their way to the simulated API; they go straight to it when not said. */
    treat?: HostileProxy['treat'],
  ): Promise<World> {
    const later: { clock?: FakeClock } = {};
    const now = () => later.clock?.wall() ?? 0;
    const watched = tasks(dialect, count);
    const simulator = await startSimulator({ scenario: { tasks: watched, start: 'when-asked' }, now, token });
    const proxy = treat === undefined ? null : await startHostileProxy(simulator.origin, treat);
    const front = await Front.start(Number(new URL(proxy?.origin ?? simulator.origin).port));
    const stranger = await startStranger();
    onTestFinished(async () => {
      await front.close();
      await proxy?.close();
      await simulator.close();
    });
    const world = new World(
      { simulator, front, stranger, ids: watched.map(({ id }) => id) },
      dialect,
      address,
      patience,
    );
    later.clock = world.clock;
    return world;
  }

  start(): void {
    this.poller.start();
  }

  /** Lets time pass, and waits for the requests that it brought. */
  async advance(milliseconds: number): Promise<void> {
    await this.clock.advance(milliseconds);
    await this.idle();
  }

  /** Waits until no request is under way. */
  async idle(): Promise<void> {
    await settled();
    while (this.#inFlight > 0) {
      await new Promise<void>(resolve => (this.#idle = resolve));
      await settled();
    }
  }

  get state(): State {
    return this.store.getState();
  }

  get source(): SourceState {
    const [source] = this.state.sources;
    if (source === undefined) throw new Error('there is no source');
    return source;
  }

  get statuses(): readonly string[] {
    return this.state.tasks.map(({ status }) => status);
  }

  #source(dialect: Dialect, { scheme, host }: Address): Source {
    const provider = dialect === 'fetch' ? 'ccapi' : 'xhuo';
    return {
      name: `${provider}/producer`,
      provider,
      service: 'producer',
      dialect,
      baseUrl: `${scheme}://${host}:${this.front.port}${dialect === 'fetch' ? '/ccapi' : '/xhuo/v1'}`,
      token: this.simulator.token,
      tokenPlace: dialect === 'fetch' ? 'CCAPI_API_KEY' : 'XHUOAPI_API_KEY',
    };
  }

  #counting(client: Client): Client {
    const count = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
      this.asked++;
      this.#inFlight++;
      try {
        return await ask();
      } finally {
        this.#inFlight--;
        this.#idle();
      }
    };
    return {
      source: client.source,
      batch: (ids, ...how) => count(() => client.batch(ids, ...how)),
      single: (id, ...how) => count(() => client.single(id, ...how)),
    };
  }
}

async function startStranger(): Promise<World['stranger']> {
  const stranger = { url: '', requests: 0 };
  const server = createServer((_, response) => {
    stranger.requests++;
    response.end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  stranger.url = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  return stranger;
}
