import { Buffer } from 'node:buffer';
import { createClient } from '../../source/api/client.ts';
import type { Http } from '../../source/api/http.ts';
import type { Source } from '../../source/api/providers.ts';
import { redactor } from '../../source/api/redact.ts';
import type { Interval } from '../../source/poll/schedule.ts';
import { Poller } from '../../source/poll/poller.ts';
import { answerFetchBatch, answerFetchOne } from '../../source/simulator/dialect-fetch.ts';
import type { Scenario } from '../../source/simulator/scenario.ts';
import { createTaskTable } from '../../source/simulator/scenario.ts';
import { startEffects } from '../../source/app/effects.ts';
import { findTask } from '../../source/store/selectors.ts';
import { Store } from '../../source/store/store.ts';
import { newTask } from '../../source/task/task.ts';
import { createView } from './view.ts';
import { VirtualClock } from './virtual-clock.ts';

const source: Source = {
  name: 'ccapi/producer',
  provider: 'ccapi',
  service: 'producer',
  dialect: 'fetch',
  baseUrl: 'http://127.0.0.1:9',
  token: 'token',
  tokenPlace: 'CCAPI_API_KEY',
};

/** The program from the poller to the screen, with a virtual clock, and the simulated API in place of HTTP. */
export function createWorld(scenario: Scenario, interval: Interval) {
  const clock = new VirtualClock();
  const table = createTaskTable(scenario, clock.wall, 1);
  const count = { requests: 0, inFlight: 0, mostInFlight: 0 };
  const http: Http = {
    async ask(_, question) {
      count.requests++;
      count.mostInFlight = Math.max(count.mostInFlight, ++count.inFlight);
      await Promise.resolve();
      const lookup = table.lookup('fetch', 'producer', source.baseUrl);
      const single = question.method === 'GET' ? decodeURIComponent(question.path.split('/').at(-1) ?? '') : null;
      const reply =
        single === null ? answerFetchBatch(JSON.stringify(question.body), lookup) : answerFetchOne(single, lookup);
      count.inFlight--;
      return { body: JSON.parse(Buffer.from(reply.body).toString()) as unknown, latency: 12, serverTime: clock.wall() };
    },
    reset: () => undefined,
    close: () => Promise.resolve(),
  };
  const client = createClient(source, http, redactor([source.token]));

  const store = new Store({ interval, size: { columns: 120, rows: 40 } });
  const poller = new Poller({
    emit: store.dispatch,
    lookup: key => findTask(store.getState(), key),
    interval,
    // These tasks never end. Without this they would be marked as stalled, and polled less often.
    deadline: Number.POSITIVE_INFINITY,
    clock,
    random: () => 0.5,
  });
  store.dispatch({ type: 'add-sources', names: [source.name] });
  poller.addSource(client);
  const tasks = scenario.tasks.map(({ id }) => newTask(source.name, id, clock.wall()));
  store.dispatch({ type: 'add', tasks });
  poller.add(tasks);
  const stopEffects = startEffects({ store, journal: null, notify: () => undefined, setTitle: () => undefined });

  const view = createView(store);
  const { screen, keyboard } = view;

  /** Resolves when pending promise callbacks have run and the state is drawn. */
  const settle = async () => {
    await new Promise(resolve => setImmediate(resolve));
    await view.drawn();
  };

  return {
    clock,
    screen,
    keyboard,
    store,
    poller,
    count: {
      get requests() {
        return count.requests;
      },
      get mostInFlight() {
        return count.mostInFlight;
      },
      get renders() {
        return view.count.renders;
      },
    },
    settle,
    /** Advances simulated time; every timer fires at its time. */
    async pass(milliseconds: number) {
      const end = clock.now + milliseconds;
      await settle();
      while (clock.next(end)) await settle();
    },
    async close() {
      const stopped = poller.stop();
      stopEffects();
      view.close();
      await stopped;
    },
  };
}

export type World = ReturnType<typeof createWorld>;
