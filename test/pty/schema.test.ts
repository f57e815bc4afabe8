import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readJsonLines } from '../helpers/json-lines.ts';
import { ids, lit, long, many, weekend } from './tasks.ts';
import { test, type World } from './world.ts';

type Line = {
  readonly event: string;
  readonly state?: string;
  readonly exitCode?: number;
  readonly task?: { readonly id: string; readonly clips: readonly { readonly lyrics: string | null }[] };
};

/** What a program got, in the file in which it put it: read, and held against the schema. */
const linesIn = (world: World, name: string): readonly Line[] =>
  readJsonLines(readFileSync(join(world.folder, name), 'utf8')) as readonly Line[];

const eventsIn = (world: World, name: string) => linesIn(world, name).map(({ event }) => event);

describe.concurrent('other programs get lines that the schema of --json allows', () => {
  test('on the standard input of the hook of each task', async ({ world }) => {
    await world.simulate([weekend, long]);
    const hook = 'cat > "$CLIPTOP_ID.json"';
    const { code, stderr } = await world.pipe(['-o', 'quiet', '--on-done', hook, weekend.id, long.id]);
    expect([code, stderr]).toEqual([1, '']);
    for (const id of [weekend.id, long.id])
      expect(linesIn(world, `${id}.json`)).toMatchObject([{ event: 'task', task: { id } }]);
  });

  test('on the standard input of the hooks of each file, and of all together', async ({ world }) => {
    await world.simulate([weekend, lit, long]);
    // Several at once: a line is shorter than what a pipe and a file take in one piece.
    const hooks = { task: 'cat >> tasks.json', file: 'cat >> files.json', batch: 'cat > batch.json' };
    const config = world.file('hooks.json', JSON.stringify({ hooks }));
    const what = ['--download', 'songs', '--download-what', 'audio,cover,lyrics,json'];
    const run = ['--config', config, ...what, '-o', 'quiet', weekend.id, lit.id, long.id];
    expect(await world.pipe(run)).toMatchObject({ code: 1, stderr: '' });
    expect(eventsIn(world, 'tasks.json')).toEqual(['task', 'task', 'task']);
    const files = linesIn(world, 'files.json');
    // Audio, cover and lyrics of three clips, and what is known of each task.
    expect(files.length).toBeGreaterThanOrEqual(9);
    expect(new Set(files.map(({ event, state }) => `${event} ${state ?? ''}`))).toEqual(new Set(['file saved']));
    expect(eventsIn(world, 'batch.json')).toEqual(['task', 'task', 'task', 'end']);
    expect(linesIn(world, 'batch.json').at(-1)?.exitCode).toBe(1);
  });

  test('through a pipe whose reader is slow, with troubles, downloads and what is unknown among them', async ({
    world,
  }) => {
    const tasks = [...many(200), weekend, long];
    const simulator = await world.simulate(tasks);
    simulator.fault({ kind: 'status', status: 502, times: 1 });
    world.file('ids', tasks.map(({ id }) => id).join('\n'));
    const cliptop = '"$0" "$@" --json -f ids --download songs --until all --timeout 15s; echo $? > code';
    // More than a pipe holds waits for the reader, which wants it in pieces that end anywhere.
    const reader = 'sleep 2; dd bs=777 of=lines.json 2> /dev/null';
    const app = world.terminal('sh', [
      '-c',
      `cd "${world.folder}"; { ${cliptop}; } | { ${reader}; }`,
      process.execPath,
      world.cli,
    ]);
    await app.ended;
    const lines = linesIn(world, 'lines.json');
    const kinds = new Set(lines.map(({ event, state }) => `${event} ${state ?? ''}`.trimEnd()));
    for (const kind of ['source retrying', 'source ok', 'task', 'file started', 'file saved', 'end'])
      expect(kinds).toContain(kind);
    expect(lines.at(-1)).toMatchObject({ event: 'end', exitCode: Number(world.read('code')) });
    expect(new Set(lines.flatMap(({ task }) => task?.id ?? [])).size).toBe(202);
  });

  test('when the reader goes away, as far as it read', async ({ world }) => {
    await world.simulate([...many(50), weekend]);
    world.file('ids', [...many(50), weekend].map(({ id }) => id).join('\n'));
    const script = `cd "${world.folder}"; "$0" "$@" --json -f ids --until never 2> errors | head -n 20 > lines.json`;
    const app = world.terminal('sh', ['-c', script, process.execPath, world.cli]);
    await app.ended;
    expect(linesIn(world, 'lines.json')).toHaveLength(20);
    expect(world.read('errors')).toBe('');
  });

  test('also with --once', async ({ world }) => {
    await world.simulate([weekend, lit]);
    const script = `cd "${world.folder}"; "$0" "$@" --json --once ${weekend.id} ${lit.id} ${ids.unknown} | cat > lines.json`;
    await world.terminal('sh', ['-c', script, process.execPath, world.cli]).ended;
    expect(eventsIn(world, 'lines.json')).toEqual(['source', 'source', 'task', 'task', 'task', 'end']);
  });
});
