import { readdirSync, readFileSync } from 'node:fs';
import { startSimulator } from '../source/simulator/simulator.ts';
import { startCliptop } from './program.ts';
import type { Line } from './report.ts';
import { endlessScenario, idsOf } from './scenes.ts';
import { gridOf, textOf } from './segment-diff.ts';
import { sleep, Terminal } from './terminal.ts';

const warmUp = 20_000;
const watched = 30_000;
/** How long after a question its answer is on the screen at the latest. */
const drawn = 1_000;

/** Milliseconds of CPU a process and all its threads have had. Linux only. */
function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const spent = threads.map(thread => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      return 0; // The thread ended meanwhile.
    }
  });
  return spent.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
}

async function percentOfCore(pid: number): Promise<number> {
  const [cpu, from] = [cpuOf(pid), performance.now()];
  await sleep(watched);
  return (100 * (cpuOf(pid) - cpu)) / (performance.now() - from);
}

/** 50 tasks at the usual interval: what it costs, and that the terminal is left alone between the polls. */
export async function steady(): Promise<readonly Line[]> {
  const scenario = endlessScenario(50);
  const simulator = await startSimulator({ scenario });
  const terminal = startCliptop(['-n', '1', ...idsOf(scenario)], { simulator });
  await sleep(warmUp);
  // The code is warm; now the usual interval.
  for (let press = 0; press < 8 && !textOf(gridOf(terminal.screen)).includes('every 5s'); press++) {
    terminal.send('+');
    await sleep(700);
  }
  // The message about it goes with a key; the poll after that is the first one counted.
  terminal.send('\u001b');
  await sleep(6_000);
  const from = performance.now();
  const questions = simulator.requests.length;
  const clock = Date.now() - from;
  const percent = await percentOfCore(terminal.pid);
  const to = performance.now();
  const asked = simulator.requests.slice(questions).map(({ at }) => at - clock);
  const quiet = terminal.chunks.filter(
    ({ at }) => at > from + drawn && at < to && !asked.some(question => at >= question && at < question + drawn),
  );
  const between = quiet.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  await terminal.kill();
  await simulator.close();
  const rounds = Math.round((to - from) / 5_000);
  return [
    {
      what: 'bytes between polls',
      measured: `${between} B`,
      reference: 'nothing',
      ratio: between,
      budget: 0,
    },
    {
      what: 'CPU, 50 tasks every 5 s',
      measured: `${percent.toFixed(2)} %`,
      reference: '1 % of a core',
      ratio: percent,
      budget: 0.5,
    },
    {
      what: 'requests, 50 open tasks',
      measured: `${asked.length}`,
      reference: `rounds in ${watched / 1000} s: ${rounds}`,
      // Where the window begins within a round is chance.
      ratio: Math.max(0, asked.length - 1) / rounds,
      budget: 1,
    },
  ];
}

/** The same of htop, where it is installed: a mere comparison. */
export async function htopSteady(): Promise<readonly Line[]> {
  const htop = new Terminal('htop', ['-d', '50'], { env: { HTOPRC: '/dev/null' } });
  const gone = await Promise.race([htop.ended, sleep(warmUp + 6_000).then(() => null)]);
  if (gone !== null) return [];
  const from = performance.now();
  const percent = await percentOfCore(htop.pid);
  const bytes = htop.bytesBetween(from, performance.now());
  await htop.kill();
  return [
    {
      what: '  htop every 5 s',
      measured: `${percent.toFixed(2)} %`,
      reference: `${Math.round((bytes * 5_000) / watched)} B an update`,
    },
  ];
}
