// A program of its own, run with --expose-gc: 24 simulated hours, and the heap in each of them.
import { movingScenario } from '../../bench/scenes.ts';
import { createWorld } from './world.ts';

const [interval = 5_000, tasks = 36, warmUp = 0, samples = 6] = process.argv.slice(2).map(Number);
const hour = 3_600_000;

const gc = (globalThis as { gc?: () => void }).gc;
if (gc === undefined) throw new Error('run me with --expose-gc');

let round = 0;
const scenario = movingScenario(tasks, 0, () => round);
// A word never seen before in each row of each poll: whatever keeps texts has to let them go.
const restless = scenario.tasks.map(task => ({
  ...task,
  rewrite: (record: object) => ({ ...record, action: `take${round}` }),
}));
const world = createWorld({ tasks: restless }, interval);
world.poller.start();
// Caches that hold so much and no more are full, and the code is compiled, before the day begins.
for (; round < warmUp; round++) await world.pass(interval);
const heaps: number[] = [];
for (let at = 0; at < 24; at++) {
  let least = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < samples; sample++) {
    const end = world.clock.now + hour / samples;
    while (world.clock.now < end) {
      round++;
      await world.pass(Math.min(interval, end - world.clock.now));
    }
    gc();
    least = Math.min(least, process.memoryUsage().heapUsed);
  }
  heaps.push(least);
}
const { requests, renders, mostInFlight } = world.count;
const { bytes } = world.screen;
await world.close();
process.stdout.write(
  `${JSON.stringify({ heaps, requests, renders, mostInFlight, bytes, timers: world.clock.pending })}\n`,
);
process.exit();
