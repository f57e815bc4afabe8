import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { installed } from '../terminal/tmux.ts';
import { lit, long, weekend } from './tasks.ts';
import { test, type World } from './world.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The one line of the README's shell blocks that begins like this, with real ids in place of `task_…`. */
function command(start: string, tasks: readonly SimulatedTask[]): string {
  const lines = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
  const found = lines.filter(line => line.startsWith(start) && line.includes('task_…'));
  expect(found).toHaveLength(1);
  return (found[0] ?? '').replace('task_…', tasks.map(({ id }) => id).join(' '));
}

/** Runs a line in a shell in which `cliptop` is the built program; resolves with all that it printed, and its exit code. */
async function runLine(world: World, line: string): Promise<{ readonly code: number; readonly lines: string[] }> {
  const script = `cliptop() { '${process.execPath}' '${world.cli}' "$@"; }\n${line}\n`;
  const shell = world.terminal('bash', ['--noprofile', '--norc', '-c', script], { columns: 400, rows: 20 });
  const { code } = await shell.ended;
  return { code, lines: shell.output.replaceAll('\r', '').split('\n').slice(0, -1) };
}

describe.concurrent('a line of the README', () => {
  test.skipIf(!installed('jq'))(
    'prints the audio URLs, one a line, and passes over clips without one',
    async ({ world }) => {
      const silent: SimulatedTask = { ...weekend, id: 'task_SILENTbbbCCCCddddEEEEffffGGGGh', kind: 'lyrics' };
      const tasks = [weekend, lit, long, silent];
      await world.simulate(tasks);
      const { lines } = await runLine(world, command('cliptop --json', tasks));
      for (const line of lines) expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/media\/\S+\.wav$/);
      expect(lines).toHaveLength(3);
    },
  );

  test('says that all songs are there, and only then', async ({ world }) => {
    await world.simulate([weekend, lit, long]);
    expect(await runLine(world, command('cliptop -o quiet', [weekend, lit]))).toEqual({
      code: 0,
      lines: ['all songs are there'],
    });
    expect(await runLine(world, command('cliptop -o quiet', [weekend, long]))).toEqual({ code: 1, lines: [] });
  });

  test('puts an id on the list that a cliptop is showing', async ({ world }) => {
    const app = await world.open([], { tasks: [long] });
    world.simulator?.add(weekend);
    expect(await runLine(world, command('cliptop --add', [weekend]))).toMatchObject({ code: 0 });
    await app.waitFor('Weekend Morning');
  });
});
