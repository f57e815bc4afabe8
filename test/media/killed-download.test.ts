import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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
  const isPart = (name: string) => /\.part(\.|$)/.test(name);

  it('before any step that changes the disk leaves the file whole or absent, and the next one brings it home', async () => {
    const small = songOf(3000);
    const home = await stepped(folderOf(), 0);
    expect(home.steps).toBeGreaterThan(15);
    // Whatever a kill leaves is what the next one finds, and is killed over; and each is brought home at once, too.
    const often = folderOf();
    let resumed = 0;
    for (let step = 1; step <= home.steps; step++) {
      for (const folder of [folderOf(), often]) {
        const { path } = await stepped(folder, step);
        const files = readdirSync(folder).filter(name => !isPart(name));
        expect(files.length === 0 ? path : files).toEqual(files.length === 0 ? null : ['a.mp3']);
        for (const file of files) expect(readFileSync(join(folder, file)).equals(small)).toBe(true);
        if (folder === often) {
          for (const file of files) rmSync(join(folder, file));
          continue;
        }
        const next = await stepped(folder, 0);
        resumed += next.resumed ? 1 : 0;
        expect(readFileSync(next.path ?? '').equals(small)).toBe(true);
        expect(readdirSync(folder).filter(name => !/\.part\.[0-9a-f]{4}$/.test(name))).toEqual(['a.mp3']);
      }
    }
    expect(resumed).toBeGreaterThan(5);
    expect(readFileSync((await stepped(often, 0)).path ?? '').equals(small)).toBe(true);
  }, 60_000);

  it('from outside, over HTTP, leaves every file whole or absent, and the next one goes on from there', async () => {
    const host = await mediaHost((request, response) => serveSlowly(song, request, response));
    const names = Array.from('abcd');
    const folder = folderOf();
    // There is one progress dot for every piece of 20 kB, of which four songs have sixty.
    for (const pieces of [1, 4, 13, 27, 41, 55]) {
      const saved = await killedAfter(host.origin, folder, pieces, names);
      const files = readdirSync(folder).filter(name => !isPart(name));
      expect(names.map(name => `${name}.mp3`)).toEqual(expect.arrayContaining(files));
      expect(files).toEqual(expect.arrayContaining(saved.map(name => `${name}.mp3`)));
      for (const file of files) {
        expect(readFileSync(join(folder, file)).equals(song)).toBe(true);
        rmSync(join(folder, file));
      }
    }
    // And whatever the last one left: one more run brings it home.
    for (const name of names)
      expect(readFileSync((await save(name, host.origin, folder)).path).equals(song)).toBe(true);
    expect(readdirSync(folder).filter(name => !/\.part\.[0-9a-f]{4}$/.test(name))).toHaveLength(names.length);
    expect(host.requests.some(({ headers }) => headers.range !== undefined)).toBe(true);
  });
});

const bundle = { folder: '', program: '', steps: '' };
beforeAll(async () => {
  bundle.folder = mkdtempSync(join(tmpdir(), 'cliptop-killed-'));
  // They are started many times: in one file that takes a third of the time.
  const bundled = async (name: string, alias: Record<string, string>) => {
    const outfile = join(bundle.folder, `${name}.mjs`);
    await build({
      entryPoints: [join(import.meta.dirname, `${name}.ts`)],
      outfile,
      alias,
      ...{ bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node22' },
      banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
    });
    return outfile;
  };
  bundle.program = await bundled('killed-download', {});
  bundle.steps = await bundled('killed-step', { undici: join(import.meta.dirname, 'light-client.ts') });
});
afterAll(() => rmSync(bundle.folder, { recursive: true, force: true }));

const childOptions = () => ({
  stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, NODE_COMPILE_CACHE: bundle.folder },
});

/** Kills itself before that step; 0: it does not. How many there were, and where the song is, where it got so far. */
async function stepped(folder: string, step: number) {
  const child = spawn(process.execPath, [bundle.steps, folder, String(step)], childOptions());
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const [, steps = '0', resumed, path] = /^(\d+) (\w+) (.+)$/m.exec(output) ?? [];
  return { steps: Number(steps), resumed: resumed === 'true', path: path ?? null };
}

/** Kills it after so many pieces have come. The names of the files that it had said are saved before. */
function killedAfter(
  origin: string,
  folder: string,
  pieces: number,
  names: readonly string[],
): Promise<readonly string[]> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [bundle.program, origin, folder, names.join('')], childOptions());
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
