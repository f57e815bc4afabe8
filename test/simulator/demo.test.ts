import { describe, expect, test } from 'vitest';
import { demoScenario } from '../../source/simulator/demo.ts';
import { itemsOf, rowsOf, start } from './start.ts';

describe('the demo', () => {
  const { tasks } = demoScenario;
  const ends = tasks.map(task => task.endsAfter).sort((one, other) => one - other);

  test('ends one by one, the first after 6 s and the last before 40 s', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(12);
    expect(ends[0]).toBe(6_000);
    expect(ends.at(-1)).toBe(34_000);
    const gaps = ends.slice(1).map((end, index) => end - (ends[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
  });

  test('uses ids in the form of each dialect, without repetition', () => {
    expect(new Set(tasks.map(task => task.id)).size).toBe(tasks.length);
    for (const task of tasks) {
      expect(task.id).toMatch(
        task.dialect === 'fetch'
          ? /^task_[0-9A-Za-z]{32}$/
          : /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });

  test('starts at the first request, and runs to its end over HTTP, with a file for every clip', async () => {
    const { simulator, clock } = await start(demoScenario);
    clock.now += 3_600_000;
    const ask = async () => {
      const ids = (dialect: string, service: string) =>
        simulator.ids.filter(watched => watched.dialect === dialect && watched.service === service).map(({ id }) => id);
      const { items } = await itemsOf(simulator, ids('tasks', 'producer'), { limit: 50 });
      const rows = await rowsOf(simulator, ids('fetch', 'producer'));
      const songs = await rowsOf(simulator, ids('fetch', 'suno'), 'suno');
      return { items, rows: [...(rows ?? []), ...(songs ?? [])] };
    };
    const first = await ask();
    expect(first.items.length + first.rows.length).toBe(simulator.ids.length);
    expect(first.rows.map(row => row.status)).not.toContain('SUCCESS');
    clock.now += 40_000;
    const last = await ask();
    expect(last.items.every(item => item.finished_at)).toBe(true);
    const statuses = last.rows.map(row => row.status).sort();
    expect(statuses.slice(0, 2)).toEqual(['FAILURE', 'SUCCESS']);
    const urls = JSON.stringify(last).match(/http:\/\/127[^"]+/g) ?? [];
    expect(urls.length).toBeGreaterThan(15);
    for (const url of new Set(urls)) expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });
});
