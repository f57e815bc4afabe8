import { readdirSync, readFileSync, renameSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NewerFormatError, openJournal } from '../../source/journal/journal.ts';
import { newTask } from '../../source/task/task.ts';
import { finished, idsIn, idsOf, keyOf, listed, look, listNames, newFolder, open, source, textOf } from './helpers.ts';

const replaceFile = (path: string, text: string) => {
  writeFileSync(`${path}~`, text);
  renameSync(`${path}~`, path);
};

const write = (folder: string, text: string | Buffer, name = 'last') => {
  writeFileSync(join(folder, `${name}.jsonl`), text);
};

describe('a file that is not as we left it', () => {
  const header = '{"cliptop":1}\n';
  const line = (id: string) => `${JSON.stringify({ type: 'add', ...listed(id) })}\n`;

  test('a half-written last line is ignored, and cannot swallow what follows', () => {
    const folder = newFolder();
    write(folder, header + line('a') + line('b').slice(0, -20));
    const { journal, restored } = open(folder);
    expect(idsOf(restored.tasks)).toEqual(['a']);
    expect(restored.notices).toEqual([]);
    journal.add([listed('c')]);
    expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }, { id: 'c' }], notices: [] });
  });

  test('a last line that only lacks its line end counts', () => {
    const folder = newFolder();
    write(folder, header + line('a') + line('b').trimEnd());
    const { journal } = open(folder);
    journal.add([listed('c')]);
    expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], notices: [] });
  });

  test.each([
    ['text', 'this is no journal\n'],
    ['a line that was cut in the midst of others', '{"type":"add","source":"cc\n'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x80, 0x0a])],
    ['zeros, as a power cut leaves them', Buffer.alloc(40)],
    ['a record without its id', '{"type":"add","source":"ccapi/producer","addedAt":1}\n'],
    ['a time no date can show', '{"type":"add","source":"ccapi/producer","id":"x","addedAt":1e300}\n'],
    ['JSON of another kind', '[1,2,3]\nnull\n"x"\n{"a":1}\n'],
    ['deep nesting', `${'['.repeat(200_000)}\n`],
  ])('%s: a copy of the file is kept and named, all else is used', (_, garbage) => {
    const folder = newFolder();
    const result = `${JSON.stringify({ type: 'result', task: finished('b') })}\n`;
    const future = '{"type":"note","text":"from a later cliptop"}\n';
    const damaged = Buffer.concat([
      Buffer.from(header + line('a')),
      Buffer.from(garbage),
      Buffer.from(`\n${line('b')}${future}${result}${line('c')}`),
    ]);
    write(folder, damaged);
    const { restored, journal } = open(folder);
    expect(restored.tasks).toEqual([newTask(source, 'a', 1_000), finished('b'), newTask(source, 'c', 1_000)]);
    expect(restored.notices).toHaveLength(1);
    const aside = readdirSync(folder).filter(name => name !== 'last.jsonl');
    expect(aside).toEqual([expect.stringMatching(/^last\.jsonl\.damaged-\d{8}T\d{6}Z-[0-9a-f]{6}$/)]);
    expect(restored.notices[0]).toContain(join(folder, aside[0] ?? ''));
    expect(readFileSync(join(folder, aside[0] ?? ''))).toEqual(damaged);
    expect(textOf(folder)).toContain(future);

    journal.add([listed('d')]);
    expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }], notices: [] });
    expect(listNames(folder)).toEqual(['last']);
  });

  test('a file of which nothing can be read is named, and its copy is kept, all the same', () => {
    const folder = newFolder();
    write(folder, 'not a list\n');
    const { tasks, notices } = look(folder);
    expect(tasks).toEqual([]);
    expect(notices).toEqual([
      expect.stringMatching(/kept as .*last\.jsonl\.damaged-.*: 1 line could not be read, nothing could be/),
    ]);
    expect(look(folder)).toEqual({ tasks: [], marks: [], notices: [] });
  });

  test('who only reads a damaged list names it and leaves everything as it is', () => {
    const folder = newFolder();
    write(folder, `${header}???\n${line('a')}`);
    const { restored } = open(folder, { readOnly: true });
    expect(idsOf(restored.tasks)).toEqual(['a']);
    expect(restored.notices).toEqual([expect.stringMatching(/last\.jsonl is damaged: 1 line could not be read/)]);
    expect(readdirSync(folder)).toEqual(['last.jsonl']);
  });

  test('a result whose addition was lost to damage still stands', () => {
    const folder = newFolder();
    write(folder, `${header}###\n${JSON.stringify({ type: 'result', task: finished('a') })}\n`);
    expect(look(folder).tasks).toEqual([finished('a')]);
    expect(look(folder)).toEqual({ tasks: [finished('a')], marks: [], notices: [] });
  });

  test('line ends and byte order mark of a Windows editor, empty lines and missing headers are no damage', () => {
    const folder = newFolder();
    write(folder, `\ufeff${header}\n\n${line('a')}`.replaceAll('\n', '\r\n'));
    expect(look(folder)).toMatchObject({ tasks: [{ id: 'a' }], notices: [] });
    write(folder, line('b'));
    const { journal } = open(folder);
    journal.add([listed('c')]);
    expect(textOf(folder)).toContain(header);
    expect(idsIn(folder)).toEqual(['b', 'c']);
  });

  test('a newer format is refused by path, with what to do, and left untouched', () => {
    const folder = newFolder();
    const text = `{"cliptop":2}\n${line('a')}garbage\n`;
    write(folder, text);
    for (const readOnly of [false, true]) {
      const opening = () => openJournal({ folder, name: 'last', readOnly });
      expect(opening).toThrow(NewerFormatError);
      expect(opening).toThrow(/last\.jsonl.*newer.*update cliptop/);
    }
    const { journal } = open(folder, { fresh: true });
    journal.follow(() => undefined);
    journal.close();
    expect(textOf(folder)).toBe(text);
    expect(readdirSync(folder)).toEqual(['last.jsonl']);
  });

  test('records of unknown types stay in the file and do no harm', () => {
    const folder = newFolder();
    write(folder, `${header}{"type":"pin","key":"x"}\n${line('a')}`);
    const { journal, restored } = open(folder);
    expect(restored).toMatchObject({ tasks: [{ id: 'a' }], notices: [] });
    journal.add([listed('b')]);
    expect(textOf(folder)).toContain('{"type":"pin","key":"x"}\n');
  });

  test('nothing in it can move the cursor or name a program', () => {
    const folder = newFolder();
    const evil = '\u001b]52;c;eA==\u0007\u001b[2J\u009b1m\u202e\u0000';
    const clip = { ...finished('a').clips[0], title: `${evil}title\n2`, audioUrl: 'javascript:alert(1)', lyrics: evil };
    const task = {
      ...finished(`a${evil}`),
      clips: [clip, null, 7],
      traceId: evil,
      error: { message: evil },
      history: [{ at: 'x' }],
      progress: 1e9,
      updatedAt: 1e300,
      __proto__: { polluted: true },
    };
    write(folder, `${header}${JSON.stringify({ type: 'result', task })}\n${line(`b${evil}`)}`);
    const { tasks } = look(folder);
    expect(tasks).toMatchObject([
      { id: 'a', clips: [{ title: 'title 2', audioUrl: null, lyrics: '' }], progress: null, updatedAt: null },
      { id: 'b' },
    ]);
    expect(JSON.stringify(tasks)).not.toMatch(/\\u00|\u009b|\u202e/);
  });

  test.each([
    ['cut off', (path: string) => truncateSync(path, 40)],
    ['emptied', (path: string) => writeFileSync(path, '')],
    ['deleted', (path: string) => unlinkSync(path)],
    ['moved out of the folder', (path: string) => renameSync(path, `${path}.mine`)],
    ['replaced', (path: string) => replaceFile(path, header)],
  ])('a list that is %s while it is open is written again', (_, harm) => {
    const folder = newFolder();
    const { journal, problems } = open(folder);
    journal.add([listed('a'), listed('b'), listed('x')]);
    journal.finish([finished('a')]);
    journal.remove([keyOf('x')]);
    harm(journal.path);
    journal.add([listed('c')]);
    expect(look(folder)).toMatchObject({ notices: [] });
    expect(idsIn(folder).sort()).toEqual(['a', 'b', 'c']);
    expect(look(folder).tasks).toContainEqual(finished('a'));
    expect(problems).toEqual([]);
  });
});
