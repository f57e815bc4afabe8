import { startSimulator } from '../source/simulator/simulator.ts';
import { startCliptop } from './program.ts';
import { median, type Line } from './report.ts';
import { idsOf, movingScenario } from './scenes.ts';
import { gridOf, segmentDiff, type Grid } from './segment-diff.ts';
import { sleep } from './terminal.ts';

/** Lines of the terminal; the table then has 36 rows. */
const rows = 41;
const visible = 36;
const polls = 6;

/**
 * The bytes that each poll sends to the terminal when `running` of 36 visible tasks change, against a segment diff of the
 * same two screens. `frames` are the screens after each poll.
 */
export async function bytesOfPolls(running: number, budget: number): Promise<{ line: Line; frames: readonly Grid[] }> {
  let round = 0;
  const scenario = movingScenario(running, visible - running, () => round);
  const simulator = await startSimulator({ scenario });
  const terminal = startCliptop(['-n', '1', ...idsOf(scenario)], { rows, simulator });
  const poll = async () => {
    const before = simulator.requests.length;
    while (simulator.requests.length === before) await sleep(20);
    // Wait until the answer is drawn. The next request comes about 600 ms later.
    await sleep(400);
  };
  await poll();
  await poll();
  const frames = [gridOf(terminal.screen)];
  const sent: number[] = [];
  const reference: number[] = [];
  for (let count = 0; count < polls; count++) {
    round++;
    const from = performance.now();
    await poll();
    const after = gridOf(terminal.screen);
    sent.push(terminal.bytesBetween(from, performance.now()));
    reference.push(Buffer.byteLength(segmentDiff(frames.at(-1) ?? [], after)));
    frames.push(after);
  }
  await terminal.kill();
  await simulator.close();
  const line = {
    what: `bytes of a poll, ${running} of ${visible} rows change`,
    measured: `${median(sent)} B`,
    reference: `segment diff: ${median(reference)} B`,
    ratio: sum(sent) / sum(reference),
    budget,
  };
  return { line, frames };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
