import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PlannedFile } from '../../source/media/plan.ts';
import { createSaveFile } from '../../source/media/save-file.ts';
import { breakAfter, mediaHost, serve, songOf } from './host.ts';

const song = songOf(300_000);
const createdAt = Date.parse('2026-11-21T20:01:07Z');

const planned = (content: PlannedFile['content'], overrides: Partial<PlannedFile> = {}): PlannedFile => ({
  ...{ key: 'k', task: 't', clip: 0, clipId: null, what: 'audio', content, createdAt, extension: 'mp3' },
  nameFor: extension => `Moon.${extension}`,
  ...overrides,
});

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-save-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function saving(folder: string) {
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const save = createSaveFile({ folder, dispatcher, apiOf: () => null });
  const options = { signal: new AbortController().signal, onProgress: () => undefined, isLast: false };
  return (file: PlannedFile) => save(file, options);
}

describe('a saved file', () => {
  it('has the bytes of the host, the time of the clip and a plain name, and leaves nothing beside it', async () => {
    const host = await mediaHost((request, response) => serve(song, request, response));
    const folder = folderOf();
    const done = await saving(folder)(planned({ url: `${host.origin}/a.mp3` }));
    expect(done).toEqual({ path: join(folder, 'Moon.mp3'), bytes: song.length });
    expect(readFileSync(done.path).equals(song)).toBe(true);
    expect(statSync(done.path).mtimeMs).toBe(createdAt);
    expect(readdirSync(folder)).toEqual(['Moon.mp3']);
  });

  it('gets its extension from the reply where the address names none', async () => {
    const host = await mediaHost((request, response) => serve(song, request, response, 'audio/x-m4a'));
    const folder = folderOf();
    await saving(folder)(planned({ url: `${host.origin}/file?id=1` }, { extension: null }));
    expect(readdirSync(folder)).toEqual(['Moon.m4a']);
  });

  it('overwrites nothing: the same bytes are the file, others get a number', async () => {
    const other = songOf(1000, 'other');
    const host = await mediaHost((request, response) =>
      serve(request.url === '/a.mp3' ? song : other, request, response),
    );
    const folder = folderOf();
    writeFileSync(join(folder, 'Moon.mp3'), 'my own');
    const save = saving(folder);
    const paths: string[] = [];
    for (const name of ['a', 'a', 'b', 'b'])
      paths.push((await save(planned({ url: `${host.origin}/${name}.mp3` }))).path);
    const names = ['Moon (2).mp3', 'Moon (2).mp3', 'Moon (3).mp3', 'Moon (3).mp3'];
    expect(paths).toEqual(names.map(name => join(folder, name)));
    expect(readFileSync(join(folder, 'Moon.mp3'), 'utf8')).toBe('my own');
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('may be a text, in a folder that is made for it', async () => {
    const folder = folderOf();
    const text = { nameFor: () => '2026-11-21/Moon.txt', what: 'lyrics', extension: 'txt' } as const;
    await saving(folder)(planned({ text: 'la la\n' }, text));
    expect(readFileSync(join(folder, '2026-11-21/Moon.txt'), 'utf8')).toBe('la la\n');
  });
});

describe('several downloads', () => {
  it('of one name at a time are each a file of their own', async () => {
    const other = songOf(200_000, 'other');
    const host = await mediaHost((request, response) =>
      serveSlowly(request.url === '/a.mp3' ? song : other, request, response),
    );
    const folder = folderOf();
    const save = saving(folder);
    const both = await Promise.all(
      ['a', 'b'].map(name => save(planned({ url: `${host.origin}/${name}.mp3` }, { key: name }))),
    );
    expect(both.map(({ bytes }) => bytes)).toEqual([song.length, other.length]);
    expect(both.map(({ path }) => readFileSync(path).length)).toEqual([song.length, other.length]);
    expect(readdirSync(folder).toSorted()).toEqual(['Moon (2).mp3', 'Moon.mp3']);
  });

  it('never go on with what another file of that name has begun', async () => {
    // A host without regard to If-Range, as there are many.
    const other = songOf(song.length, 'other');
    const host = await mediaHost((request, response, count) => {
      delete request.headers['if-range'];
      if (count === 1) breakAfter(70_000, song, request, response);
      else serve(request.url === '/a.mp3' ? song : other, request, response);
    });
    const folder = folderOf();
    const save = saving(folder);
    const [a, b] = ['a', 'b'].map(name => planned({ url: `${host.origin}/${name}.mp3` }, { key: name }));
    if (a === undefined || b === undefined) throw new Error('nothing is planned');
    await expect(save(a)).rejects.toMatchObject({ kind: 'passing' });
    expect(readFileSync((await save(b)).path).equals(other)).toBe(true);
    expect(readFileSync((await save(a)).path).equals(song)).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['Moon (2).mp3', 'Moon.mp3']);
  });

  it('of two programs into one folder neither damage nor double anything', async () => {
    const host = await mediaHost((request, response) => serveSlowly(song, request, response));
    const folder = folderOf();
    const [one, two] = await Promise.all([1, 2].map(() => killedAfter(host.origin, folder, Infinity)));
    expect([one?.length, two?.length]).toEqual([8, 8]);
    expect(readdirSync(folder).toSorted()).toEqual(Array.from('abcdefgh', name => `${name}.mp3`));
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).equals(song)).toBe(true);
  });
});

