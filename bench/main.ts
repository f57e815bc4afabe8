// Every budget of the design, measured as a ratio within this run: a busy machine slows what is measured and what it is
// held against alike. Needs the built program (npm run bench builds it) and Linux for the CPU and memory of others.
import { bytesOfPolls } from './bytes.ts';
import { watchBytes } from './comparisons.ts';
import { day, fullRound } from './many.ts';
import { memory } from './memory.ts';
import { isOver, table, type Line } from './report.ts';
import { startUp } from './start-up.ts';
import { htopSteady, steady } from './steady.ts';

const patience = setTimeout(() => {
  process.stderr.write('the bench hangs\n');
  process.exit(1);
}, 240_000);

const tell = (text: string) => process.stderr.write(`${text}\n`);

tell('start-up …');
const started = await startUp();

tell('bytes …');
const [one, five, all] = await Promise.all([bytesOfPolls(1, 3), bytesOfPolls(5, 2), bytesOfPolls(36, 1.2)]);
const watched = await watchBytes(all.frames);

tell('10,000 tasks …');
const round = await fullRound();

tell('steady watching, memory and a day, side by side: over a minute …');
const [calm, htop, large, simulated] = await Promise.all([steady(), htopSteady(), memory(), day()]);

const [silence, ...calmer] = calm;
const lines: readonly Line[] = [
  ...(silence === undefined ? [] : [silence]),
  ...[one, five, all].map(({ line }) => line),
  ...watched,
  ...started,
  ...calmer,
  ...htop,
  ...round,
  ...large,
  ...simulated,
];
clearTimeout(patience);
process.stdout.write(`${table(lines)}\n`);
process.exit(lines.some(isOver) ? 1 : 0);
