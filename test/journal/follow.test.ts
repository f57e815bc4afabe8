import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { finished, idsIn, keyOf, listed, look, newFolder, open, follow, nothing } from './helpers.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('two cliptops on one list', () => {
  test('each hears what the other did, and nothing of its own', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    const b = follow(folder);
    a.journal.add([listed('x'), listed('y')]);
    b.journal.add([listed('z')]);
    expect(a.heard()).toEqual({ ...nothing, added: ['z'] });
    expect(b.heard()).toEqual({ ...nothing, added: ['x', 'y'] });
    b.journal.finish([finished('x')]);
    a.journal.remove([keyOf('z')]);
    expect(a.heard()).toEqual({ ...nothing, finished: [finished('x')] });
    expect(b.heard()).toEqual({ ...nothing, removed: [keyOf('z')] });
    expect([a.heard(), b.heard()]).toEqual([nothing, nothing]);
    expect(idsIn(folder)).toEqual(['x', 'y']);
    expect([a.problems, b.problems]).toEqual([[], []]);
  });

  test('what came and went between two looks is not reported; added and finished at once is, as both', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    const { journal } = open(folder);
    journal.add([listed('x'), listed('y')]);
    journal.remove([keyOf('x')]);
    journal.finish([finished('y')]);
    expect(a.heard()).toEqual({ added: ['y'], removed: [], finished: [finished('y')] });
  });

  test('both finish the same task: it is there once, and nobody is told what he knows', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    const b = follow(folder);
    a.journal.add([listed('x')]);
    b.heard();
    a.journal.finish([finished('x')]);
    b.journal.finish([finished('x')]);
    expect([a.heard(), b.heard()]).toEqual([nothing, nothing]);
    expect(look(folder).tasks).toEqual([finished('x')]);
  });

  test('a late result does not bring back what the other removed', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    const b = follow(folder);
    a.journal.add([listed('x')]);
    b.heard();
    a.journal.remove([keyOf('x')]);
    b.journal.finish([finished('x')]);
    expect(a.heard()).toEqual(nothing);
    expect(b.heard()).toEqual({ ...nothing, removed: [keyOf('x')] });
    expect(idsIn(folder)).toEqual([]);
  });

  test('the order of the lines decides between adding and removing', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    const b = follow(folder);
    a.journal.add([listed('x')]);
    b.heard();
    b.journal.remove([keyOf('x')]);
    a.journal.remove([keyOf('x')]);
    a.journal.add([listed('x', 9)]);
    expect(a.heard()).toEqual(nothing);
    expect(b.heard()).toEqual({ ...nothing, added: ['x'] });
    expect(idsIn(folder)).toEqual(['x']);
  });

  test('a list begun by the other is found; one that stopped following hears nothing', () => {
    vi.useFakeTimers();
    const folder = join(newFolder(), 'later');
    const a = follow(folder);
    const b = follow(folder);
    b.stop();
    b.stop();
    expect(a.heard()).toEqual(nothing);
    open(folder).journal.add([listed('x')]);
    expect(a.heard()).toEqual({ ...nothing, added: ['x'] });
    expect(b.heard()).toEqual(nothing);
    a.journal.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a line that arrives in pieces, cut through a character, is heard of once and whole', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    a.journal.add([listed('x')]);
    const task = finished('x');
    const bytes = Buffer.from(`\n${JSON.stringify({ type: 'result', task })}\n`);
    const heard: unknown[] = [];
    for (let start = 0; start < bytes.length; start += 11) {
      appendFileSync(a.journal.path, bytes.subarray(start, start + 11));
      heard.push(...a.heard().finished);
    }
    expect(heard).toEqual([task]);
  });

  test('garbage of another program is passed over', () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const a = follow(folder);
    a.journal.add([listed('x')]);
    appendFileSync(a.journal.path, '{}\n\0\n[[[\n{"cliptop":7}\n{"type":"add"}\n');
    expect(a.heard()).toEqual(nothing);
    open(newFolder());
    a.journal.add([listed('y')]);
    expect(a.problems).toEqual([]);
  });
});

test('an id that another process adds is heard of within a second', async () => {
  const folder = newFolder();
  const { journal } = open(folder);
  journal.add([listed('x')]);
  const heard = new Promise<number>(resolve => {
    journal.follow(({ added }) => {
      if (added.some(({ id }) => id === 'from-elsewhere')) resolve(Date.now());
    });
  });
  const module = pathToFileURL(join(import.meta.dirname, '../../source/journal/journal.ts')).href;
  const script = `
    import { openJournal } from ${JSON.stringify(module)};
    const { journal } = openJournal({ folder: ${JSON.stringify(folder)}, name: 'last' });
    journal.add([{ source: 'ccapi/producer', id: 'from-elsewhere', addedAt: 1 }]);
    console.log(Date.now());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const added = await new Promise<number>(resolve => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => resolve(Number(text)));
  });
  expect((await heard) - added).toBeLessThan(1_000);
});

test('following does not keep the process alive', async () => {
  const module = pathToFileURL(join(import.meta.dirname, '../../source/journal/journal.ts')).href;
  const script = `
    import { openJournal } from ${JSON.stringify(module)};
    openJournal({ folder: ${JSON.stringify(newFolder())}, name: 'last' }).journal.follow(() => {});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  expect(await new Promise(resolve => child.on('exit', resolve))).toBe(0);
});
