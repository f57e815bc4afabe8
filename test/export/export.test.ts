import { Ajv } from 'ajv';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportText } from '../../source/export/export.ts';
import { jsonSchemaText } from '../../source/output/json-schema.ts';
import { toJson } from '../../source/task/json.ts';
import type { Task } from '../../source/task/task.ts';
import { clip, task } from '../helpers/tasks.ts';
import { anyTitle } from '../helpers/titles.ts';
import { installed } from '../terminal/tmux.ts';

const song = (title: string, rest: Parameters<typeof clip>[0] = {}) =>
  clip({ id: 'c', title, audioUrl: `https://x.example/${encodeURIComponent(title)}.mp3`, duration: 134.6, ...rest });
const done = (...clips: Task['clips']) => task({ status: 'succeeded', clips });
const nowhere = () => null;

describe('a playlist', () => {
  const lines = (tasks: readonly Task[], saved: Parameters<typeof exportText>[2] = nowhere) =>
    exportText('/lists/songs.m3u8', tasks, saved).split('\n');

  it('has the length and title of each song, and where it is', () => {
    expect(lines([done(song('One'), song('雨の夜', { duration: null }))])).toEqual([
      '#EXTM3U',
      '#EXTINF:135,One',
      'https://x.example/One.mp3',
      '#EXTINF:-1,雨の夜',
      'https://x.example/%E9%9B%A8%E3%81%AE%E5%A4%9C.mp3',
      '',
    ]);
  });

  it('prefers saved files, relative where they are below its folder', () => {
    const places = ['/lists/taken/One.mp3', '/elsewhere/Two.mp3', '/lists/#3.mp3', '/lists.mp3', '/lists/..hidden.mp3'];
    const found = lines([done(...places.map(place => song(place)))], (_, index) => places[index] ?? null);
    expect(found.filter(line => line !== '' && !line.startsWith('#'))).toEqual([
      'taken/One.mp3',
      '/elsewhere/Two.mp3',
      './#3.mp3',
      '/lists.mp3',
      '..hidden.mp3',
    ]);
  });

  it('leaves out what cannot be heard, and previews, whose addresses do not last', () => {
    const open = task({ status: 'running', clips: [song('early')] });
    expect(lines([done(song('text', { audioUrl: null })), open, task()])).toEqual(['#EXTM3U', '']);
  });

  it.skipIf(!installed('mpv'))('is read by mpv, with titles and both kinds of places', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cliptop-playlist-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'below'));
    const places = ['below/#1 a, b.wav', '#2.wav'].map(name => join(folder, name));
    for (const place of places) writeFileSync(place, silence);
    const path = join(folder, 'songs.m3u8');
    const tasks = [done(song('First, with a comma'), song('雨の夜'))];
    writeFileSync(
      path,
      exportText(path, tasks, (_, index) => places[index] ?? null),
    );
    const script = join(folder, 'titles.lua');
    // mpv waits for what is hooked in.
    const line = "mp.get_property('media-title') .. '|' .. mp.get_property('path') .. '\\n'";
    writeFileSync(script, `mp.add_hook('on_preloaded', 50, function() io.stderr:write(${line}) end)`);
    const quiet = ['--no-config', '--no-video', '--ao=null', '--untimed', '--msg-level=all=error'];
    const { stderr } = spawnSync('mpv', [...quiet, `--script=${script}`, path], { encoding: 'utf8' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      `First, with a comma|${places[0] ?? ''}`,
      expect.stringMatching(/^雨の夜\|.*#2\.wav$/),
    ]);
  });
});

/** A tenth of a second of nothing. */
const silence = (() => {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + 800, 4);
  head.write('WAVEfmt ', 8);
  for (const [value, size, at] of [
    [16, 4, 16],
    [1, 2, 20],
    [1, 2, 22],
    [8000, 4, 24],
    [8000, 4, 28],
    [1, 2, 32],
    [8, 2, 34],
  ] as const)
    head.writeUIntLE(value, at, size);
  head.write('data', 36);
  head.writeUInt32LE(800, 40);
  return Buffer.concat([head, Buffer.alloc(800, 128)]);
})();

