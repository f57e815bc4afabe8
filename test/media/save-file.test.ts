import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PlannedFile } from '../../source/media/plan.ts';
import { createSaveFile } from '../../source/media/save-file.ts';
import { breakAfter, mediaHost, serve, serveSlowly, songOf } from './host.ts';

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
});
