import { spawn as nodeSpawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openUrl, type OpenResult } from '../../source/terminal/open.ts';
import { installed, until } from './tmux.ts';

const url = "https://cdn.example/a.mp3?x=$(touch%20/tmp/x)&y=`id`;'z'";
const href = new URL(url).href;
const near = { display: { value: true, reason: 'DISPLAY is set' } };
const far = { display: { value: false, reason: 'over SSH' } };

describe('opening', () => {
  let folder: string;
  const lent: string[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cliptop-open-'));
    // Each of these programs records its arguments; the last letter of its name is its exit code.
    for (const name of ['mpv', 'firefox', 'broken1', 'w3m']) {
      const code = /\d$/.exec(name)?.[0] ?? '0';
      const body = `#!/bin/sh\n: > "${folder}/${name}.out"\nfor a in "$@"; do echo "$a" >> "${folder}/${name}.out"; done\nexit ${code}\n`;
      writeFileSync(join(folder, name), body, { mode: 0o755 });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const open = (address: string, options: Partial<Parameters<typeof openUrl>[1]> = {}): Promise<OpenResult> =>
    openUrl(address, {
      capabilities: far,
      platform: 'linux',
      grace: 150,
      ...options,
      env: { PATH: `${folder}:/usr/bin:/bin`, ...options.env },
      desktop: options.desktop ?? (() => Promise.reject(new Error('must not be asked'))),
      runInTerminal: async run => {
        lent.push('terminal');
        return run();
      },
    });
  const received = (name: string): readonly string[] => {
    const file = join(folder, `${name}.out`);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    rmSync(file);
    return lines;
  };

  test.each(['file:///etc/passwd', 'javascript:alert(1)', '-rf', '--help', '', 'mpv', 'smb://x/y'])(
    'refuses %j',
    async address => {
      expect(await open(address, { player: 'mpv', capabilities: near })).toMatchObject({ kind: 'refused' });
      expect(existsSync(join(folder, 'mpv.out'))).toBe(false);
    },
  );

  test('with a player in the terminal waits for its end', async () => {
    lent.length = 0;
    expect(await open(url, { player: 'mpv --no-video "a b"' })).toEqual({ kind: 'ended', how: 'mpv ended', code: 0 });
    expect(received('mpv')).toEqual(['--no-video', 'a b', href]);
    expect(lent).toEqual(['terminal']);
  });

  test('with a graphical player does not wait for its end', async () => {
    lent.length = 0;
    expect(await open(url, { player: 'firefox --new-tab %s' })).toEqual({ kind: 'opened', how: 'firefox' });
    expect(received('firefox')).toEqual(['--new-tab', href]);
    expect(lent).toEqual([]);
  });

  test.each(['mpvv', 'mpvv/x --y', 'cvlc'])('names the player that is not there (%s)', async player => {
    const name = player.split(' ')[0] ?? '';
    expect(await open(url, { player })).toEqual({ kind: 'failed', reason: `${name} is not installed` });
  });

  test('refuses to put the address into a script', async () => {
    expect(await open(url, { player: 'sh -c "mpv %s"' })).toMatchObject({ kind: 'failed' });
    expect(await open(url, { player: 'mpv "open' })).toMatchObject({ kind: 'failed' });
  });

  test('asks the browsers of BROWSER in turn, then the desktop', async () => {
    const env = { BROWSER: 'nobrowser:broken1:firefox' };
    expect(await open(url, { env, capabilities: near })).toEqual({ kind: 'opened', how: 'firefox' });
    expect(received('broken1')).toEqual([href]);
    expect(received('firefox')).toEqual([href]);

    const asked: string[] = [];
    const desktop = (address: string): Promise<ChildProcess> => {
      asked.push(address);
      return Promise.resolve(nodeSpawn('true'));
    };
    const rest = { env: { BROWSER: 'nobrowser' }, capabilities: near, desktop };
    expect(await open(url, rest)).toEqual({ kind: 'opened', how: 'the desktop' });
    expect(asked).toEqual([href]);
  });

  test('a text browser gets the terminal, also over SSH', async () => {
    lent.length = 0;
    const announce = (line: string) => void lent.push(line);
    expect(await open(url, { env: { BROWSER: 'w3m' }, announce })).toMatchObject({ kind: 'ended' });
    expect(lent).toEqual(['terminal', `w3m shows ${href} · q comes back`]);
    expect(received('w3m')).toEqual([href]);
  });

  test('plays in the terminal where no browser can be reached, after saying what plays and how to come back', async () => {
    lent.length = 0;
    const announce = (line: string) => void lent.push(line);
    const env = { BROWSER: 'nobrowser' };
    expect(await open(url, { env, announce })).toEqual({ kind: 'ended', how: 'mpv ended', code: 0 });
    expect(received('mpv')).toEqual(['--no-video', href]);
    expect(lent).toEqual(['terminal', `mpv plays ${href} · q comes back`]);
  });

  test.each([
    ['ffplay', 'ctrl-c'],
    ['mpg123', 'q'],
  ])('plays with %s where that is the first player on the PATH', async (name, key) => {
    const path = join(folder, `only ${name}`);
    mkdirSync(path);
    writeFileSync(join(path, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    // A folder of that name is no program.
    mkdirSync(join(path, 'mpv'));
    const lines: string[] = [];
    const announce = (line: string) => void lines.push(line);
    expect(await open(url, { env: { PATH: path }, announce })).toMatchObject({ kind: 'ended', code: 0 });
    expect(lines).toEqual([`${name} plays ${href} · ${key} comes back`]);
  });

  test('shows the address when the player in the terminal could not play it, not when ctrl-c ended it', async () => {
    const path = join(folder, 'failing');
    mkdirSync(path);
    const exitWith = (code: number) => writeFileSync(join(path, 'mpv'), `#!/bin/sh\nexit ${code}\n`, { mode: 0o755 });
    exitWith(2);
    const shown = { kind: 'show', url: href, reason: 'mpv ended with code 2' };
    expect(await open(url, { env: { PATH: path } })).toEqual(shown);
    exitWith(4);
    expect(await open(url, { env: { PATH: path } })).toMatchObject({ kind: 'ended', code: 4 });
  });

  test('shows the address where neither browser nor player can be reached', async () => {
    expect(await open(url, { env: { PATH: '/nowhere' } })).toEqual({
      kind: 'show',
      url: href,
      reason: 'no browser can be reached from here: over SSH',
    });
    const desktop = (): Promise<ChildProcess> => Promise.resolve(nodeSpawn('false'));
    expect(await open(url, { capabilities: near, desktop })).toEqual({
      kind: 'show',
      url: href,
      reason: 'the desktop ended with code 1',
    });
  });

  test.skipIf(!installed('mpv'))('mpv fetches what it is given', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(404).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const quiet = (command: string, args: readonly string[], options: object): ChildProcess =>
      nodeSpawn(command, args, { ...options, stdio: 'ignore' });
    const result = await openUrl(`http://127.0.0.1:${port}/a.mp3?b=$(id)`, {
      player: 'mpv --no-config --ytdl=no --no-video --ao=null',
      capabilities: far,
      spawn: quiet,
    });
    server.close();
    expect(result).toEqual({ kind: 'ended', how: 'mpv ended with code 2', code: 2 });
    expect(
      await until(
        () => asked[0],
        path => path !== undefined,
      ),
    ).toBe('/a.mp3?b=$(id)');
  });
});
