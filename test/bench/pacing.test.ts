import { describe, expect, it } from 'vitest';
import { measure } from '../../bench/pacing/measure.ts';
import { pacingTable, type Row } from '../../bench/pacing/rows.ts';
import { servers } from '../../bench/pacing/server.ts';
import { traces } from '../../bench/pacing/traces.ts';

function row(name: string, server: string): Row {
  const trace = traces.find(each => each.name === name);
  const kind = servers.find(each => each.name === server);
  if (trace === undefined || kind === undefined) throw new Error(`no trace ${name}, ${server}`);
  return { trace, server: kind, ...measure({ ...trace, draws: trace.draws.slice(0, 3) }, kind) };
}

describe('pacing, simulated', () => {
  it.each(['producer 20–50 s, 4 together', 'producer 20–50 s, 40 together', 'suno 60–300 s, 40 together'])(
    'asks less than every 5 s for %s, and knows sooner',
    name => {
      const { auto, fixed5, bound } = row(name, 'at once');
      expect(auto.requests).toBeLessThan(0.95 * fixed5.requests);
      expect(auto.delay).toBeLessThan(fixed5.delay);
      expect(auto.requests).toBeLessThan(1.15 * bound);
      expect(auto.worst).toBeLessThanOrEqual(15_000);
    },
  );

  it.each(['suno 60–300 s, 4 together', 'suno 60–300 s, 40 together'])(
    'asks once for each update of a server that has a rhythm, for %s',
    name => {
      const { auto, fixed5, bound } = row(name, 'each 15 s');
      expect(auto.requests).toBeLessThan(0.4 * fixed5.requests);
      expect(auto.requests).toBeLessThan(1.03 * bound);
      expect(auto.delay).toBeLessThan(0.4 * fixed5.delay);
    },
  );

  it('gives the same numbers each time', () => {
    const twice = [0, 1].map(() => pacingTable([row('producer 20–50 s, 40 together', 'each 15 s')]));
    expect(twice[0]).toBe(twice[1]);
  });
});
