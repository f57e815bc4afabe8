import { steadyScenario } from '../source/simulator/demo.ts';
import type { Scenario, SimulatedTask } from '../source/simulator/scenario.ts';

/** Tasks that run for ever, each a few percent further with every look at it, beside some that have ended. */
export function movingScenario(running: number, ended: number, round: () => number): Scenario {
  const { tasks } = steadyScenario({ count: running + ended, seed: 'bench', dialect: 'fetch' });
  return {
    tasks: tasks.map((task, index): SimulatedTask => {
      if (index >= running) return { ...task, queuedFor: 0, endsAfter: 1, ending: 'succeeded' };
      const progress = () => `${Math.min(99, 5 + ((round() * 4 + index) % 94))}%`;
      return {
        ...task,
        queuedFor: 0,
        endsAfter: 600_000,
        ending: 'never',
        preview: 0,
        rewrite: record => ({ ...record, progress: progress() }),
      };
    }),
  };
}

/** Tasks that run for as long as anybody looks. */
export const endlessScenario = (count: number): Scenario => {
  const { tasks } = steadyScenario({ count, seed: 'bench', dialect: 'fetch', ending: 'never' });
  return { tasks: tasks.map(task => ({ ...task, queuedFor: 0, preview: 0 })) };
};

export const idsOf = (scenario: Scenario): readonly string[] => scenario.tasks.map(({ id }) => id);
