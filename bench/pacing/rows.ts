import { defaultTargetDelay } from '../../source/poll/pacing.ts';
import { tableStep } from '../../source/task/durations.ts';
import type { Line } from '../report.ts';
import { servers, simulate, type Result, type Server } from './simulate.ts';
import { randomFrom, traces, type Kind, type Trace } from './traces.ts';

export type Row = {
  readonly trace: Trace;
  readonly server: Server;
  readonly auto: Result;
  readonly fixed5: Result;
  readonly fixed15: Result;
  /** With the true distribution of durations, aiming at the same delay. */
  readonly informed: Result;
  /** Requests of the informed policy at the mean delay of `auto`; null where the server's rhythm decides and not the durations. */
  readonly bound: number | null;
};

/** The share of tasks that take longer, at every step: from many draws. */
function trueSurvival({ draw }: Kind): Float64Array {
  const random = randomFrom(7);
  const sorted = Array.from({ length: 40_000 }, () => draw(random)).sort((a, b) => a - b);
  let ended = 0;
  return Float64Array.from({ length: 600 }, (_, step) => {
    while ((sorted[ended] ?? Infinity) <= step * tableStep) ended++;
    return 1 - ended / sorted.length;
  });
}

/** Every policy over one trace. */
export function rowOf(trace: Trace, server: Server): Row {
  const auto = simulate(trace, server, { targetDelay: defaultTargetDelay });
  const survival = trueSurvival(trace.kind);
  const aimingAt = (targetDelay: number) => simulate(trace, server, { targetDelay, survival });
  const informed = aimingAt(defaultTargetDelay);
  const second = aimingAt((defaultTargetDelay * auto.delay) / informed.delay);
  const distance = (result: Result) => Math.abs(Math.log(result.delay / auto.delay));
  const nearer = distance(second) < distance(informed) ? second : informed;
  return {
    trace,
    server,
    auto,
    fixed5: simulate(trace, server, { every: 5000 }),
    fixed15: simulate(trace, server, { every: 15_000 }),
    informed,
    // Near one delay the requests fall with its square root.
    bound: server.period !== null ? null : nearer.requests * Math.sqrt(nearer.delay / auto.delay),
  };
}

/** Every policy over every trace. */
export const pacingRows = (): readonly Row[] => traces.flatMap(trace => servers.map(server => rowOf(trace, server)));

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
const share = (part: number, whole: number): string => (part / whole).toFixed(2);

/** The rows as a Markdown table. */
export function pacingTable(rows: readonly Row[]): string {
  const head = [
    '| tasks | server | requests, `auto` | to every 5 s | to every 15 s | to the bound | delay, `auto` | every 5 s | every 15 s | longest, `auto` |',
    '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |',
  ];
  const lines = rows.map(({ trace, server, auto, fixed5, fixed15, bound }) => {
    const cells = [
      trace.name,
      server.name,
      String(auto.requests),
      share(auto.requests, fixed5.requests),
      share(auto.requests, fixed15.requests),
      bound === null ? '' : share(auto.requests, bound),
      ...[auto.delay, fixed5.delay, fixed15.delay, auto.worst].map(time => `${seconds(time)} s`),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...head, ...lines].join('\n');
}

const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);

/** What the bench holds: over all traces of a kind of server, requests and delays against a request every 5 seconds. */
export function pacingLines(rows: readonly Row[]): readonly Line[] {
  const atOnce = rows.filter(({ server }) => server.period === null);
  const rhythmic = rows.filter(({ server }) => server.period !== null);
  const line = (what: string, group: readonly Row[], of: (row: Row) => [number, number], budget: number): Line => {
    const [measured, reference] = [sum(group, row => of(row)[0]), sum(group, row => of(row)[1])];
    return {
      what,
      measured: measured.toFixed(0),
      reference: reference.toFixed(0),
      ratio: measured / reference,
      budget,
    };
  };
  const requests = ({ auto, fixed5 }: Row): [number, number] => [auto.requests, fixed5.requests];
  const delays = ({ auto, fixed5 }: Row): [number, number] => [auto.delay, fixed5.delay];
  return [
    line('pacing, server that tells at once: requests to every 5 s', atOnce, requests, 1),
    line('pacing, server that tells at once: mean delays, ms', atOnce, delays, 1),
    line('pacing, server that updates each 15 s: requests', rhythmic, requests, 0.45),
    line('pacing, server that updates each 15 s: mean delay', rhythmic, delays, 0.4),
  ];
}
