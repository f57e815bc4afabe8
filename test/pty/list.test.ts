import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { ids, rain, standing, weekend } from './tasks.ts';
import { isAnswered, test, type World } from './world.ts';

const sessions = 'state/cliptop/sessions';

/** A saved list as an earlier run leaves it; returns what is in the file. */
function save(world: World, name: string, ...taskIds: readonly string[]): string {
  const lines = taskIds.map(id => JSON.stringify({ type: 'add', source: 'ccapi/producer', id, addedAt: 1 }));
  const text = `${['{"cliptop":1}', ...lines].join('\n')}\n`;
  mkdirSync(join(world.folder, sessions), { recursive: true });
  world.file(`${sessions}/${name}.jsonl`, text);
  return text;
}

describe.concurrent('the saved list', () => {
  test('plain cliptop goes on with the last list and does not ask again what is finished', async ({ world }) => {
    const first = await world.open();
    first.send('q');
    await first.ended;
    const before = world.simulator?.requests.length ?? 0;
    const second = world.run([]);
    await second.waitFor(lines => isAnswered(lines) && lines.join('\n').includes('2 running  2 done  1 failed'));
    await second.until(() => (world.simulator?.requests.length ?? 0) >= before + 2);
    const asked = world.simulator?.requests.slice(before).flatMap(request => request.ids);
    expect(asked?.sort()).toEqual([ids.harbour, ids.rain].sort());
  });

  test('a list survives a kill', async ({ world }) => {
    const first = await world.open();
    first.kill('SIGKILL');
    await first.ended;
    const second = world.run([]);
    await second.waitFor('2 running  2 done  1 failed');
  });

  test('--add is shown by a cliptop that runs', async ({ world }) => {
    await world.simulate(standing);
    const app = world.run([rain.id]);
    await app.waitFor('1 running');
    const added = await world.pipe(['--add', weekend.id, ids.window]);
    expect(added).toEqual({ code: 0, stdout: 'added 2 to the list last\n', stderr: '' });
    await app.waitFor(/task_WEEK[^]*1a6ac2ad|1a6ac2ad[^]*task_WEEK/);
    await app.waitFor('1 running  2 done');
  });

  test('what one cliptop takes off the list goes from the other, and its undo brings it back', async ({ world }) => {
    const one = await world.open();
    const other = world.run([]);
    await other.waitFor('2 running  2 done  1 failed');
    await one.press('/Weekend\r', '1 of 5');
    one.send('gd');
    await other.waitFor(lines => !lines.join('').includes('Weekend'));
    one.send('u');
    await other.waitFor('Weekend');
  });

  test('--add is shown by the screen that began its list last, whatever scripts ran since', async ({ world }) => {
    await world.simulate(standing);
    const app = world.run([rain.id]);
    await app.waitFor('1 running');
    await world.pipe(['--once', ids.window]);
    await world.pipe(['--add', weekend.id]);
    await app.waitFor('task_WEEK');
    expect(world.list(sessions).filter(name => name.endsWith('.jsonl'))).toHaveLength(1);
  });

  test('--add is shown by a screen that still waits for ids on standard input, and stays on its list', async ({
    world,
  }) => {
    await world.simulate(standing);
    save(world, 'last', ids.long);
    const shell = await world.shell();
    shell.send(`sleep 30 | cliptop -\r`);
    await shell.waitFor('a add');
    await world.pipe(['--add', weekend.id]);
    await shell.waitFor('Weekend Morning');
    shell.send('q');
    const last = world.read(`${sessions}/${world.read(`${sessions}/last`).trim()}.jsonl`);
    expect(last).toContain(weekend.id);
    expect(last).not.toContain(ids.long);
  });

  test('a damaged list is named on the screen and on standard error, also when nothing can be read of it', async ({
    world,
  }) => {
    const named = /last\.jsonl is damaged: 1 line could not be read/;
    mkdirSync(join(world.folder, sessions), { recursive: true });
    world.file(`${sessions}/last.jsonl`, 'no list\n');
    const script = await world.pipe(['--once']);
    expect(script).toMatchObject({ code: 2, stderr: expect.stringMatching(named) as string });
    const app = world.run([]);
    // Standard error is the same terminal, and has the line before there is a screen.
    await app.waitFor(/All 0[^]*a damaged watch list is kept as\s+\S+last\.jsonl/);
    app.send('q');
    await app.ended;
    expect(app.output).toMatch(/^cliptop: a damaged watch list is kept as \S*last\.jsonl\.damaged-/);
    expect(world.list(sessions).some(name => name.startsWith('last.jsonl.damaged-'))).toBe(true);
  });

  test('--no-save still reads the list that --session names, and leaves it as it is', async ({ world }) => {
    await world.simulate(standing);
    const before = save(world, 'work', weekend.id);
    const { stdout } = await world.pipe(['--session', 'work', '--no-save', '--once', ids.long]);
    expect(stdout).toContain('Weekend Morning');
    expect(stdout).toContain('lyric too long');
    expect(world.read(`${sessions}/work.jsonl`)).toBe(before);
  });

  test('a script saves on the list that --session names', async ({ world }) => {
    await world.simulate(standing);
    save(world, 'work', weekend.id);
    await world.pipe(['--session', 'work', '--once', ids.long]);
    expect(world.read(`${sessions}/work.jsonl`)).toContain(ids.long);
  });

  test('--lists prints every list with its counts and its path, and changes nothing', async ({ world }) => {
    save(world, 'last', ids.long);
    save(world, 'work', weekend.id, rain.id);
    const before = world.list('state');
    const { stdout } = await world.pipe(['--lists']);
    expect(stdout).toMatch(/\* \d{4}-\d\d-\d\d \d\d:\d\d {2}1 open {2}\S+\/last\.jsonl\n/);
    expect(stdout).toMatch(/ {2}2 open {2}\S+\/work\.jsonl\n/);
    expect(world.list('state')).toEqual(before);
  });

  test('--lists calls a list that it cannot read damaged, and offers no removal of it', async ({ world }) => {
    save(world, 'work', weekend.id);
    for (const [name, text] of [
      ['last-20260101T000000Z', 'not a list\nat all\n'],
      ['last-20260102T000000Z', 'without an end of line'],
    ] as const) {
      utimesSync(world.file(`${sessions}/${name}.jsonl`, text), 1, 1);
    }
    const { stdout } = await world.pipe(['--lists']);
    expect(stdout.match(/damaged +\S+\/last-2026010[12]T000000Z\.jsonl$/gm)).toHaveLength(2);
    expect(stdout).not.toMatch(/empty|^rm /m);
  });

  test('--no-save leaves no file', async ({ world }) => {
    const app = await world.open(['--no-save']);
    app.send('q');
    await app.ended;
    expect(world.list('state')).toEqual([]);
  });
});
