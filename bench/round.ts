// Runs as a bundle of its own: measures the CPU time of a full round over 10,000 tasks, and of the frames it draws.
import { readFetchReply } from '../source/api/fetch-dialect.ts';
import { answerFetchBatch } from '../source/simulator/dialect-fetch.ts';
import { createTaskTable } from '../source/simulator/scenario.ts';
import type { PollEvent } from '../source/poll/events.ts';
import { Store } from '../source/store/store.ts';
import { newTask } from '../source/task/task.ts';
import { createView } from '../test/soak/view.ts';
import { idsOf, movingScenario } from './scenes.ts';

const tasks = 10_000;
const batch = 50;
const rounds = 12;

let round = 0;
let now = Date.parse('2026-11-21T00:00:00Z');
const scenario = movingScenario(tasks, 0, () => round);
const lookup = createTaskTable(scenario, () => now, 1).lookup('fetch', 'producer', 'http://127.0.0.1');
const source = 'ccapi/producer';
const ids = idsOf(scenario);
/** One store without a view, and one with. */
const [bare, shown] = [new Store(), new Store({ size: { columns: 120, rows: 40 } })];
for (const store of [bare, shown]) {
  store.dispatch({ type: 'add-sources', names: [source] });
  store.dispatch({ type: 'add', tasks: ids.map(id => newTask(source, id, now)) });
}

const answers = (): readonly PollEvent[] => {
  round++;
  now += 40_000;
  return Array.from({ length: tasks / batch }, (_, index): PollEvent => {
    const asked = ids.slice(index * batch, (index + 1) * batch);
    const body = JSON.parse(answerFetchBatch(JSON.stringify({ ids: asked }), lookup).body.toString()) as object;
    const { snapshots } = readFetchReply(body as Record<string, unknown>, id => id);
    return {
      type: 'answered',
      source,
      at: now,
      snapshots,
      absent: [],
      notFound: [],
      stalled: [],
      unreadable: [],
      latency: 9,
      skew: 0,
    };
  });
};

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const cost = async (work: () => void | Promise<void>): Promise<number> => {
  const from = cpu();
  await work();
  return cpu() - from;
};

const view = createView(shown);
const merges: number[] = [];
const frames: number[] = [];
for (let turn = 0; turn < rounds; turn++) {
  const events = answers();
  merges.push(await cost(() => events.forEach(bare.dispatch)));
  // As in the real program: each batch is drawn before the next one arrives.
  const drawn = await cost(async () => {
    for (const event of events) {
      shown.dispatch(event);
      await view.drawn();
    }
  });
  frames.push(drawn / events.length);
}
// In the first half of the rounds the code is still being compiled.
process.stdout.write(`${JSON.stringify({ merges: merges.slice(rounds / 2), frames: frames.slice(rounds / 2) })}\n`);
process.exit();
