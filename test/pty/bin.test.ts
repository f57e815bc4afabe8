import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { v8Flags } from '../../source/options/v8-flags.ts';
import { cli, test } from './world.ts';

test('the installed program starts by itself, with the node of the path', ({ world }) => {
  const env = world.env({ PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` });
  expect(execFileSync(cli, ['--version'], { env, encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('an old Node is told in one line what to do, with exit code 2', ({ world }) => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
  const preload = `data:text/javascript,${encodeURIComponent(old)}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, cli, '--demo'], {
    env: world.env(),
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^cliptop needs Node 22\.19 or newer, and this is 20\.20\.2: [^\n]+\n$/);
});

test('what is left running has V8 settings from its start, in the same process', async ({ world }) => {
  const starts = join(world.folder, 'starts');
  const note = `require('node:fs').appendFileSync('${starts}', JSON.stringify([process.pid, process.execArgv, process.argv.slice(2), process.env.MALLOC_ARENA_MAX ?? null]) + '\\n')`;
  const own = ['--require', world.file('note.cjs', note), '--no-warnings'];
  const args = ['--demo', '--filter', "it's  ‘quoted’ $HOME"];
  const app = world.terminal(process.execPath, [...own, cli, ...args]);
  await app.waitFor('quoted');
  expect(
    world
      .read('starts')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as unknown),
  ).toEqual([
    [app.pid, own, args, null],
    [app.pid, [...v8Flags, ...own], args, '1'],
  ]);
});

test('it starts anew once only, also where the settings of a process do not show, and passes no sign of it on', async ({
  world,
}) => {
  const starts = join(world.folder, 'starts');
  const note = `process.execArgv = []; require('node:fs').appendFileSync('${starts}', process.pid + '\\n')`;
  const out = join(world.folder, 'environment');
  const app = world.terminal(process.execPath, [cli, '--demo', '--on-done', `env > '${out}'`], {
    env: { NODE_OPTIONS: `--require ${world.file('note.cjs', note)}` },
  });
  await world.appears('environment', /CLIPTOP_STATUS/);
  expect(
    world
      .read('starts')
      .split('\n')
      .filter(line => line === String(app.pid)),
  ).toHaveLength(2);
  expect(world.read('environment')).not.toMatch(/MALLOC_ARENA_MAX|CLIPTOP_RESTARTED/);
});

test('where a process cannot be replaced it goes on with the settings it has', async ({ world }) => {
  const none = `data:text/javascript,${encodeURIComponent('process.execve = () => { throw new Error("not here"); }')}`;
  const app = world.terminal(process.execPath, ['--import', none, cli, '--demo']);
  await app.waitFor('All 12');
});
