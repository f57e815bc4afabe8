import { describe, expect } from 'vitest';
import { startHostileProxy, type Arrival, type Treatment } from '../helpers/hostile-proxy.ts';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

const providers = { fetch: 'ccapi', tasks: 'xhuo' } as const;
type Dialect = keyof typeof providers;

const idOf = (dialect: Dialect, number: number): string =>
  dialect === 'fetch'
    ? `task_${String(number).padStart(32, '0')}`
    : `${String(number).padStart(8, '0')}-1111-4111-8111-111111111111`;

const runningTasks = (dialect: Dialect, service: 'producer' | 'suno', first: number, count: number): SimulatedTask[] =>
  Array.from({ length: count }, (_, index) => ({
    id: idOf(dialect, first + index),
    dialect,
    service,
    titles: [`Pier ${first + index}`],
    queuedFor: 0,
    endsAfter: 600_000,
    ending: 'never',
    preview: 0,
  }));

/** The built program at `-n 1s`, with a proxy before the API that treats requests as told. */
async function open(
  world: World,
  tasks: readonly SimulatedTask[],
  treat: (arrival: Arrival) => Treatment,
): Promise<Terminal> {
  const simulator = await world.simulate(tasks);
  const proxy = await startHostileProxy(simulator.origin, treat);
  world.defer(() => proxy.close());
  const ids = tasks.map(({ dialect, service, id }) => `${providers[dialect]}/${service}:${id}`);
  const env = Object.fromEntries(
    Object.entries(world.env()).map(([name, value]) => [name, value.replace(simulator.origin, proxy.origin)]),
  );
  return world.run([...ids, '-n', '1s', '--no-save'], { env, columns: 110, rows: 100 });
}

const running = (lines: readonly string[]): number =>
  lines.filter(line => line.includes('Pier') && line.includes('running')).length;

describe.concurrent.each(['fetch', 'tasks'] as const)(
  'tasks that are not at fault are soon shown, %s dialect',
  dialect => {
    test('at a relay that answers 504 to more than 20 ids', async ({ world }) => {
      const app = await open(world, runningTasks(dialect, 'producer', 1, 60), ({ ids }) =>
        ids.length > 20 ? 504 : 'pass',
      );
      await app.waitFor(lines => running(lines) === 60);
      expect(app.screen().join('\n')).not.toContain('504');
    });

    test('beside an id that makes the server break the connection', async ({ world }) => {
      const bad = idOf(dialect, 2);
      const tasks = runningTasks(dialect, 'producer', 1, 3);
      const app = await open(world, tasks, ({ ids }) => (ids.includes(bad) ? 'reset' : 'pass'));
      await app.waitFor(lines => running(lines) === 2);
      await app.waitFor('connection reset');
    });

    test('beside a source of the same host that gives no answer', async ({ world }) => {
      const tasks = [...runningTasks(dialect, 'producer', 1, 5), ...runningTasks(dialect, 'suno', 101, 5)];
      const app = await open(world, tasks, ({ path }) => (path.includes('suno') ? 'hang' : 'pass'));
      await app.waitFor(lines => running(lines) === 5);
    });
  },
);
