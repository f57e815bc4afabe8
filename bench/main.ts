// Measures every budget as a ratio to a reference of the same run, because a busy machine slows both alike. Needs the
// built program (npm run bench builds it), and Linux for the CPU time and memory of other processes.
import { bytesOfPolls } from './bytes.ts';
import { watchBytes } from './comparisons.ts';
import { day, fullRound } from './many.ts';
import { memory } from './memory.ts';
import { studyAll } from './pacing/apart.ts';
import { calibrationLine } from './pacing/calibration.ts';
import { pacingLines, pacingTable } from './pacing/rows.ts';
import { isOver, table, type Line } from './report.ts';
import { resident } from './resident.ts';
import { startUp } from './start-up.ts';
import { htopSteady, steady } from './steady.ts';

const timeout = setTimeout(() => {
  process.stderr.write('the bench hangs\n');
  process.exit(1);
}, 600_000);

const tell = (text: string) => process.stderr.write(`${text}\n`);

tell('start-up …');
const started = await startUp();

tell('bytes …');
const [one, five, all] = await Promise.all([bytesOfPolls(1, 3), bytesOfPolls(5, 2), bytesOfPolls(36, 1.2)]);
const watched = await watchBytes(all.frames);

tell('10,000 tasks …');
const round = await fullRound();

tell('steady watching, memory and a day, side by side: over a minute …');
const [steadyLines, htop, large, simulated] = await Promise.all([steady(), htopSteady(), memory(), day()]);

tell('resident memory over 10,000 polls: three minutes …');
const held = await resident();

tell('pacing, simulated: one to two minutes …');
const pacingTraces = await studyAll('measure');
const pacing = [...pacingLines(pacingTraces), calibrationLine(await studyAll('calibrate'))];

const [silence, ...otherSteadyLines] = steadyLines;
const lines: readonly Line[] = [
  ...(silence === undefined ? [] : [silence]),
  ...[one, five, all].map(({ line }) => line),
  ...watched,
  ...started,
  ...otherSteadyLines,
  ...htop,
  ...held,
  ...round,
  ...large,
  ...simulated,
  ...pacing,
];
clearTimeout(timeout);
process.stdout.write(`${table(lines)}\n\n${pacingTable(pacingTraces)}\n`);
process.exit(lines.some(isOver) ? 1 : 0);
