import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Downloads, type FileProgress, type SaveFile } from '../../source/media/downloads.ts';
import { FileError } from '../../source/media/fetch-errors.ts';
import type { PlannedFile } from '../../source/media/plan.ts';
import { attemptDelay, nextFile } from '../../source/media/queue.ts';
import { FakeClock, settled } from '../helpers/fake-clock.ts';

const file = (name: string, host = 'a.example'): PlannedFile => ({
  key: name,
  task: 'ccapi/producer:task_1',
  clip: 0,
  clipId: null,
  what: 'audio',
  content: { url: `https://${host}/${name}.mp3` },
  createdAt: null,
  extension: 'mp3',
  nameFor: extension => `${name}.${extension}`,
});

/** Downloads whose files end when the test says so. */
function setUp() {
  const clock = new FakeClock();
  const running = new Map<string, { end: (error?: Error) => void; signal: AbortSignal; bytes: (n: number) => void }>();
  const changes: FileProgress[] = [];
  const full: string[] = [];
  const gone = new Set<string>();
  const save: SaveFile = ({ key }, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      running.set(key, {
        signal,
        bytes: count => onProgress(count, 100),
        end(error) {
          running.delete(key);
          if (error === undefined) resolve({ path: `/music/${key}.mp3`, bytes: 100 });
          else reject(error);
        },
      });
    });
  const downloads = new Downloads({
    folder: '/music',
    save,
    onChange: change => changes.push(change),
    onRefused: message => full.push(message),
    now: clock.monotonic,
    after: clock.after,
    isThere: path => !gone.has(path),
    random: () => 0,
  });
  const end = async (key: string, error?: Error) => {
    running.get(key)?.end(error);
    await settled();
  };
  const last = (key: string) => changes.findLast(change => change.key === key);
  return { clock, downloads, running, changes, full, gone, end, last, active: () => [...running.keys()] };
}

const passing = new FileError('passing', 'connection reset');