/** RFC 4180, strictly: rows end with CRLF, quotes are doubled. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let end = 0; end < text.length; end = cells.lastIndex) {
    const found = cells.exec(text);
    if (found === null) throw new Error(`no cell at ${end}: ${text.slice(end, end + 40)}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('a CSV table', () => {
  const table = (tasks: readonly Task[], saved: Parameters<typeof exportText>[2] = nowhere) => {
    const [names = [], ...rows] = parseCsv(exportText('x.csv', tasks, saved));
    return rows.map(row => Object.fromEntries(names.map((name, index) => [name, row[index]])));
  };

  it('has a row for each clip, and for a task without one', () => {
    const failed = task({ id: 'b', status: 'failed', error: { code: null, message: 'no, "really"' }, cost: -1 });
    const rows = table([done(song('One'), song('Two')), failed], (_, index) => (index === 0 ? '/m/One.mp3' : null));
    expect(rows).toMatchObject([
      { id: 'task_0001', status: 'succeeded', clip: 'c', title: 'One', duration: '134.6', file: '/m/One.mp3' },
      { title: 'Two', file: '', audioUrl: 'https://x.example/Two.mp3' },
      { id: 'b', status: 'failed', clip: '', title: '', error: 'no, "really"', cost: '-1' },
    ]);
  });

  it('comes back from any reader of RFC 4180, with nothing in it that a spreadsheet would run', () => {
    const text = fc.oneof(
      anyTitle,
      fc.string({ unit: 'binary' }),
      fc.constantFrom('=1+1', ' @SUM(A1)', '-2', '+x', '\t=1', '＝1'),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), titles => {
        const rows = table([done(...titles.map(title => song('x', { title, style: title })))]);
        expect(rows).toHaveLength(titles.length);
        for (const [index, title] of titles.entries()) {
          const { title: read = '', style } = rows[index] ?? {};
          expect(read).toBe(style);
          expect(read).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/);
          expect(read.replace(/^'(?=\s*[=+\-@\t\r＝＋－＠])/, '')).toBe(title);
        }
      }),
    );
  });
});

describe('records', () => {
  it('are the tasks that --json prints, as its schema says', () => {
    const tasks = [done(song('One')), task({ id: 'b', error: { code: 'x', message: 'y' } })];
    const read = JSON.parse(exportText('x.JSON', tasks, nowhere)) as unknown[];
    expect(read).toEqual(JSON.parse(JSON.stringify(tasks.map(toJson))));
    const schema = JSON.parse(jsonSchemaText()) as { definitions: object };
    const ajv = new Ajv();
    ajv.addFormat('date-time', true);
    const isTask = ajv.compile({ $ref: '#/definitions/task', definitions: schema.definitions });
    for (const record of read) expect([isTask(record), isTask.errors]).toEqual([true, null]);
  });
});

describe('a Markdown table', () => {
  const rows = (tasks: readonly Task[], saved: Parameters<typeof exportText>[2] = nowhere) =>
    exportText('/lists/x.md', tasks, saved).trimEnd().split('\n').slice(2);

  it('has a row for each clip, with links to the address and to the file', () => {
    expect(rows([done(song('One'))], () => '/lists/songs/a b (c).mp3')).toEqual([
      '| One | succeeded | 2:15 | ccapi/producer | task\\_0001 | [play](<https://x.example/One.mp3>) [file](<songs/a%20b%20(c).mp3>) |',
    ]);
    expect(rows([task({ status: 'failed', error: { code: null, message: 'a|b' } })])).toEqual([
      '| task\\_0001 | failed: a\\|b |  | ccapi/producer | task\\_0001 |  |',
    ]);
  });

  it('has as many cells in each row as in its head, and no markup of a vendor', () => {
    fc.assert(
      fc.property(fc.oneof(anyTitle, fc.string({ unit: 'binary' })), fc.webUrl(), (title, url) => {
        const audioUrl = `${url}?a|b>c`;
        for (const row of rows([done(song(title, { title, audioUrl }))])) {
          expect(row.replaceAll(/\\[\\|]/g, '').split('|')).toHaveLength(8);
          const first = row.slice(2, row.indexOf(' | succeeded'));
          expect(first.replaceAll(/\\./g, '')).not.toMatch(/[\\`*_[\]<>|~]|:\/\/|www\./i);
          expect(row).not.toContain('\n');
        }
      }),
    );
  });
});
