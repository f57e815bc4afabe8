import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { formatBytes } from '../../source/screen/phrases.ts';
import { readJsonLines } from '../helpers/json-lines.ts';
import { ids, lit, standing, weekend } from './tasks.ts';
import { test } from './world.ts';

const songs: readonly string[] = [ids.weekend, ids.long];
const watched = standing.filter(({ id }) => songs.includes(id));

/** Whether a small disk can be made: for root, and not in every container. */
const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
})();

describe('--download', () => {
  test('saves what had ended already, tells it as JSON, and leaves when all is saved', async ({ world }) => {
    await world.simulate(watched);
    const folder = join(world.folder, 'songs');
    const { code, stdout, stderr } = await world.pipe(['--json', '--download', folder, ...watched.map(({ id }) => id)]);
    const events = readJsonLines(stdout) as readonly { event: string; state: string; path: string }[];
    const files = events.filter(({ event }) => event === 'file');
    expect(files.map(({ state }) => state)).toEqual(['started', 'saved']);
    expect(events.at(-1)?.event).toBe('end');
    expect(readdirSync(folder).map(name => join(folder, name))).toEqual([files[1]?.path]);
    expect(statSync(files[1]?.path ?? '').size).toBeGreaterThan(1000);
    // One of the tasks failed.
    expect([code, stderr]).toEqual([1, '']);
  });

  test('makes a file that cannot be saved an exit code of 1', async ({ world }) => {
    const simulator = await world.simulate(standing.filter(({ id }) => id === ids.weekend));
    simulator.fault({ kind: 'status', status: 403, when: 'media' });
    const { code, stdout } = await world.pipe(['--json', '--download', 'songs', ids.weekend]);
    expect(stdout).toContain('"state":"failed"');
    expect(stdout).toContain('"message":"403"');
    expect(code).toBe(1);
  });

  test.for([['--plain'], ['--once'], ['-o', 'quiet']])('says where each file is: %s', async (output, { world }) => {
    await world.simulate(standing.filter(({ id }) => id === ids.weekend));
    const folder = join(world.folder, 'songs');
    const { code, stdout, stderr } = await world.pipe([...output, '--download', folder, ids.weekend]);
    const [name = ''] = readdirSync(folder);
    const said = stdout.split('\n').filter(line => line.includes('saved /'));
    const line = `saved ${join(folder, name)}  ${formatBytes(statSync(join(folder, name)).size)}  ccapi:${ids.weekend}`;
    expect(said.map(each => each.replace(/^\d\d:\d\d:\d\d {2}/, ''))).toEqual(output.includes('quiet') ? [] : [line]);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('says on standard error what was not saved, and why', async ({ world }) => {
    const simulator = await world.simulate(standing.filter(({ id }) => id === ids.weekend));
    simulator.fault({ kind: 'status', status: 403, when: 'media' });
    for (const output of [['--plain'], ['-o', 'quiet']]) {
      const { code, stderr } = await world.pipe([...output, '--download', 'songs', ids.weekend]);
      expect([code, stderr]).toEqual([1, 'cliptop: Weekend Morning was not saved: 403\n']);
    }
  });

  test('brings home what can be had from the hosts of --serve-demo --faults, and says what cannot', async ({
    world,
  }) => {
    const server = world.run(['--serve-demo', '--faults'], { columns: 200, rows: 60 });
    await server.waitFor(/^ {2}ccapi\/producer:\S+$/m);
    const printed = server.output.replaceAll('\r', '');
    const env: Record<string, string> = {};
    for (const [, name = '', value = ''] of printed.matchAll(/^export (\w+)=(\S+)$/gm)) env[name] = value;
    // The slow one and the short one are tried again for a long time.
    const chosen = [...printed.matchAll(/^# (ccapi\S+) {2}(.*)$/gm)].filter(
      ([line]) => !/a byte a second|shorter/.test(line),
    );
    expect(chosen).toHaveLength(10);
    const { code, stdout } = await world.pipe(
      ['--json', '-n', '1', '--download', 'songs', ...chosen.map(([, id = '']) => id)],
      {
        env,
      },
    );
    expect(code).toBe(1);
    const files = stdout.split('\n').filter(line => line.startsWith('{"event":"file"'));
    const told = files.map(line => JSON.parse(line) as { state: string; message: string });
    expect(told.flatMap(({ state, message }) => (state === 'failed' ? message : [])).toSorted()).toEqual([
      ...['403', 'JSON came instead of the file', 'a web page came instead of the file'],
      ...['its length changed meanwhile', 'redirected in circles'],
    ]);
    expect(
      world
        .list('songs')
        .map(name => name.replace(/ \[.*/, ''))
        .toSorted(),
    ).toEqual([
      ...['A good song', 'Song 10 (wrong-range)', 'Song 11 (other-host)', 'Song 8 (reset)', 'Song 9 (no-range)'],
    ]);
  });

  test('is refused where nothing can be written, before anything is asked', async ({ world }) => {
    const simulator = await world.simulate();
    const file = world.file('song', 'x');
    const { code, stderr } = await world.pipe(['--download', join(file, 'songs'), ids.weekend]);
    expect([code, simulator.requests.length]).toEqual([2, 0]);
    expect(stderr).toBe(
      `cliptop: --download ${join(file, 'songs')}: cannot be written (a part of the path is not a folder): choose another folder\n`,
    );
    const proc = await world.pipe(['--download', '/proc/x', ids.weekend]);
    expect(proc.code).toBe(2);
    // Who is not root is told by the permissions already.
    expect(proc.stderr).toMatch(
      /^cliptop: --download \/proc\/x: cannot be written \((there is no folder \/proc\/x, and none can be made|permission denied)\): choose another folder\n$/,
    );
  });

  test.skipIf(!canMount)('stops at a full disk and says so once, and goes on polling', async ({ world }) => {
    const late = { ...lit, endsAfter: 2500 };
    await world.simulate([weekend, late]);
    const songs = join(world.folder, 'songs');
    mkdirSync(songs);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', songs]).status).toBe(0);
    world.defer(() => spawnSync('umount', [songs]));
    const run = ['--json', '-n', '1', '--session', 'night', '--download', songs];
    const { code, stdout, stderr } = await world.pipe([...run, weekend.id, late.id]);
    expect(stderr).toBe('cliptop: downloads stopped: the disk is full; polling goes on, the next song tries again\n');
    expect([code, stdout.match(/"state":"failed".*"the disk is full"/g)?.length]).toEqual([1, 3]);
    expect(stdout).toContain('"counts":{"pending":0,"queued":0,"running":0,"succeeded":2,');
    expect(readdirSync(songs).filter(name => !/\.part(\.json)?$/.test(name))).toEqual([]);
    // With room again the next run brings them home.
    expect(spawnSync('mount', ['-o', 'remount,size=2m', songs]).status).toBe(0);
    expect((await world.pipe(run)).code).toBe(0);
    expect(readdirSync(songs).filter(name => name.endsWith('.wav'))).toHaveLength(3);
  });

  test.skipIf(!canMount)('tells of a full disk in one line for all files, also without JSON', async ({ world }) => {
    await world.simulate([weekend, { ...lit, endsAfter: 2500 }]);
    const songs = join(world.folder, 'songs');
    mkdirSync(songs);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', songs]).status).toBe(0);
    world.defer(() => spawnSync('umount', [songs]));
    const run = ['-n', '1', '--download', songs, weekend.id, lit.id];
    for (const output of ['plain', 'quiet']) {
      const { code, stderr } = await world.pipe(['-o', output, ...run]);
      expect([code, stderr]).toEqual([
        1,
        'cliptop: downloads stopped: the disk is full; polling goes on, the next song tries again\n' +
          `cliptop: 3 files were not saved in ${songs}: the disk is full\n`,
      ]);
    }
  });

  test('refuses a template that leads out of the folder before anything is asked', async ({ world }) => {
    const simulator = await world.simulate();
    const { code, stderr } = await world.pipe(['--download', 'x', '--download-name', '../{title}', ids.weekend]);
    expect([code, simulator.requests.length]).toEqual([2, 0]);
    expect(stderr).toContain('--download-name: a template stays inside the download folder');
  });

  test('D refuses a folder that cannot be made at once, and asks again the next time', async ({ world }) => {
    const app = await world.open();
    await app.press('D', 'save in: ');
    await app.press(
      '\u0015/proc/nope/x\r',
      /\/proc\/nope\/x cannot be written \((there is no folder \/proc\/nope|permission)/,
    );
    await app.press('D', 'save in: ');
    await app.press('\u0015songs\r', /saving \d+ files? in .*songs/);
  });

  test('D says why a folder has gone bad, and tries it again', async ({ world }) => {
    const app = await world.open(['-n', '1'], { columns: 120, rows: 30 });
    const songs = join(world.folder, 'songs');
    await app.press('D', 'save in: ');
    app.send(`\u0015${songs}\r`);
    await app.waitFor(/Weekend Morning.* saved/);
    rmSync(songs, { recursive: true });
    world.file('songs', 'no folder');
    await app.press('D', /songs cannot be written \(that is no folder\): Enter tries it again[^]*save in: \S+songs/);
    rmSync(songs);
    await app.press('\r', /saving 1 file in .*songs/);
    await app.waitFor(
      lines => lines.some(line => /Weekend Morning.* saved/.test(line)) && readdirSync(songs).length === 1,
    );
    app.send('Q');
    expect((await app.ended).code).toBe(0);
  });

  test('shows the file in the row of its task, and D saves the chosen one', async ({ world }) => {
    const app = await world.open(['-n', '1'], { columns: 110 });
    expect(app.screen().join()).not.toContain('FILE');
    app.send('D');
    await app.waitFor('save in: ');
    app.send(`\u0015${join(world.folder, 'songs')}\r`);
    await app.waitFor(/Weekend Morning.* saved/);
    expect(readdirSync(join(world.folder, 'songs'))).toHaveLength(1);
    app.send('D');
    await app.waitFor('it is saved already');
    app.send('Q');
    expect((await app.ended).code).toBe(0);
  });
});