describe('downloads', () => {
  it('go three at a time, and the host that is the least busy comes first', async () => {
    const { downloads, active, end } = setUp();
    downloads.add([file('1'), file('2'), file('3'), file('4'), file('5', 'b.example')]);
    expect(active()).toEqual(['1', '5', '2']);
    await end('5');
    expect(active()).toEqual(['1', '2', '3']);
    await end('1');
    await end('2');
    await end('3');
    await end('4');
    expect([active(), downloads.idle]).toEqual([[], true]);
  });

  it('tell what becomes of each file', async () => {
    const { downloads, running, end, changes } = setUp();
    downloads.add([file('1')]);
    running.get('1')?.bytes(62);
    await end('1');
    expect(changes.map(({ state, bytes, total, path }) => [state, bytes, total, path])).toEqual([
      ['waiting', 0, null, '/music/1.mp3'],
      ['started', 0, null, '/music/1.mp3'],
      ['started', 62, 100, '/music/1.mp3'],
      ['saved', 100, 100, '/music/1.mp3'],
    ]);
  });

  it('try again what failed in passing, after longer and longer pauses, and in the end give it up', async () => {
    const { clock, downloads, active, end, last } = setUp();
    downloads.add([file('1')]);
    for (const pause of [1000, 2000, 4000, 8000, 10_000]) {
      await end('1', passing);
      expect([last('1')?.state, last('1')?.message]).toEqual(['waiting', 'connection reset']);
      await clock.advance(pause - 1);
      expect(active()).toEqual([]);
      await clock.advance(1);
      expect(active()).toEqual(['1']);
    }
    await end('1', passing);
    expect([last('1')?.state, downloads.idle, clock.timers]).toEqual(['failed', true, 0]);
  });

  it('do not try again what is gone or wrong, unless somebody asks for it again', async () => {
    const { downloads, end, last, active } = setUp();
    downloads.add([file('1')]);
    await end('1', new FileError('gone', '403', { status: 403 }));
    expect([last('1')?.state, last('1')?.message, downloads.idle]).toEqual(['failed', '403', true]);
    downloads.add([file('1')]);
    expect(active()).toEqual(['1']);
  });

  it('pass over what is saved, under way or waiting', async () => {
    const { downloads, end, active, changes } = setUp();
    downloads.add([file('1'), file('1')]);
    await end('1');
    const count = changes.length;
    downloads.add([file('1')]);
    expect([active(), changes.length]).toEqual([[], count]);
  });

  it('stop at a full disk and say so once, until they are told to go on', async () => {
    const { downloads, active, end, full, last } = setUp();
    downloads.add(['1', '2', '3', '4'].map(name => file(name)));
    const noSpace = new FileError('disk', 'the disk is full', { diskFull: true });
    await end('1', noSpace);
    await end('2', noSpace);
    expect(full).toEqual(['the disk is full']);
    expect([active(), last('1')?.state]).toEqual([['3'], 'failed']);
    await end('3');
    expect([active(), downloads.idle]).toEqual([[], true]);
    // What waits has failed, too.
    expect([last('4')?.state, last('4')?.message, last('4')?.refusedBy]).toEqual([
      ...['failed', 'the disk is full', '/music'],
    ]);
    // What comes later shows whether there is room again, one file for all.
    downloads.add([file('5'), file('1'), file('6')]);
    expect([active(), last('6')?.state, downloads.idle]).toEqual([['5'], 'failed', false]);
    await end('5', noSpace);
    expect([active(), last('5')?.state, downloads.idle, full]).toEqual([[], 'failed', true, ['the disk is full']]);
    expect([downloads.resume(), downloads.add([file('1'), file('4'), file('5'), file('6')])]).toEqual([5, 0]);
    expect(active()).toHaveLength(3);
    for (const key of ['1', '2', '4', '5', '6']) await end(key);
    for (const key of ['1', '2', '4', '5', '6']) await end(key);
    expect([downloads.idle, ...['1', '2', '4', '5', '6'].map(key => last(key)?.state)]).toEqual([
      true,
      ...Array<string>(5).fill('saved'),
    ]);
  });

  it('go on by themselves when the next song finds room on a full disk', async () => {
    const { downloads, active, end, last } = setUp();
    downloads.add([file('1'), file('2')]);
    const noSpace = new FileError('disk', 'the disk is full', { diskFull: true });
    await end('1', noSpace);
    await end('2', noSpace);
    expect(downloads.idle).toBe(true);
    downloads.add([file('3')]);
    await end('3');
    expect([last('3')?.state, last('1')?.refusedBy]).toEqual(['saved', null]);
    expect(active().toSorted()).toEqual(['1', '2']);
    await end('1');
    await end('2');
    expect([downloads.idle, last('1')?.state, last('2')?.state]).toEqual([true, 'saved', 'saved']);
  });

  it('say once for each reason that the folder takes no files, and again after it took one', async () => {
    const { downloads, end, full, last } = setUp();
    const denied = new FileError('disk', 'permission denied', { anyFile: true });
    for (const key of ['1', '2', '3', '4']) {
      downloads.add([file(key)]);
      if (key === '3') await end(key);
      else await end(key, denied);
    }
    expect(full).toEqual(['permission denied', 'permission denied']);
    expect([last('1')?.state, last('1')?.refusedBy]).toEqual(['failed', '/music']);
    downloads.add([file('1')]);
    await end('1', new FileError('disk', 'the name is too long for this file system'));
    expect([full.length, last('1')?.refusedBy]).toEqual([2, null]);
    // A person who asks is told again.
    downloads.resume();
    downloads.add([file('2')]);
    await end('2', denied);
    expect(full).toHaveLength(3);
  });

  it('break off when they are stopped, and say nothing of it', async () => {
    const { downloads, changes, clock } = setUp();
    downloads.add([file('1'), file('2')]);
    const count = changes.length;
    await downloads.stop();
    expect([changes.length, clock.timers]).toEqual([count, 0]);
  });
});

describe('the next file', () => {
  const waiting = fc.array(fc.record({ host: fc.constantFrom('a', 'b', 'c'), dueAt: fc.integer({ min: 0, max: 20 }) }));
  const hosts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 });

  it('is due, is on the least busy host, and is none too many', () => {
    fc.assert(
      fc.property(waiting, hosts, (files, active) => {
        const next = nextFile(files, active, 10);
        const due = files.filter(({ dueAt }) => dueAt <= 10);
        const busy = (host: string) => active.filter(other => other === host).length;
        if (next.kind === 'start') {
          expect(active.length).toBeLessThan(3);
          expect(due).toContain(next.file);
          for (const { host } of due) expect(busy(next.file.host)).toBeLessThanOrEqual(busy(host));
        } else {
          expect(active.length >= 3 || due.length === 0).toBe(true);
        }
      }),
    );
  });

  it('waits for as long as the host asks, and never for ever', () => {
    expect(attemptDelay(1, 7000, () => 0)).toBe(7000);
    expect(attemptDelay(6, 7000, () => 0)).toBeNull();
  });

  it('saves a file again that is gone, when somebody asks for it, and not by itself', async () => {
    const { downloads, gone, active, end } = setUp();
    downloads.add([file('1'), file('2')]);
    await end('1');
    await end('2');
    gone.add('/music/1.mp3');
    expect([downloads.add([file('1'), file('2')]), active()]).toEqual([0, []]);
    expect([downloads.add([file('1'), file('2')], { gone: true }), active()]).toEqual([1, ['1']]);
  });
});
