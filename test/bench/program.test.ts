import { expect, test } from 'vitest';
import { servers, type Server } from '../../bench/pacing/server.ts';
import { simulate } from '../../bench/pacing/simulate.ts';
import { traces, type Draw } from '../../bench/pacing/traces.ts';
import { defaultTargetDelay } from '../../source/poll/pacing.ts';
import { isFinal } from '../../source/task/task.ts';
import { running } from '../poll/vendor.ts';
import { watching } from '../poll/watching.ts';

/** What the program needs over one draw of a trace, counted as the simulation counts it. */
async function live({ spells, warmUp }: Draw, { period }: Server) {
  const all = watching({ interval: 'auto' });
  const visible = new Map<string, number>();
  const delays: number[] = [];
  all.store.subscribe(({ tasks }) => {
    for (const { id, status } of tasks) {
      const at = visible.get(id);
      if (at === undefined || !isFinal(status)) continue;
      delays.push(all.clock.wall() - at);
      visible.delete(id);
    }
  });
  all.start();
  let requests = 0;
  for (const [index, spell] of spells.entries()) {
    await all.clock.advance(400_000 + ((index * 7919) % 60_000));
    const before = all.vendor.asks.length;
    const seen = delays.length;
    for (const [place, { at, took }] of spell.entries()) {
      const id = `task_${index}_${place}`;
      all.clock.after(at, () => {
        const begun = all.clock.wall();
        const end = begun + took;
        const shown = period === null ? end : Math.ceil(end / period) * period;
        visible.set(id, shown);
        const about = (updatedAt: number) => ({ action: 'music', submittedAt: begun, updatedAt: updatedAt + 1300 });
        all.vendor.know([id], about(begun - 1300));
        const update = () => {
          const now = all.clock.wall();
          const ended = now > shown - 1 ? ({ status: 'succeeded', finishedAt: end } as const) : {};
          all.vendor.tasks.set(id, running(id, { ...about(now), ...ended }));
          if (now <= shown - 1 && period !== null) all.clock.after(period, update);
        };
        if (period !== null) all.clock.after(period - (begun % period), update);
        else all.clock.after(took, update);
      });
    }
    for (const [at, group] of Map.groupBy(spell.keys(), place => spell[place]?.at ?? 0)) {
      all.clock.after(at, () => all.add(group.map(place => `task_${index}_${place}`)));
    }
    await all.clock.advance(spell.reduce((latest, { at, took }) => Math.max(latest, at + took), 0) + 20_000);
    if (index >= warmUp) requests += all.vendor.asks.length - before;
    else delays.length = seen;
  }
  return { requests, delay: delays.reduce((sum, each) => sum + each, 0) / delays.length };
}

test.each([
  ['producer 20–50 s, 4 together', 'at once'],
  ['producer 20–50 s, 4 together', 'each 15 s'],
  ['suno 60–300 s, 40 together', 'at once'],
  ['suno 60–300 s, 40 together', 'each 15 s'],
])('the program needs for %s, told %s, what the simulation does', async (name, told) => {
  const trace = traces.find(each => each.name === name);
  const server = servers.find(each => each.name === told);
  const draw = trace?.draws[0];
  if (trace === undefined || draw === undefined || server === undefined) throw new Error('no such trace');
  const expected = simulate({ ...trace, draws: [draw] }, server, { targetDelay: defaultTargetDelay });
  const { requests, delay } = await live(draw, server);
  expect([requests / expected.requests, Math.abs(delay - expected.delay)]).toEqual([
    expect.toSatisfy((ratio: number) => ratio > 0.9 && ratio < 1.1),
    expect.toSatisfy((difference: number) => difference < 400),
  ]);
});
