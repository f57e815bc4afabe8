import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readJsonLines } from '../helpers/json-lines.ts';
import { ids, over, rain, weekend } from './tasks.ts';
import { test } from './world.ts';

const all = over.map(({ id }) => id);

describe.concurrent('--export', () => {
  for (const [mode, args] of [
    ['--once', ['--once']],
    ['plain', ['--plain']],
    ['quiet', ['-o', 'quiet']],
    ['json', ['--json']],
  ] as const) {
    test(`writes a playlist at the end: ${mode}`, async ({ world }) => {
      await world.simulate(over);
      const { code, stderr } = await world.pipe([...args, '--export', 'songs.m3u8', ...all]);
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      expect(world.read('songs.m3u8')).toMatch(/^#EXTM3U\n(#EXTINF:-?\d+,.+\nhttp:.*\.wav\n){3}$/);
      expect(world.read('songs.m3u8')).toMatch(/^#EXTINF:-?\d+,Weekend Morning$/m);
    });
  }

  test('names the saved file, relative to the list', async ({ world }) => {
    await world.simulate([weekend]);
    const { code } = await world.pipe(['-o', 'quiet', '--download', 'songs', '--export', 'songs.m3u8', ids.weekend]);
    expect(code).toBe(0);
    const [file = ''] = readdirSync(join(world.folder, 'songs'));
    expect(world.read('songs.m3u8').split('\n').slice(2)).toEqual([`songs/${file}`, '']);
  });

  test('writes what the filter leaves, and keeps the permissions of the file', async ({ world }) => {
    await world.simulate(over);
    const list = world.file('list.csv', '', 0o600);
    chmodSync(list, 0o640);
    await world.pipe(['--once', '--filter', 'weekend', '--export', 'list.csv', ...all]);
    expect(world.read('list.csv').split('\r\n')).toHaveLength(3);
    expect(world.read('list.csv')).toContain('Weekend Morning');
    expect(statSync(list).mode & 0o777).toBe(0o640);
  });

  test('writes what is known on a signal, too', async ({ world }) => {
    await world.simulate([weekend, rain]);
    const app = world.terminal('sh', [
      ...['-c', 'exec "$0" "$@" > out', process.execPath, world.cli],
      ...['--json', '--export', 'list.json', ids.weekend, ids.rain],
    ]);
    await world.appears('home/out', /"status":"running"/);
    app.kill('SIGTERM');
    expect((await app.ended).code).toBe(143);
    expect(readJsonLines(world.read('home/out')).at(-1)).toMatchObject({ event: 'end', exitCode: 143 });
    expect(JSON.parse(world.read('home/list.json'))).toMatchObject([{ status: 'running' }, { status: 'succeeded' }]);
  });

  test('writes when the screen is left', async ({ world }) => {
    const app = await world.open(['--export', 'list.md']);
    app.send('q');
    expect((await app.ended).code).toBe(0);
    expect(world.read('home/list.md')).toMatch(/^\| title /);
    expect(world.read('home/list.md')).toContain('| Weekend Morning | succeeded |');
  });

  for (const [what, file, says] of [
    ['another ending', 'songs.txt', /^cliptop: --export songs\.txt: .*\.m3u8.*\.csv, \.json or \.md/],
    [
      'a folder that is missing',
      'nowhere/songs.csv',
      /^cliptop: --export nowhere\/songs\.csv: there is no folder .*nowhere$/m,
    ],
    [
      'a file that no export wrote',
      'notes.md',
      /^cliptop: --export notes\.md: a file is there that is no list of cliptop: take another name, or remove it first$/m,
    ],
    ['a folder in its place', 'folder.csv', /^cliptop: --export folder\.csv: that is a folder$/m],
  ] as const) {
    test(`refuses ${what} before anything is asked`, async ({ world }) => {
      const simulator = await world.simulate(over);
      mkdirSync(join(world.folder, 'folder.csv'));
      world.file('notes.md', '# Notes');
      const { code, stdout, stderr } = await world.pipe(['--once', '--export', file, ...all]);
      expect({ code, stdout, asked: simulator.requests.length }).toEqual({ code: 2, stdout: '', asked: 0 });
      expect(stderr).toMatch(says);
      expect(stderr.trimEnd()).not.toContain('\n');
    });
  }

  test('that fails at the end is one line and exit code 1', async ({ world }) => {
    await world.simulate([weekend]);
    // There is a folder there, in which nothing can be made.
    const { code, stderr } = await world.pipe(['--json', '--export', '/proc/list.csv', ids.weekend]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^cliptop: \/proc\/list\.csv was not written: .+\n$/) as string,
    });
    expect(existsSync('/proc/list.csv')).toBe(false);
  });

  test('leaves the old list whole when the disk takes only a part of the new one', async ({ world }) => {
    await world.simulate(over);
    const old = world.file('home/list.json', '[]\n');
    // No file may grow beyond a kilobyte.
    const limited = ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath, world.cli];
    const run = ['-o', 'quiet', '--no-save', '--export', 'list.json', ...all];
    const app = world.terminal('bash', [...limited, ...run]);
    expect((await app.ended).code).toBe(1);
    expect(app.output).toBe('cliptop: list.json was not written: no file may be that large here\r\n');
    expect(readFileSync(old, 'utf8')).toBe('[]\n');
    expect(readdirSync(join(world.folder, 'home')).filter(name => name.endsWith('tmp'))).toEqual([]);
  });

  test('goes with the demo', async ({ world }) => {
    const { code } = await world.pipe(['--demo', '--once', '--export', 'demo.json']);
    expect(code).toBe(0);
    expect((JSON.parse(world.read('demo.json')) as unknown[]).length).toBeGreaterThan(7);
  });
});

describe.concurrent('E', () => {
  test('writes the marked tasks, then all of them, and offers the last name', async ({ world }) => {
    const app = await world.open();
    await app.press(' E', 'write to: songs.m3u8');
    await app.press('\r', 'wrote 1 song to songs.m3u8');
    expect(world.read('home/songs.m3u8')).toMatch(/^#EXTM3U\n#EXTINF:-?\d+,Weekend Morning\nhttp:.*\n$/);
    await app.press('UE', 'write to: songs.m3u8');
    await app.press('\r', /wrote (?!1 )\d+ songs to songs\.m3u8/);
    await app.press('E', 'write to: songs.m3u8');
    await app.press('\u0015~/all.csv\r', /wrote \d+ tasks to .*home\/all\.csv/);
    expect(world.read('home/all.csv').split('\r\n').length).toBeGreaterThan(5);
    await app.press('E', 'write to: ~/all.csv');
  });

  test('says what cannot be written, and why', async ({ world }) => {
    const app = await world.open();
    await app.press('E', 'write to: ');
    await app.press('\u0015nowhere/list.md\r', /nowhere\/list\.md was not written: there is no folder/);
    await app.press('E', 'write to: ');
    const notes = world.file('home/notes.md', '# Notes');
    await app.press('\u0015notes.md\r', /notes\.md was not written: a file is there that is no list of cliptop/);
    expect(readFileSync(notes, 'utf8')).toBe('# Notes');
    await app.press('E', 'write to: ');
    await app.press('\u0015list.doc\r', /list\.doc: the ending chooses the format: \.m3u8/);
    await app.press('\u001b', 'a add');
  });
});
