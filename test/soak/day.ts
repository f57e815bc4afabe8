// Runs as a program of its own, with --expose-gc: measures the heap in each of 24 simulated hours.
import { movingScenario } from '../../bench/scenes.ts';
import { createWorld } from './world.ts';

const [interval = 5_000, tasks = 36, warmUp = 0, samples = 6] = process.argv.slice(2).map(Number);
const hour = 3_600_000;

const gc = (globalThis as { gc?: () => void }).gc;
if (gc === undefined) throw new Error('run me with --expose-gc');

let round = 0;
const scenario = movingScenario(tasks, 0, () => round);
// Each row of each poll has a text that has not occurred before: a cache of texts without a limit would grow for ever.
const changingTasks = scenario.tasks.map(task => ({
  ...task,
  rewrite: (record: object) => ({ ...record, action: `take${round}` }),
}));
const world = createWorld({ tasks: changingTasks }, interval);
world.poller.start();
// The warm-up fills caches of limited size, and gets the code compiled.
for (; round < warmUp; round++) await world.pass(interval);
const heaps: number[] = [];
for (let at = 0; at < 24; at++) {
  let min = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < samples; sample++) {
    const end = world.clock.now + hour / samples;
    while (world.clock.now < end) {
      round++;
      await world.pass(Math.min(interval, end - world.clock.now));
    }
    gc();
    min = Math.min(min, process.memoryUsage().heapUsed);
  }
  heaps.push(min);
}
const { requests, renders, mostInFlight } = world.count;
const { bytes } = world.screen;
await world.close();
process.stdout.write(
  `${JSON.stringify({ heaps, requests, renders, mostInFlight, bytes, timers: world.clock.pending })}\n`,
);
process.exit();
