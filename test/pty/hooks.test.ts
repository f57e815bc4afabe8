import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { running, until } from '../terminal/tmux.ts';
import { ids, lit, long, weekend } from './tasks.ts';
import { test, type World } from './world.ts';

const soon: SimulatedTask = { ...weekend, endsAfter: 2500 };

/** A command that adds a line to a file; as many lines as it was run. */
function counting(world: World, name = 'runs') {
  const path = join(world.folder, name);
  return {
    command: `echo "$CLIPTOP_EVENT $CLIPTOP_STATUS $CLIPTOP_ID" >> '${path}'`,
    lines: () => (existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []),
  };
}

describe('--on-done', () => {
  test('runs once for each task that ended, without tokens, and a script waits for it', async ({ world }) => {
    await world.simulate([weekend, long]);
    const { command, lines } = counting(world);
    const env = join(world.folder, 'env');
    const { code, stderr } = await world.pipe([
      ...['-o', 'quiet', '--on-done', `sleep 0.3; ${command}; env > '${env}'; cat`, weekend.id, long.id],
      ...['--log-file', join(world.folder, 'log')],
    ]);
    expect([code, stderr]).toEqual([1, '']);
    expect(lines().toSorted()).toEqual([`task failed ${long.id}`, `task succeeded ${weekend.id}`]);
    const told = readFileSync(env, 'utf8');
    expect(told).toMatch(/^CLIPTOP_SOURCE=ccapi\/producer$/m);
    expect(told).not.toMatch(/_API_KEY|sk-test/);
    expect(world.read('log')).toMatch(/hook: exit code 0: \{"event":"task",.*"lyric too long"/);
  });

  test('says what failed, and its exit code is its own affair', async ({ world }) => {
    await world.simulate([weekend]);
    const run = ['--json', '--on-done', 'echo no such player; exit 4', weekend.id];
    const { code, stdout, stderr } = await world.pipe(run);
    expect([code, stderr]).toEqual([0, 'cliptop: hook of Weekend Morning: exit code 4: no such player\n']);
    for (const line of stdout.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  test('is refused without a command', async ({ world }) => {
    expect(await world.pipe(['--on-done', ' ', ids.weekend])).toMatchObject({
      ...{ code: 2, stderr: expect.stringContaining('--on-done needs a command') as string },
    });
  });

  test('runs behind the table, which goes on, and not again after a kill -9 and with the last list', async ({
    world,
  }) => {
    await world.simulate([long, soon]);
    const { command, lines } = counting(world);
    const hook = ['-n', '1', '--on-done', command];
    const app = world.run([long.id, soon.id, ...hook], { columns: 110 });
    await until(lines, runs => runs.length === 1);
    await app.waitFor(/succeeded +Weekend Morning/);
    await until(lines, runs => runs.length === 2);
    process.kill(app.pid, 'SIGKILL');
    await app.ended;
    const again = world.run(hook, { columns: 110 });
    await again.waitFor(/succeeded +Weekend Morning/);
    world.simulator?.add(lit);
    again.send(`\u001b[200~${lit.id}\u001b[201~\r`);
    await until(lines, runs => runs.length === 3);
    again.send('\u0003');
    expect((await again.ended).code).toBe(130);
    expect(lines()).toEqual([`task failed ${long.id}`, `task succeeded ${soon.id}`, `task succeeded ${lit.id}`]);
  });

  test('runs not again with a list of the same ids that is begun anew, and the files are known there', async ({
    world,
  }) => {
    const simulator = await world.simulate([weekend, long]);
    const { command, lines } = counting(world);
    const run = ['--on-done', command, '--download', join(world.folder, 'songs'), '--until', 'all'];
    const watch = async (...watched: readonly string[]) => {
      const app = world.run([...watched, ...run], { columns: 110 });
      await app.ended;
    };
    const fetched = () =>
      simulator.requests.filter(({ path }) => path.startsWith('/media/') && path.endsWith('.wav')).length;
    await watch(weekend.id);
    await watch(weekend.id, long.id);
    await watch(weekend.id);
    expect(lines()).toEqual([`task succeeded ${weekend.id}`, `task failed ${long.id}`]);
    expect(fetched()).toBe(1);
  });

  test('is waited for after q, without the screen; ctrl-c leaves nothing of it', async ({ world }) => {
    await world.simulate([weekend]);
    const pids = join(world.folder, 'pids');
    const { command, lines } = counting(world);
    const app = world.run([weekend.id, '--on-done', `echo $$ > '${pids}'; ${command}; sleep 300`], { columns: 110 });
    await until(lines, runs => runs.length === 1);
    app.send('q');
    await app.waitFor('waiting for a hook, each has 1m; ctrl-c ends them');
    app.send('\u0003');
    expect((await app.ended).code).toBe(130);
    expect(app.output).toContain('cliptop: a hook was ended, or not run at all');
    const pid = Number(readFileSync(pids, 'utf8'));
    expect(await until(() => !running(pid), Boolean)).toBe(true);
  });

  test('stands in the event log with its last line, told with the next answer', async ({ world }) => {
    await world.simulate([weekend, { ...long, ending: 'never' }]);
    const app = world.run([weekend.id, long.id, '-n', '1', '--on-done', 'echo one; echo two'], { columns: 110 });
    await app.waitFor('Weekend Morning');
    app.send('e');
    await app.waitFor(/Weekend Morning +hook: exit code 0: two/);
    app.send('\u0003');
    await app.ended;
  });
});

describe('hooks of the config file', () => {
  test('get no token of a provider of one’s own, wherever it comes from', async ({ world }) => {
    const simulator = await world.simulate([weekend]);
    const from = { dialect: 'fetch', baseUrl: simulator.fetchBaseUrl };
    const env = join(world.folder, 'env');
    const config = world.file(
      'mine.json',
      JSON.stringify({
        providers: {
          mine: { ...from, tokenEnv: 'MY_OWN_NAME' },
          other: { ...from, token: 'sk-in-the-file' },
          third: { ...from, tokenCommand: 'echo sk-of-a-command' },
        },
        hooks: { task: `env > '${env}'` },
      }),
      0o600,
    );
    const secrets = { MY_OWN_NAME: simulator.token, COPY: 'x sk-in-the-file', ANOTHER: 'sk-of-a-command', KEPT: 'yes' };
    const { code } = await world.pipe(['--config', config, '-o', 'quiet', `mine:${weekend.id}`], { env: secrets });
    expect(code).toBe(0);
    const told = readFileSync(env, 'utf8');
    expect(told).toMatch(/^KEPT=yes$/m);
    expect(told).not.toMatch(/sk-|MY_OWN_NAME|API_KEY/);
  });

  test('run for each saved file, and for all when the others are over', async ({ world }) => {
    await world.simulate([weekend, lit]);
    const { command, lines } = counting(world);
    const files = counting(world, 'files');
    const hooks = {
      file: `sleep 0.2; ${files.command}; printf '%s' "$CLIPTOP_TITLE" >> "$CLIPTOP_FILE"`,
      batch: `cat '${join(world.folder, 'files')}' >> '${join(world.folder, 'runs')}'; ${command}; cat`,
      timeout: '20s',
    };
    const config = world.file('hooks.json', JSON.stringify({ hooks }));
    const run = ['--config', config, '--session', 'night', '--download', join(world.folder, 'songs'), '-o', 'quiet'];
    const log = ['--log-file', join(world.folder, 'log')];
    expect(await world.pipe([...run, ...log, weekend.id, lit.id])).toMatchObject({ code: 0, stderr: '' });
    const runs = lines();
    expect(runs.slice(0, 3).toSorted()).toEqual(files.lines().toSorted());
    expect(files.lines().toSorted()).toEqual([
      ...[`file succeeded ${lit.id}`, `file succeeded ${lit.id}`, `file succeeded ${weekend.id}`],
    ]);
    expect(runs.slice(3)).toEqual([`batch succeeded ${weekend.id}`, lit.id]);
    expect(world.read('log')).toMatch(/hook for all 2 tasks: exit code 0: \{"event":"end",.*"exitCode":0\}/);

    // Nothing ends a second time.
    expect((await world.pipe(run)).code).toBe(0);
    expect([lines().length, files.lines().length]).toEqual([5, 3]);
  });

  test('are killed with their children when their time is over, and the rest goes on', async ({ world }) => {
    await world.simulate([weekend, long]);
    const pids = join(world.folder, 'pids');
    const config = world.file(
      'hooks.json',
      JSON.stringify({ hooks: { timeout: 1, task: `sleep 300 & echo $! >> ${pids}; sleep 300` } }),
    );
    const { code, stderr } = await world.pipe(['--config', config, '-o', 'quiet', weekend.id, long.id]);
    expect(code).toBe(1);
    expect(stderr).toContain('cliptop: hook of Weekend Morning: killed after 1 s\n');
    const children = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    expect(children).toHaveLength(2);
    expect(await until(() => !children.some(running), Boolean)).toBe(true);
  });

  test('with a time that is none are refused, with the place in the file', async ({ world }) => {
    const config = world.file('hooks.json', JSON.stringify({ hooks: { timeout: 'soon' } }));
    const { code, stderr } = await world.pipe(['--config', config, ids.weekend]);
    expect([code, stderr]).toEqual([
      2,
      `cliptop: ${config}: hooks.timeout: a duration is written 5, 5s, 1m or 1h30m, and is more than 0\n`,
    ]);
  });

  test('that several cliptops on one list have run once', async ({ world }) => {
    await world.simulate([soon]);
    const { command, lines } = counting(world);
    const run = ['-o', 'quiet', '-n', '1', '--session', 'night', '--on-done', command];
    expect((await world.pipe(['--add', '--session', 'night', soon.id])).code).toBe(0);
    const all = await Promise.all([1, 2, 3].map(() => world.pipe(run)));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(lines()).toEqual([`task succeeded ${soon.id}`]);
  });
});
