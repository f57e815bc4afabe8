import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  doubtAfter,
  nextUpdate,
  noUpdates,
  rhythmOf,
  withReply,
  type UpdateTimes,
} from '../../source/poll/update-phase.ts';

/** Asks a relay that updates its rows each `period`, the first time at `phase`; its clock is ahead by `skew`. */
function askAt(
  updates: UpdateTimes,
  now: number,
  { period = 15_000, phase = 0, skew = 0 }: { period?: number; phase?: number; skew?: number },
): UpdateTimes {
  const last = Math.floor((now - phase) / period) * period + phase;
  const stamp = Math.floor((last + skew) / 1000) * 1000;
  return withReply(updates, { stamps: [stamp], asked: now, answered: now });
}

const everyFiveSeconds = (relay: Parameters<typeof askAt>[2], until: number, from = 1_000_000): UpdateTimes => {
  let updates = noUpdates;
  for (let now = from; now <= from + until; now += 5000) updates = askAt(updates, now, relay);
  return updates;
};

describe('the rhythm of a relay', () => {
  it('is known after six updates, not before', () => {
    expect(rhythmOf(everyFiveSeconds({ phase: 3200 }, 60_000))).toBeNull();
    expect(rhythmOf(everyFiveSeconds({ phase: 3200 }, 120_000))?.period).toBe(15_000);
  });

  it('is then asked about just after each update, whatever its phase and the clock of the relay', () => {
    const anyRelay = fc.record({
      phase: fc.integer({ min: 0, max: 14_999 }),
      skew: fc.integer({ min: -3_600_000, max: 3_600_000 }),
    });
    fc.assert(
      fc.property(anyRelay, relay => {
        let updates = everyFiveSeconds(relay, 120_000);
        const delays: number[] = [];
        for (let turn = 0; turn < 40; turn++) {
          const rhythm = rhythmOf(updates);
          if (rhythm === null) throw new Error('the rhythm was lost');
          const now = nextUpdate(updates, rhythm, 1000);
          expect(now - (updates.lastAsked ?? 0)).toBeGreaterThanOrEqual(1000);
          updates = askAt(updates, now, relay);
          delays.push((((now - relay.phase) % 15_000) + 15_000) % 15_000);
        }
        // Now and then it asks too early, to learn the moment more exactly, and then once more.
        const late = delays.slice(-20).filter(delay => delay > 1500);
        expect(late.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('leaves out no update because a request came just before it', () => {
    const relay = { phase: 3200 };
    const updates = askAt(everyFiveSeconds(relay, 150_000), 1_157_900, relay);
    const rhythm = rhythmOf(updates);
    expect(rhythm === null ? null : nextUpdate(updates, rhythm, 1000)).toBeLessThan(1_161_000);
  });

  it('is not seen in updates that come at any time', () => {
    const known = fc
      .sample(fc.array(fc.integer({ min: 2, max: 25 }), { minLength: 10, maxLength: 10 }), {
        numRuns: 300,
        seed: 1,
      })
      .filter(steps => {
        let [updates, now]: [UpdateTimes, number] = [noUpdates, 0];
        for (const step of steps) {
          now += step * 1000;
          updates = withReply(updates, { stamps: [now], asked: now, answered: now });
        }
        return rhythmOf(updates) !== null;
      });
    expect(known.length).toBeLessThan(3);
  });

  it('is not seen in rows that are written all the time, and asked about every 15 seconds', () => {
    let updates = noUpdates;
    let doubts = 0;
    for (let now = 1_000_000; now < 1_600_000;) {
      updates = withReply(updates, { stamps: [now - (now % 1000)], asked: now, answered: now });
      expect(rhythmOf(updates)).toBeNull();
      const doubt = doubtAfter(updates);
      if (doubt !== null) doubts++;
      now += doubt ?? 15_000;
    }
    expect(doubts).toBeGreaterThan(0);
    expect(doubts).toBeLessThanOrEqual(5);
  });

  it('that is only seen in its own rhythm is made sure of by a request halfway', () => {
    let updates = noUpdates;
    let now = 1_020_000;
    for (let turn = 0; turn < 8; turn++, now += 15_000) updates = askAt(updates, now, { phase: 3200 });
    expect(rhythmOf(updates)).toBeNull();
    updates = askAt(updates, now - 15_000 + (doubtAfter(updates) ?? 0), { phase: 3200 });
    // An update came in between: once more.
    expect(rhythmOf(updates)).toBeNull();
    updates = askAt(updates, (updates.lastAsked ?? 0) + (doubtAfter(updates) ?? 0), { phase: 3200 });
    expect(rhythmOf(updates)?.period).toBe(15_000);
  });

  it('is forgotten when the clock of the relay is set back, and when its updates no longer fit', () => {
    const updates = everyFiveSeconds({ phase: 3200 }, 120_000);
    const back = withReply(updates, { stamps: [500_000], asked: 1_130_000, answered: 1_130_000 });
    expect(rhythmOf(back)).toBeNull();
    const odd = withReply(updates, { stamps: [1_120_000], asked: 1_130_000, answered: 1_130_000 });
    expect(rhythmOf(odd)).toBeNull();
  });
});