/** Serves a file piece by piece. */
function serveSlowly(file: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = ((body?: Buffer) => {
    const pieces = Math.ceil((body?.length ?? 0) / 20_000);
    const send = (piece: number): void => {
      if (response.destroyed) return;
      if (piece >= pieces) end();
      else response.write(body?.subarray(piece * 20_000, (piece + 1) * 20_000), () => setTimeout(send, 2, piece + 1));
    };
    send(0);
    return response;
  }) as typeof response.end;
  serve(file, request, response);
}

describe('a program that is killed while it saves', () => {
  it('leaves every file whole or absent, and the next one goes on from there', async () => {
    const host = await mediaHost((request, response) => serveSlowly(song, request, response));
    const names = Array.from('abcdefgh');
    let kills = 0;
    const worker = async () => {
      const folder = folderOf();
      // Eight files at a time: 200 downloads that are killed.
      for (; kills < 25; kills++) {
        const saved = await killedAfter(host.origin, folder, 1 + ((kills * 37) % 110));
        const files = readdirSync(folder).filter(name => !/\.part(\.json|\.lock)?$/.test(name));
        expect(names.map(name => `${name}.mp3`)).toEqual(expect.arrayContaining(files));
        expect(files).toEqual(expect.arrayContaining(saved.map(name => `${name}.mp3`)));
        for (const file of files) {
          expect(readFileSync(join(folder, file)).equals(song)).toBe(true);
          rmSync(join(folder, file));
        }
      }
      // And whatever the last one left: one more run brings it home.
      const save = saving(folder);
      for (const name of names) {
        const file = planned({ url: `${host.origin}/${name}.mp3` }, { key: name, nameFor: () => `${name}.mp3` });
        expect(readFileSync((await save(file)).path).equals(song)).toBe(true);
      }
      expect(readdirSync(folder)).toHaveLength(names.length);
    };
    await Promise.all([worker(), worker()]);
    expect(host.requests.some(({ headers }) => headers.range !== undefined)).toBe(true);
  }, 60_000);
});

/** Kills it after so many pieces have come. The names of the files that it had said are saved before. */
function killedAfter(origin: string, folder: string, pieces: number): Promise<readonly string[]> {
  const program = join(import.meta.dirname, 'killed-download.ts');
  return new Promise(resolve => {
    const child = spawn(process.execPath, [program, origin, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
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
