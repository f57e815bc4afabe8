import { cli, environment, frameEnd } from './program.ts';
import { median, type Line } from './report.ts';
import { Terminal } from './terminal.ts';

const spawns = 15;
const task = 'task_JKo9VFzQc9YU36VN57sq6TCHUZaN6IT4';

/** Milliseconds from the start of a program to its end, or until its first frame is complete. */
async function time(args: readonly string[], until: 'end' | 'frame'): Promise<number> {
  const terminal = new Terminal(process.execPath, args, { env: environment() });
  if (until === 'end') {
    await terminal.ended;
    return performance.now() - terminal.startedAt;
  }
  const took = await terminal.written(frameEnd);
  terminal.send('Q');
  await terminal.ended;
  return took;
}

/** Start-up against an empty program of the same Node. The programs take turns, so that a busy machine slows all alike. */
export async function startUp(): Promise<readonly Line[]> {
  const programs = [
    { what: 'node -e 0', args: ['-e', '0'], until: 'end' },
    { what: 'first frame', args: [cli, '--no-save', task], until: 'frame', budget: 6 },
    { what: '--version', args: [cli, '--version'], until: 'end', budget: 2 },
    { what: '--help', args: [cli, '--help'], until: 'end', budget: 2 },
  ] as const;
  const times = new Map<string, number[]>(programs.map(({ what }) => [what, []]));
  for (let round = -1; round < spawns; round++) {
    for (const { what, args, until } of programs) {
      const took = await time(args, until);
      // The first round fills Node's compile cache and is not counted.
      if (round >= 0) times.get(what)?.push(took);
    }
  }
  const [base = 0, ...others] = programs.map(({ what }) => median(times.get(what) ?? []));
  return others.map((took, index) => ({
    what: programs[index + 1]?.what ?? '',
    measured: `${took.toFixed(0)} ms`,
    reference: `node -e 0: ${base.toFixed(0)} ms`,
    ratio: took / base,
    budget: [6, 2, 2][index] ?? 0,
  }));
}
