import { describe, expect, test } from 'vitest';
import { HookQueue } from '../../source/hooks/hook-queue.ts';
import type { HookEnd } from '../../source/hooks/run-hook.ts';
import { settled } from '../helpers/fake-clock.ts';

const well: HookEnd = { ok: true, how: 'exit code 0', lastLine: '' };

function setUp() {
  const running = new Map<string, () => void>();
  const killed: string[] = [];
  const ended: string[] = [];
  const queue = new HookQueue<string>({
    run(name) {
      const { promise, resolve } = Promise.withResolvers<HookEnd>();
      running.set(name, () => {
        running.delete(name);
        resolve(well);
      });
      return { end: promise, gone: promise.then(() => undefined), kill: () => killed.push(name) };
    },
    onEnd: name => ended.push(name),
  });
  const end = async (name: string) => {
    running.get(name)?.();
    await settled();
  };
  return { queue, running: () => [...running.keys()], killed, ended, end };
}

describe('hooks', () => {
  test('run four at a time, in the order in which they came', async () => {
    const { queue, running, end, ended } = setUp();
    queue.add(['1', '2', '3', '4', '5', '6']);
    expect([running(), queue.count]).toEqual([['1', '2', '3', '4'], 6]);
    await end('3');
    expect(running()).toEqual(['1', '2', '4', '5']);
    expect([ended, queue.count]).toEqual([['3'], 5]);
  });

  test('are waited for until none runs or waits, also those that come meanwhile', async () => {
    const { queue, end } = setUp();
    await queue.idle();
    queue.add(['1', '2', '3', '4', '5']);
    let idle = false;
    void queue.idle().then(() => (idle = true));
    for (const name of ['1', '2', '3', '4']) await end(name);
    queue.add(['6']);
    await end('5');
    expect(idle).toBe(false);
    await end('6');
    expect(idle).toBe(true);
  });

  test('that are killed end, and none is started after them', async () => {
    const { queue, running, killed, end } = setUp();
    queue.add(['1', '2', '3', '4', '5']);
    await end('2');
    queue.kill();
    queue.add(['6']);
    expect(killed).toEqual(['1', '3', '4', '5']);
    for (const name of killed) await end(name);
    await queue.idle();
    expect(running()).toEqual([]);
  });
});
