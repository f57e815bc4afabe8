import type { Line } from '../report.ts';
import type { Pair } from './apart.ts';
import type { Measured } from './measure.ts';

export type Row = Pair & Measured;

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);
const share = (part: number, whole: number): string => (part / whole).toFixed(2);

/** The rows as a Markdown table. */
export function pacingTable(rows: readonly Row[]): string {
  const columns: readonly (readonly [string, (row: Row) => string])[] = [
    ['requests, `auto`', ({ auto }) => auto.requests.toFixed(0)],
    ['to every 5 s', ({ auto, fixed5 }) => share(auto.requests, fixed5.requests)],
    ['bound, to every 5 s', ({ bound, fixed5 }) => share(bound, fixed5.requests)],
    [
      'at its delay',
      ({ boundAtFixed5, fixed5 }) => (boundAtFixed5 === null ? '' : share(boundAtFixed5, fixed5.requests)),
    ],
    ['`auto`, to the bound', ({ auto, bound }) => share(auto.requests, bound)],
    ['to every 15 s', ({ auto, fixed15 }) => share(auto.requests, fixed15.requests)],
    ['delay, `auto`', ({ auto }) => seconds(auto.delay)],
    ['every 5 s', ({ fixed5 }) => seconds(fixed5.delay)],
    ['every 15 s', ({ fixed15 }) => seconds(fixed15.delay)],
    ['longest, `auto`', ({ auto }) => (auto.worst / 1000).toFixed(1)],
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['tasks', 'server', ...columns.map(([name]) => name)]),
    line(['---', '---', ...columns.map(() => '--:')]),
    ...rows.map(row => line([row.trace.name, row.server.name, ...columns.map(([, of]) => of(row))])),
  ].join('\n');
}

/** What the bench holds, each in the trace where it is nearest to its budget. */
export function pacingLines(rows: readonly Row[]): readonly Line[] {
  const atOnce = rows.filter(({ server }) => server.period === null);
  const rhythmic = rows.filter(({ server }) => server.period !== null);
  const worst = (what: string, group: readonly Row[], of: (row: Row) => [number, number], budget: number): Line => {
    const all = group.map(of).map(([measured, reference]) => ({ measured, reference, ratio: measured / reference }));
    const most = all.toSorted((a, b) => b.ratio - a.ratio)[0] ?? { measured: NaN, reference: NaN, ratio: NaN };
    return { what, ...most, measured: most.measured.toFixed(0), reference: most.reference.toFixed(0), budget };
  };
  const requests = ({ auto, fixed5 }: Row): [number, number] => [auto.requests, fixed5.requests];
  const delays = ({ auto, fixed5 }: Row): [number, number] => [auto.delay, fixed5.delay];
  const bounds = ({ auto, bound }: Row): [number, number] => [auto.requests, bound];
  return [
    worst('pacing, server that tells at once: requests to every 5 s, at most', atOnce, requests, 1),
    worst('pacing, server that tells at once: mean delay, ms, at most', atOnce, delays, 1),
    worst('pacing, server that tells at once: requests to the bound, at most', atOnce, bounds, 1.15),
    worst('pacing, server that updates each 15 s: requests, at most', rhythmic, requests, 0.46),
    worst('pacing, server that updates each 15 s: requests to the bound, at most', rhythmic, bounds, 1.08),
    worst('pacing, server that updates each 15 s: mean delay, at most', rhythmic, delays, 0.4),
  ];
}
