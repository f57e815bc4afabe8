import { pacingLimits } from '../../source/poll/pacing.ts';
import { spellsOf, type Server } from './server.ts';
import type { Trace } from './traces.ts';

/** So late may an update be asked after, milliseconds. */
const tolerance = 1000;

/**
 * The fewest requests, in a draw in the mean, of any policy that asks at each submission, waits no longer than the limit, and
 * asks within a second after each update while something is open: each of them as late as that allows.
 */
export function rhythmBound({ draws }: Trace, server: Server & { readonly period: number }): number {
  let requests = 0;
  for (const draw of draws) {
    for (const tasks of spellsOf(draw, server).slice(draw.warmUp)) {
      let now = Number.NEGATIVE_INFINITY;
      let waiting = tasks;
      let known = now;
      while (waiting.length > 0 || known > now) {
        const update = (Math.floor(now / server.period) + 1) * server.period;
        const latest = known > now ? Math.min(now + pacingLimits.max, update + tolerance) : Infinity;
        now = Math.min(latest, waiting[0]?.at ?? Infinity);
        requests++;
        for (const { at, visibleAt } of waiting) if (at <= now) known = Math.max(known, visibleAt);
        waiting = waiting.filter(({ at }) => at > now);
      }
    }
  }
  return requests / draws.length;
}
