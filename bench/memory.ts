import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../source/simulator/simulator.ts';
import { folder, startCliptop } from './program.ts';
import { median, type Line } from './report.ts';
import { endlessScenario, idsOf } from './scenes.ts';
import { sleep } from './terminal.ts';

const tasks = 10_000;
/** Milliseconds for a round: 200 batches with the gap of the poller's schedule between them. */
const round = 55_000;
/** Milliseconds until V8 has returned memory of a program that has become idle. */
const rest = 20_000;

const megabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'NaN') / 1024;

/** The median of five samples, in MB. */
async function settled(pid: number): Promise<number> {
  const samples: number[] = [];
  for (let sample = 0; sample < 5; sample++) {
    samples.push(megabytes(pid));
    await sleep(400);
  }
  return median(samples);
}

/** The built program with 10,000 tasks, all of them answered, against the same program with one. */
export async function memory(): Promise<readonly Line[]> {
  const scenario = endlessScenario(tasks);
  const simulator = await startSimulator({ scenario });
  const file = join(folder, 'ids');
  writeFileSync(file, idsOf(scenario).join('\n'));
  const empty = startCliptop([], { simulator });
  const full = startCliptop(['--file', file], { simulator });
  await sleep(round);
  for (const terminal of [empty, full]) terminal.send('p');
  await sleep(rest);
  const [emptySize, fullSize] = [await settled(empty.pid), await settled(full.pid)];
  const answered = new Set(simulator.requests.flatMap(({ ids }) => ids)).size;
  await Promise.all([empty.kill(), full.kill()]);
  await simulator.close();
  return [
    {
      what: `memory, ${tasks} tasks (${answered} answered)`,
      measured: `${fullSize.toFixed(0)} MB`,
      reference: `empty cliptop: ${emptySize.toFixed(0)} MB`,
      ratio: fullSize / emptySize,
      budget: 2.5,
    },
  ];
}
