import { describe, expect } from 'vitest';
import { readJsonLines } from '../helpers/json-lines.ts';
import { harbour, ids, lit, long, over, rain, weekend } from './tasks.ts';
import { test } from './world.ts';

type Line = { event: string; change?: string; exitCode?: number; task?: { id: string; status: string } };

const parse = (stdout: string): readonly Line[] => readJsonLines(stdout) as readonly Line[];

describe.concurrent('without a screen', () => {
  for (const [what, tasks, more, code] of [
    ['all succeeded', [weekend, lit], [], 0],
    ['one failed', over, [], 1],
    ['one is still open', [weekend, rain], ['--timeout', '4s'], 8],
    ['one failed and one is open', [long, rain], ['--timeout', '4s'], 1],
    ['one is open after --once', [weekend, harbour], ['--once'], 8],
  ] as const) {
    for (const mode of ['plain', 'json', 'quiet'] as const) {
      test(`${mode}: exit code ${code} when ${what}`, async ({ world }) => {
        await world.simulate(tasks);
        const ended = await world.pipe(['-o', mode, ...more, ...tasks.map(({ id }) => id)]);
        expect(ended).toMatchObject({ code, stderr: '' });
        if (mode === 'quiet') expect(ended.stdout).toBe('');
        if (mode === 'plain') expect(ended.stdout).not.toContain('\u001b');
        if (mode !== 'json') return;
        const lines = parse(ended.stdout);
        expect(lines.at(-1)).toMatchObject({ event: 'end', exitCode: code });
        for (const { id } of tasks)
          expect(lines.some(({ task }) => task?.id === id && task.status !== 'pending')).toBe(true);
      });
    }
  }

  for (const mode of ['plain', 'json', 'quiet'] as const) {
    test(`${mode}: exit code 4 when the token is refused`, async ({ world }) => {
      await world.simulate(over);
      const env = { CCAPI_API_KEY: 'sk-wrong-secret' };
      const ended = await world.pipe(['-o', mode, '--timeout', '5s', '--once', ids.weekend], { env });
      expect(ended.code).toBe(4);
      expect(ended.stdout + ended.stderr).not.toContain('wrong-secret');
      if (mode === 'json') parse(ended.stdout);
    });
  }

  test('plain: one line per change with the address, then the table', async ({ world }) => {
    await world.simulate([weekend, long]);
    const { stdout } = await world.pipe([ids.weekend, ids.long]);
    expect(stdout).toMatch(
      /^\d\d:\d\d:\d\d {2}✓ succeeded {2}Weekend Morning {2}ccapi:task_WEEKEND\S+ {2}http\S+\.wav$/m,
    );
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}✗ failed {4,}.*lyric too long/m);
    expect(stdout).toMatch(/\n1 done {2}1 failed\n$/);
  });

  test('plain: a Suno id without its service is told how it is added, and so added is found', async ({ world }) => {
    await world.simulate([{ ...lit, service: 'suno' }]);
    const lost = await world.pipe(['--once', ids.window]);
    expect(lost.stdout).toContain('not found at producer so far: a Suno id is added as xhuo/suno:ID');
    const found = await world.pipe(['--once', `xhuo/suno:${ids.window}`]);
    expect(found).toMatchObject({ code: 0, stderr: '' });
    expect(found.stdout).toContain('First light');
  });

  test('json: a signal still gets the last line', async ({ world }) => {
    await world.simulate([rain]);
    const app = world.terminal('sh', ['-c', 'exec "$0" "$@" > out', process.execPath, world.cli, '--json', ids.rain]);
    await world.appears('home/out', /"status":"running"/);
    app.kill('SIGTERM');
    expect((await app.ended).code).toBe(143);
    expect(parse(world.read('home/out')).at(-1)).toMatchObject({ event: 'end', exitCode: 143 });
  });

  test('json: a trouble of the network is an event, not an end', async ({ world }) => {
    const simulator = await world.simulate([weekend]);
    simulator.fault({ kind: 'status', status: 502, times: 1 });
    const { code, stdout, stderr } = await world.pipe(['--json', ids.weekend]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const states = parse(stdout).filter(({ event }) => event === 'source');
    expect(states).toMatchObject([{ state: 'retrying' }, { state: 'ok' }]);
  });

  test('ids come from standard input, with other text between them', async ({ world }) => {
    await world.simulate(over);
    const input = `[\n{"id":"${ids.weekend}","ok":true},\nINFO 12:00 submitted ${ids.window}\r\n]`;
    const { code, stdout, stderr } = await world.pipe(['-', '--plain'], { input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('2 done');
  });

  test('a pipe that stays open does not keep it from ending in time', async ({ world }) => {
    await world.simulate([rain]);
    const start = performance.now();
    const shell = world.terminal('sh', [
      '-c',
      '(echo "$2"; sleep 20) | { "$0" "$1" --plain --timeout 1s -; echo ended $?; }',
      process.execPath,
      world.cli,
      ids.rain,
    ]);
    await shell.waitFor('ended 8');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
