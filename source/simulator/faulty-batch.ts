import { mediaFaults, type MediaFault } from './media-faults.ts';
import type { Scenario, SimulatedTask } from './scenario.ts';

const song = (index: number, title: string): SimulatedTask => ({
  ...{ dialect: 'fetch', service: 'producer', titles: [title], endsAfter: 1000 },
  id: `task_${`FAULTY${String(index + 1).padStart(2, '0')}`.padEnd(32, 'x')}`,
});

/** A song for each fault that a media host can have, and a good one at the end. */
export const faultyScenario: Scenario = {
  tasks: [
    ...Object.entries(mediaFaults).map(([fault, summary], index) => ({
      ...song(index, `Song ${index + 1} (${fault})`),
      ...{ mediaFault: fault as MediaFault, summary },
    })),
    { ...song(Object.keys(mediaFaults).length, 'A good song'), summary: 'its song is well' },
  ],
  start: 'when-asked',
};
