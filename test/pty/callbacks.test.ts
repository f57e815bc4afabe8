import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { harbour, ids, lit, rain } from './tasks.ts';
import { test, type World } from './world.ts';

const listing = (world: World) => ({ CCAPI_API_KEY: '', XHUOAPI_BASE_URL: world.simulator?.tasksBaseUrl ?? '' });
const soon: SimulatedTask = { ...lit, endsAfter: 2_000 };

/** The address that the program prints into its log. */
async function addressOf(world: World): Promise<string> {
  await world.appears('log', /callbacks are taken at http\S+/);
  return /callbacks are taken at (http\S+)/.exec(world.read('log'))?.[1] ?? '';
}

describe('--listen', () => {
  test('asks at once about a task that a call says has ended, long before its turn', async ({ world }) => {
    const simulator = await world.simulate([soon]);
    const log = world.file('log', '');
    const args = [ids.window, '--interval', '10m', '--listen', '0', '--log-file', log];
    const app = world.run(args, { env: listing(world) });
    await app.waitFor(/running|queued/);
    const url = await addressOf(world);
    await new Promise(resolve => setTimeout(resolve, 2_000));
    const forged = {
      id: ids.window,
      response: { data: [{ title: 'Never believed', audio_url: 'https://evil.example/x' }] },
    };
    expect((await fetch(url, { method: 'POST', body: JSON.stringify(forged) })).status).toBe(204);
    await app.waitFor(/succeeded/);
    expect(app.output).not.toContain('Never believed');
    expect(simulator.requests.length).toBe(2);
  });

  test('adds a task that is not watched when the API knows it and --discover is on, and no forged one', async ({
    world,
  }) => {
    const simulator = await world.simulate([harbour]);
    const log = world.file('log', '');
    const args = [ids.harbour, '--discover', '--service', 'producer', '--interval', '10m'];
    const app = world.run([...args, '--listen', '0', '--log-file', log], { env: listing(world) });
    await app.waitFor('Slow Harbour');
    const url = await addressOf(world);
    simulator.add(lit);
    const calls = ['77777777-0000-4000-8000-000000000007', ids.window].map(id => ({ task_id: id, success: true }));
    expect((await fetch(url, { method: 'POST', body: JSON.stringify(calls) })).status).toBe(204);
    await app.waitFor('First light');
    expect(app.screen()[0]).toContain('1 of 2');
    for (let index = 0; index < 30; index++) await fetch(url, { method: 'POST', body: JSON.stringify(calls) });
    expect(simulator.requests.length).toBeLessThanOrEqual(4);
    expect(app.output).not.toContain('77777777');
  });

  test('a port that is taken is one clear line, and nothing is asked', async ({ world }) => {
    const simulator = await world.simulate([rain]);
    const other = createServer();
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    world.defer(() => other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await world.pipe([ids.rain, '--listen', String(port)]);
    expect(stderr).toBe(`cliptop: --listen 127.0.0.1:${port}: the port is taken; port 0 takes a free one\n`);
    expect({ code, asked: simulator.requests.length }).toEqual({ code: 2, asked: 0 });
  });

  test('an address that this machine has not is one clear line', async ({ world }) => {
    await world.simulate([rain]);
    const { code, stderr } = await world.pipe([ids.rain, '--listen', '192.0.2.1:8787']);
    expect(stderr).toBe(
      'cliptop: --listen 192.0.2.1:8787: this machine has no such address; 0.0.0.0 means all it has\n',
    );
    expect(code).toBe(2);
  });
});
