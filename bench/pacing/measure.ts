import { defaultTargetDelay } from '../../source/poll/pacing.ts';
import { rhythmBound } from './bound-rhythm.ts';
import { boundOf } from './bound.ts';
import type { Server } from './server.ts';
import { simulate, type Result } from './simulate.ts';
import type { Trace } from './traces.ts';

/** Every policy over one trace. */
export type Measured = {
  readonly auto: Result;
  readonly fixed5: Result;
  readonly fixed15: Result;
  /** The fewest requests for the mean delay of `auto`, or of those that ask after each update of the server. */
  readonly bound: number;
  /** The fewest for the mean delay of every 5 s; null but for up to four tasks on a server that tells at once. */
  readonly boundAtFixed5: number | null;
};

export function measure(trace: Trace, { name, period }: Server): Measured {
  const run = (policy: Parameters<typeof simulate>[2]) => simulate(trace, { name, period }, policy);
  const auto = run({ targetDelay: defaultTargetDelay });
  const fixed5 = run({ every: 5000 });
  const isFew = period === null && trace.together !== null && trace.together <= 4;
  return {
    auto,
    fixed5,
    fixed15: run({ every: 15_000 }),
    bound: period === null ? boundOf(trace, auto.delay) : rhythmBound(trace, { name, period }),
    boundAtFixed5: isFew ? boundOf(trace, fixed5.delay) : null,
  };
}
