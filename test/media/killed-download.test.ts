import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSaveFile } from '../../source/media/save-file.ts';
import { mediaHost, serveSlowly, songOf } from './host.ts';

const song = songOf(300_000);

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-save-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Saves a song in this process, as the program that is killed does. */
function save(name: string, origin: string, folder: string) {
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const { signal } = new AbortController();
  return createSaveFile({ folder, dispatcher, apiOf: () => null })(
    {
      ...{ key: name, task: 't', clip: 0, clipId: null, what: 'audio', createdAt: null, extension: 'mp3' },
      content: { url: `${origin}/${name}.mp3` },
      nameFor: () => `${name}.mp3`,
    },
    { signal, onProgress: () => undefined, isLast: false },
  );
}

describe('two programs', () => {
  it('that save into one folder neither damage nor double anything', async () => {
    const host = await mediaHost((request, response) => serveSlowly(song, request, response));
    const folder = folderOf();
    const names = Array.from('abcdefgh');
    const [one, two] = await Promise.all([1, 2].map(() => killedAfter(host.origin, folder, Infinity, names)));
    expect([one?.length, two?.length]).toEqual([8, 8]);
    expect(readdirSync(folder).toSorted()).toEqual(names.map(name => `${name}.mp3`));
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).equals(song)).toBe(true);
  });
});

describe('a program that is killed while it saves', () => {
  it('200 times leaves every file whole or absent, and the next one goes on from there', async () => {
    const host = await mediaHost((request, response) => serveSlowly(song, request, response));
    const names = Array.from('abcd');
    const isPart = (name: string) => /\.part(\.|$)/.test(name);
    let kills = 0;
    const worker = async () => {
      const folder = folderOf();
      while (kills < 200) {
        // There is one progress dot for every piece of 20 kB, of which four songs have sixty.
        const saved = await killedAfter(host.origin, folder, 1 + ((kills++ * 37) % 55), names);
        const files = readdirSync(folder).filter(name => !isPart(name));
        expect(names.map(name => `${name}.mp3`)).toEqual(expect.arrayContaining(files));
        expect(files).toEqual(expect.arrayContaining(saved.map(name => `${name}.mp3`)));
        for (const file of files) {
          expect(readFileSync(join(folder, file)).equals(song)).toBe(true);
          rmSync(join(folder, file));
        }
      }
      // And whatever the last one left: one more run brings it home.
      for (const name of names) {
        expect(readFileSync((await save(name, host.origin, folder)).path).equals(song)).toBe(true);
      }
      expect(readdirSync(folder).filter(name => !/\.part\.[0-9a-f]{4}$/.test(name))).toHaveLength(names.length);
    };
    await Promise.all([worker(), worker()]);
    expect(host.requests.some(({ headers }) => headers.range !== undefined)).toBe(true);
  }, 240_000);
});

const bundle = { folder: '', program: '' };
beforeAll(async () => {
  bundle.folder = mkdtempSync(join(tmpdir(), 'cliptop-killed-'));
  bundle.program = join(bundle.folder, 'killed-download.mjs');
  // Started two hundred times: in one file it takes a third of the time.
  await build({
    entryPoints: [join(import.meta.dirname, 'killed-download.ts')],
    outfile: bundle.program,
    ...{ bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node22' },
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  });
});
afterAll(() => rmSync(bundle.folder, { recursive: true, force: true }));

/** Kills it after so many pieces have come. The names of the files that it had said are saved before. */
function killedAfter(
  origin: string,
  folder: string,
  pieces: number,
  names: readonly string[],
): Promise<readonly string[]> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [bundle.program, origin, folder, names.join('')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: bundle.folder },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('.').length > pieces) child.kill('SIGKILL');
    });
    child.once('exit', () => {
      resolve([...output.matchAll(/saved (\w)/g)].map(([, name = '']) => name));
    });
  });
}
