import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';
import { installed } from '../terminal/tmux.ts';
import { lit, long, weekend } from './tasks.ts';
import { test, type World } from './world.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The one line of the README's shell blocks that begins like this, with real ids in place of `task_…`. */
function command(start: string, tasks: readonly SimulatedTask[] = []): string {
  const lines = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
  const found = lines.filter(line => line.startsWith(start) && line.includes('task_…') === tasks.length > 0);
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

/** A line that opens the screen, in a shell in a folder of its own. */
function openLine(world: World, line: string) {
  const script = `cd '${world.folder}'; cliptop() { '${process.execPath}' '${world.cli}' "$@"; }\n${line}\n`;
  return world.terminal('bash', ['--noprofile', '--norc', '-c', script], { columns: 120 });
}

describe.concurrent('a line of the README', () => {
  test('reads ids out of a submit reply, and goes on with the last list', async ({ world }) => {
    await world.simulate([weekend]);
    const reply = world.file('reply.json', JSON.stringify({ code: 'success', data: weekend.id }));
    const piped = openLine(world, command('curl -s …').replace('curl -s …', `cat '${reply}'`));
    await piped.waitFor('Weekend Morning');
    piped.send('Q');
    expect((await piped.ended).code).toBe(0);
    const again = openLine(world, command('cliptop   '));
    await again.waitFor('Weekend Morning');
    again.send('Q');
    expect((await again.ended).code).toBe(0);
  });

  test('follows a file', async ({ world }) => {
    await world.simulate([weekend, long]);
    const ids = world.file('ids.txt', `${long.id}\n`);
    const app = openLine(world, command('cliptop -f ids.txt --follow'));
    await app.waitFor('failed');
    appendFileSync(ids, `${weekend.id}\n`);
    await app.waitFor('Weekend Morning');
    app.send('Q');
    expect((await app.ended).code).toBe(0);
  });

  test('watches Suno instead of Producer', async ({ world }) => {
    await world.simulate([{ ...weekend, service: 'suno' }]);
    const app = openLine(world, command('cliptop --service suno', [weekend]));
    await app.waitFor('Weekend Morning');
    app.send('Q');
    expect((await app.ended).code).toBe(0);
  });

  test('saves songs as soon as their tasks have ended', async ({ world }) => {
    await world.simulate([weekend, lit]);
    const app = openLine(world, command('cliptop --download ~/Music', [weekend]));
    await app.waitFor('1 file saved');
    app.send('Q');
    expect((await app.ended).code).toBe(0);
    expect(world.list('home/Music').filter(name => name.endsWith('.wav'))).toHaveLength(1);
    world.file('ids.txt', `${weekend.id}\n`);
    const named = openLine(world, command('cliptop --download songs'));
    await named.waitFor('3 files saved');
    named.send('Q');
    expect((await named.ended).code).toBe(0);
    expect(world.list('songs').map(name => name.replace(/^[\d-]+/, 'DAY'))).toEqual(
      expect.arrayContaining(['DAY/Weekend Morning.wav', 'DAY/Weekend Morning.png', 'DAY/Weekend Morning.txt']),
    );
  });

  test.skipIf(!installed('ffmpeg') || !installed('ffprobe'))(
    'brings a batch home from its prompts to tagged songs, and does nothing twice',
    async ({ world }) => {
      const songs = [weekend, { ...lit, endsAfter: 2000 }];
      const simulator = await world.simulate(songs);
      world.file('prompts.txt', songs.map(({ id }) => `a song of ${id}\n`).join(''));
      world.file('submit', `#!/bin/sh\necho '{"code":"success","data":"'\${1##* }'"}'\n`, 0o755);
      const [, script = ''] = /^### From prompts to tagged songs\n[^]*?^```sh\n([^]*?)^```$/m.exec(readme) ?? [];
      const first = await runLine(world, `cd '${world.folder}'\n${script}`);
      expect(first.code).toBe(0);
      expect(first.lines[0]).toBe('added 2 to the list batch');
      expect(first.lines.at(-1)).toBe('all songs are in songs/');
      const names = world.list('songs');
      expect(names).toHaveLength(3);
      const tags = names.map(name => {
        const path = join(world.folder, 'songs', name);
        const args = ['-v', 'error', '-show_entries', 'format_tags=title,comment', '-of', 'csv=p=0', path];
        return spawnSync('ffprobe', args, { encoding: 'utf8' }).stdout.trim();
      });
      expect(tags.toSorted()).toEqual([
        `ccapi/producer ${weekend.id},Weekend Morning`,
        `xhuo/producer ${lit.id},First light`,
        `xhuo/producer ${lit.id},First light (reprise)`,
      ]);

      const times = () => names.map(name => statSync(join(world.folder, 'songs', name)).ctimeMs);
      const [before, fetched] = [times(), simulator.requests.length];
      const again = script.split('\n').findLast(line => line.startsWith('cliptop ')) ?? '';
      expect((await runLine(world, `cd '${world.folder}'\n${again}`)).code).toBe(0);
      expect([times(), simulator.requests.length, world.list('songs').length]).toEqual([before, fetched, 3]);
    },
  );

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
