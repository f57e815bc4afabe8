import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator } from '../source/simulator/simulator.ts';
import { buildFastCliptop } from './fast-cliptop.ts';
import { startCliptop } from './program.ts';
import type { Line } from './report.ts';
import { endlessScenario, idsOf } from './scenes.ts';
import { cpuOf } from './steady.ts';
import { sleep, Terminal } from './terminal.ts';

const minute = 60_000;
const polls = 10_000;
/** Milliseconds for them; twice what they take on a quiet machine. */
const patience = 300_000;

/** Megabytes that the operating system counts for a process. Linux only. */
export const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'NaN') / 1024;

/** A bare node that has fetched one small page, as small as a program can be that asks an API. */
async function bareNode(): Promise<number> {
  const server = createServer((_, response) => response.end('{}'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const program = `fetch('http://127.0.0.1:${port}').then(reply => reply.text()); setInterval(() => {}, 1000)`;
  const terminal = new Terminal(process.execPath, ['-e', program]);
  await sleep(3_000);
  const megabytes = residentOf(terminal.pid);
  await terminal.kill();
  server.close();
  return megabytes;
}

/** A program that is there for comparison, after as long; nothing where it is not installed. */
async function other(file: string, args: readonly string[]): Promise<readonly Line[]> {
  const terminal = new Terminal(file, args, { env: { HTOPRC: '/dev/null' } });
  const gone = await Promise.race([terminal.ended, sleep(minute).then(() => null)]);
  if (gone !== null) return [];
  const [megabytes, cpu] = [residentOf(terminal.pid), cpuOf(terminal.pid)];
  await terminal.kill();
  const measured = `${megabytes.toFixed(0)} MB`;
  return [{ what: `  ${file} every second`, measured, reference: `${(cpu / 60).toFixed(2)} ms CPU a second` }];
}

/** 50 tasks asked about every second: what the system counts after a minute. */
async function afterMinute(): Promise<number> {
  const scenario = endlessScenario(50);
  const simulator = await startSimulator({ scenario });
  const terminal = startCliptop(['-n', '1', ...idsOf(scenario)], { simulator });
  await sleep(minute);
  const megabytes = residentOf(terminal.pid);
  await terminal.kill();
  await simulator.close();
  return megabytes;
}

type Long = { readonly early: number; readonly late: number; readonly cpu: number; readonly asked: number };

/** The same program with a clock that makes three hours of such polls into three minutes: after 60 polls, and after all. */
async function afterManyPolls(): Promise<Long> {
  const scenario = endlessScenario(50);
  const simulator = await startSimulator({ scenario });
  const program = await buildFastCliptop();
  const terminal = startCliptop(['-n', '1', ...idsOf(scenario)], { simulator, program });
  const end = performance.now() + patience;
  const asks = async (count: number, pause: number) => {
    while (simulator.requests.length < count && performance.now() < end) await sleep(pause);
  };
  await asks(minute / 1000, 10);
  const early = residentOf(terminal.pid);
  await asks(polls, 500);
  const asked = simulator.requests.length;
  const [late, cpu] = [residentOf(terminal.pid), cpuOf(terminal.pid) / asked];
  await terminal.kill();
  await simulator.close();
  return { early, late, cpu, asked };
}

/** Resident memory beside that of a bare node, and of the programs that people leave running. */
export async function resident(): Promise<readonly Line[]> {
  const [bare, first, many, htop, watch] = await Promise.all([
    bareNode(),
    afterMinute(),
    afterManyPolls(),
    other('htop', ['-d', '10']),
    other('watch', ['-n1', 'true']),
  ]);
  return [
    {
      what: 'resident memory, 50 tasks every second',
      measured: `${first.toFixed(0)} MB`,
      reference: `node -e, one fetch: ${bare.toFixed(0)} MB`,
      ratio: first / bare,
      budget: 2,
    },
    {
      what: `  after ${many.asked} polls, ${many.cpu.toFixed(1)} ms CPU each`,
      measured: `${many.late.toFixed(0)} MB`,
      reference: `after the 60 of a minute: ${many.early.toFixed(0)} MB`,
      ratio: many.late / many.early,
      budget: 1.05,
    },
    ...htop,
    ...watch,
  ];
}
