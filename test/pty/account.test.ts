import { describe, expect } from 'vitest';
import type { ListingQuirk } from '../../source/simulator/listing.ts';
import { readJsonLines } from '../helpers/json-lines.ts';
import { harbour, ids, lit, rain, weekend } from './tasks.ts';
import { test, type World } from './world.ts';

/** Only the provider that can list: what is asked of the other is another test's. */
const listing = (world: World) => ({ CCAPI_API_KEY: '', XHUOAPI_BASE_URL: world.simulator?.tasksBaseUrl ?? '' });

const simulate = (world: World, quirk?: ListingQuirk) =>
  world.simulate([lit, harbour], quirk === undefined ? {} : { listing: quirk });

describe('--recent', () => {
  test('prints the last tasks of the account without an id', async ({ world }) => {
    await simulate(world);
    const { code, stdout, stderr } = await world.pipe(['--recent', '20', '--once'], { env: listing(world) });
    expect(stdout).toMatch(/succeeded {2}First light/);
    expect(stdout).toMatch(/running {4}Slow Harbour/);
    expect({ code, stderr }).toEqual({ code: 8, stderr: '' });
  });

  test('watches those of the last hours', async ({ world }) => {
    await world.simulate([lit]);
    const { code, stdout } = await world.pipe(['--recent', '2h', '--json'], { env: listing(world) });
    const events = readJsonLines(stdout) as readonly { event: string; task?: { id: string } }[];
    expect(events.map(({ event, task }) => task?.id ?? event)).toEqual(['source', 'source', ids.window, 'end']);
    expect(code).toBe(0);
  });

  test('says so where the API refuses, asks it no more, and ends with 1', async ({ world }) => {
    const simulator = await simulate(world, 'refused');
    const args = ['--recent', '20', '--service', 'producer', '--plain'];
    const { code, stdout, stderr } = await world.pipe(args, { env: listing(world) });
    expect(stderr).toBe('cliptop: xhuo cannot list tasks: give ids (400 ids must be a list.)\n');
    expect({ code, stdout, asked: simulator.requests.length }).toEqual({ code: 1, stdout: '', asked: 1 });
  });

  test('asks once with --once, also where the list does not come', async ({ world }) => {
    const simulator = await simulate(world);
    simulator.fault({ kind: 'status', status: 503 });
    const args = ['--recent', '20', '--service', 'producer', '--once'];
    const { code, stdout, stderr } = await world.pipe(args, { env: listing(world) });
    expect(stderr).toBe("cliptop: the account's tasks did not come: 503 service unavailable\n");
    expect({ code, stdout, asked: simulator.requests.length }).toEqual({ code: 8, stdout: '', asked: 1 });
  });

  test('ends with 4 where the token is refused', async ({ world }) => {
    await simulate(world);
    const env = { ...listing(world), XHUOAPI_API_KEY: 'wrong-token' };
    const { code, stderr } = await world.pipe(['--recent', '20', '--service', 'producer', '--plain'], { env });
    expect(stderr).toMatch(/^cliptop: xhuo cannot list tasks: give ids \(401 .*check XHUOAPI_API_KEY\)\n$/);
    expect(code).toBe(4);
  });

  test('takes nothing from a listing with the tasks of others in it', async ({ world }) => {
    await simulate(world, 'strangers');
    const args = ['--recent', '20', '--service', 'producer', '--plain'];
    const { code, stdout, stderr } = await world.pipe(args, { env: listing(world) });
    expect(stderr).toContain('give ids (it lists the tasks of others, too)');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('needs a provider that can list: the others say so in one line', async ({ world }) => {
    await simulate(world);
    const { code, stderr } = await world.pipe(['--recent', '20'], { env: { XHUOAPI_API_KEY: '' } });
    expect(stderr).toBe('cliptop: ccapi cannot list tasks with an API key: give ids\n');
    expect(code).toBe(2);
  });
});

test('--recent leaves out what cannot be asked about, and says so once for each service', async ({ world }) => {
  await world.simulate([lit, harbour], { listing: 'odd-ids' });
  const args = ['--recent', '5', '--discover', '--service', 'producer', '--timeout', '3s', '--json'];
  const { stdout, stderr } = await world.pipe(args, { env: listing(world) });
  expect(stderr).toBe('cliptop: xhuo lists 4 tasks whose ids, such as "task_1", cannot be asked about: left out\n');
  const events = readJsonLines(stdout) as readonly { change?: string; task?: { id: string } }[];
  const added = events.flatMap(({ change, task }) => (change === 'added' ? [task?.id] : []));
  expect(added.toSorted()).toEqual([ids.window, ids.harbour].toSorted());
});

describe('--discover', () => {
  test('shows a task that is submitted from anywhere, and goes on when it is taken off', async ({ world }) => {
    const simulator = await world.simulate([harbour]);
    const app = world.run([ids.harbour, '--discover', '--interval', '1s'], { env: listing(world) });
    await app.waitFor('Slow Harbour');
    simulator.add({ ...lit, endsAfter: 0 });
    await app.waitFor('First light');
    expect(app.screen()[0]).toContain('1 of 2');
  });

  test('says in one line that the fetch dialect has no listing, and watches all the same', async ({ world }) => {
    await world.simulate([weekend, rain]);
    const args = [ids.weekend, '--discover', '--until', 'all', '--plain'];
    const { code, stdout, stderr } = await world.pipe(args, { env: { XHUOAPI_API_KEY: '' } });
    expect(stderr).toBe('cliptop: ccapi cannot list tasks with an API key: give ids\n');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Weekend Morning') as string });
  });

  test('without an id, and with no provider that lists, says so instead of watching nothing', async ({ world }) => {
    await world.simulate([weekend]);
    const { code, stderr } = await world.pipe(['--discover', '--plain'], { env: { XHUOAPI_API_KEY: '' } });
    expect(stderr).toBe('cliptop: ccapi cannot list tasks with an API key: give ids\n');
    expect(code).toBe(2);
  });

  test('can be set for a provider in the config file', async ({ world }) => {
    const simulator = await world.simulate([harbour]);
    const config = world.file('c.json', JSON.stringify({ providers: { xhuo: { discover: true } } }), 0o600);
    const app = world.run([ids.harbour, '--config', config, '--interval', '1s'], { env: listing(world) });
    await app.waitFor('Slow Harbour');
    simulator.add(lit);
    await app.waitFor('First light');
  });
});

test('a pane that looks for new tasks is quiet while there are none', async ({ world }) => {
  await world.simulate([lit]);
  const app = world.run([ids.window, '--discover', '--service', 'producer'], { env: listing(world) });
  await app.waitFor('all 1 ended · looking for new tasks');
  await new Promise(resolve => setTimeout(resolve, 1_500));
  const before = app.output.length;
  await new Promise(resolve => setTimeout(resolve, 2_500));
  expect(app.output.slice(before)).toBe('');
});

test('A offers the tasks that are not on the list, and Enter adds what is marked', async ({ world }) => {
  await world.simulate([lit, harbour, { ...lit, id: '3c8ce4cf-0000-4000-8000-000000000003', titles: ['Third'] }]);
  const app = world.run([ids.harbour], { env: listing(world) });
  await app.waitFor('Slow Harbour');
  app.send('A');
  await app.waitFor(lines => lines.some(line => line.includes('Third')) && lines.some(line => line.includes('First')));
  expect(app.screen().join('\n')).not.toContain('Slow Harbour');
  app.send('  \r');
  await app.waitFor(lines => lines.some(line => line.includes('added 2 tasks')));
  expect(app.screen()[0]).toContain('2 of 3');
});

test('A says in one line where no provider lists tasks', async ({ world }) => {
  await world.simulate([weekend]);
  const app = world.run([ids.weekend], { env: { XHUOAPI_API_KEY: '' } });
  await app.waitFor('Weekend');
  app.send('A');
  await app.waitFor('ccapi cannot list tasks with an API key: give ids');
});

test('the demo starts with eight tasks and finds the others', async ({ world }) => {
  const { code, stdout } = await world.pipe(['--demo', '--json']);
  const events = readJsonLines(stdout) as readonly { event: string; change?: string; counts?: object }[];
  const added = events.flatMap(({ change }, index) => (change === 'added' ? [index] : []));
  expect(added.slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(added.length).toBe(12);
  expect(events.at(-1)).toMatchObject({ event: 'end', counts: { succeeded: 10, partial: 1, failed: 1 } });
  expect(code).toBe(0);
}, 60_000);
