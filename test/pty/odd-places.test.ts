import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readJsonLines } from '../helpers/json-lines.ts';
import { ids, over, standing } from './tasks.ts';
import { cli, test, type World } from './world.ts';

/** The built program with its standard output on a full disk. */
async function intoFullDisk(world: World, args: readonly string[]) {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [cli, ...args], {
    env: world.env(),
    cwd: world.folder,
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  return { code, stderr };
}

describe.skipIf(process.platform !== 'linux')('where nothing can be written', { concurrent: true }, () => {
  for (const args of [
    ['--version'],
    ['--help'],
    ['--info'],
    ['--once', ids.weekend],
    ['--once', '--json', ids.weekend],
    ['--plain', ids.weekend],
  ]) {
    test(`${args.join(' ')}: one line, and status 1`, async ({ world }) => {
      await world.simulate(standing);
      const { code, stderr } = await intoFullDisk(world, args);
      expect(stderr).toMatch(/^cliptop: [^\n]*ENOSPC[^\n]*\n$/);
      expect(code).toBe(1);
    });
  }

  test('a log file on a full disk is told of once', async ({ world }) => {
    await world.simulate(over);
    const args = ['--plain', '--no-save', '--log-file', '/dev/full', ...over.map(({ id }) => id)];
    const { stderr } = await world.pipe(args);
    expect(stderr).toBe('cliptop: the log file cannot be written: ENOSPC\n');
  });

  for (const home of ['/proc', '/dev/null']) {
    const places = { HOME: home, XDG_CONFIG_HOME: '', XDG_STATE_HOME: '', XDG_CACHE_HOME: '', NODE_COMPILE_CACHE: '' };
    test(`a home in ${home}: it starts, and watches all the same`, async ({ world }) => {
      await world.simulate(over);
      const version = await world.pipe(['--version'], { env: places });
      expect(version).toMatchObject({ code: 0, stderr: '' });
      const once = await world.pipe(['--once', '--no-save', ids.weekend], { env: places });
      expect(once).toMatchObject({ code: 0, stderr: '' });
      expect(once.stdout).toContain('Weekend Morning');
    });
  }
});

describe.skipIf(process.platform === 'win32')('a pipe that nobody writes to, as a file of ids', () => {
  test('is left when the time is over', async ({ world }) => {
    await world.simulate(standing);
    execFileSync('mkfifo', [join(world.folder, 'pipe')]);
    const { code, stdout, stderr } = await world.pipe(['-f', 'pipe', '--timeout', '1s']);
    expect({ code, stdout, stderr }).toEqual({
      code: 8,
      stdout: '',
      stderr: 'cliptop: --file pipe: still open after --timeout 1s\n',
    });
  });
});

describe.concurrent("Node's own warnings", () => {
  const env = { NO_COLOR: '1', FORCE_COLOR: '1' };

  test('are in the log, not on the screen', async ({ world }) => {
    const app = await world.open(['--no-alt-screen'], { env });
    expect(app.output).not.toContain('NO_COLOR');
    app.send('e');
    await app.waitFor("Warning: The 'NO_COLOR' env is ignored");
  });

  test('are one line each where there is no screen', async ({ world }) => {
    await world.simulate(standing);
    const { stderr } = await world.pipe(['--once', ids.weekend], { env });
    expect(stderr).toMatch(/^cliptop: Warning: The 'NO_COLOR' env is ignored[^\n]*\n$/);
  });
});

test('--filter chooses what is printed, not what is watched', async ({ world }) => {
  await world.simulate(over);
  const args = ['--filter', 'weekend', ...over.map(({ id }) => id)];
  const json = await world.pipe(['--json', '--once', ...args]);
  const events = readJsonLines(json.stdout) as readonly { event: string; task?: { id: string } }[];
  expect(events.flatMap(({ task }) => task?.id ?? [])).toEqual([ids.weekend]);
  const table = await world.pipe(['--once', ...args]);
  expect(table.stdout).toContain('Weekend Morning');
  expect(table.stdout).toMatch(/\(1 of \d+ match weekend\)\n$/);
  expect([json.code, table.code]).toEqual([1, 1]);
});

test('--until any leaves with 0 when the first has succeeded, whatever is still open', async ({ world }) => {
  await world.simulate(standing);
  const open = standing.map(({ id }) => id);
  const { code } = await world.pipe([
    '--until',
    'any',
    '-o',
    'quiet',
    ids.weekend,
    ...open.filter(id => id === ids.rain),
  ]);
  expect(code).toBe(0);
});
