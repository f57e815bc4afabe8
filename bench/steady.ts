import { readdirSync, readFileSync } from 'node:fs';
import { startSimulator } from '../source/simulator/simulator.ts';
import { startCliptop } from './program.ts';
import type { Line } from './report.ts';
import { endlessScenario, idsOf } from './scenes.ts';
import { gridOf, textOf } from './segment-diff.ts';
import { sleep, Terminal } from './terminal.ts';

/** Milliseconds. */
const warmUp = 20_000;
const watched = 30_000;
/** Milliseconds from a request until its answer is drawn, at most. */
const drawn = 1_000;

/** Milliseconds of CPU time that all threads of a process have used. Linux only. */
export function cpuOf(pid: number): number {
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

/** The CPU time of a process over the next `watched` milliseconds, in percent of one core. */
async function percentOfCore(pid: number): Promise<number> {
  const [cpu, from] = [cpuOf(pid), performance.now()];
  await sleep(watched);
  return (100 * (cpuOf(pid) - cpu)) / (performance.now() - from);
}

/** 50 tasks at an interval of 5 s: CPU, requests, and bytes sent to the terminal between the polls. */
export async function steady(): Promise<readonly Line[]> {
  const scenario = endlessScenario(50);
  const simulator = await startSimulator({ scenario });
  const terminal = startCliptop(['-n', '1', ...idsOf(scenario)], { simulator });
  await sleep(warmUp);
  // The code is compiled: lengthen the interval from 1 s to 5 s.
  for (let press = 0; press < 8 && !textOf(gridOf(terminal.screen)).includes('every 5s'); press++) {
    terminal.send('+');
    await sleep(700);
  }
  // Esc dismisses the flash about the interval. Counting starts after the next poll.
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
      // The measured time may begin at any point of a round, so that one request more is possible.
      ratio: Math.max(0, asked.length - 1) / rounds,
      budget: 1,
    },
  ];
}

/** CPU and bytes of htop, where it is installed. For comparison only. */
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
