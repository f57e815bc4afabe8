import { runBundled, watchingFlags } from '../test/soak/run-bundled.ts';
import type { Line } from './report.ts';

/** CPU time to merge 200 batches with 10,000 changed tasks and draw one frame, against a fixed 60 ms. */
export async function fullRound(): Promise<readonly Line[]> {
  const { merges, frames } = (await runBundled('bench/round.ts', [], watchingFlags)) as {
    merges: number[];
    frames: number[];
  };
  // The minimum of the rounds: the others were slowed by other processes.
  const [merge, frame] = [Math.min(...merges), Math.min(...frames)];
  return [
    {
      what: 'a round of 10,000 changed tasks, one frame',
      measured: `${(merge + frame).toFixed(1)} ms CPU`,
      reference: '60 ms',
      ratio: (merge + frame) / 60,
      budget: 1,
    },
    {
      what: '  of it the frame, with the batch it shows',
      measured: `${frame.toFixed(2)} ms CPU`,
      reference: '200 in a round',
    },
  ];
}

type Day = { readonly heaps: readonly number[]; readonly requests: number; readonly mostInFlight: number };

/** Memory and requests of 24 simulated hours in which every poll changes every row. */
export async function day(): Promise<readonly Line[]> {
  const interval = 15_000;
  const settings = [String(interval), '36', '500'];
  const { heaps, requests, mostInFlight } = (await runBundled('test/soak/day.ts', settings, watchingFlags)) as Day;
  const [, second = Number.NaN] = heaps;
  const last = heaps.at(-1) ?? Number.NaN;
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;
  const polls = (24 * 3_600_000) / interval + 500;
  return [
    {
      what: 'heap of the last of 24 simulated hours',
      measured: megabytes(last),
      reference: `second hour: ${megabytes(second)}`,
      ratio: last / second,
      budget: 1.05,
    },
    {
      what: `requests of that day, ${mostInFlight} at a time`,
      measured: String(requests),
      reference: `rounds: ${polls}`,
      // One less, because the first round begins at once and not after an interval.
      ratio: (requests - 1) / polls,
      budget: 1,
    },
  ];
}
