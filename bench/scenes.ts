import { between, pick, randomFrom } from '../source/simulator/random.ts';
import type { Scenario, SimulatedTask } from '../source/simulator/scenario.ts';

const adjectives = ['Quiet', 'Golden', 'Northern', 'Paper', 'Midnight', '静かな', 'Slow', 'Borrowed'] as const;
const nouns = ['Pier', 'Tram', 'Garden', 'Radio', 'Snow', '花火', 'Letters', 'Summer'] as const;

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Tasks of the fetch dialect that run for ever; the same ones in every run of the bench. */
function steadyTasks(count: number): readonly SimulatedTask[] {
  const random = randomFrom('bench');
  return Array.from({ length: count }, (_, index) => ({
    id: `task_${Array.from({ length: 32 }, () => base62.charAt(between(random, 0, 61))).join('')}`,
    dialect: 'fetch',
    service: 'producer',
    titles: [`${pick(random, adjectives)} ${pick(random, nouns)} ${index + 1}`],
    endsAfter: between(random, 20_000, 300_000),
    ending: 'never',
    preview: 0,
  }));
}

/** `running` tasks, each some percent further in every round, and `ended` ones that have succeeded. */
export function movingScenario(running: number, ended: number, round: () => number): Scenario {
  return {
    tasks: steadyTasks(running + ended).map((task, index): SimulatedTask => {
      if (index >= running) return { ...task, endsAfter: 1, ending: 'succeeded', preview: 0.5 };
      const progress = () => `${Math.min(99, 5 + ((round() * 4 + index) % 94))}%`;
      return { ...task, endsAfter: 600_000, rewrite: record => ({ ...record, progress: progress() }) };
    }),
  };
}

/** Tasks that run for ever, and whose progress follows the clock. */
export const endlessScenario = (count: number): Scenario => ({ tasks: steadyTasks(count) });

export const idsOf = (scenario: Scenario): readonly string[] => scenario.tasks.map(({ id }) => id);
