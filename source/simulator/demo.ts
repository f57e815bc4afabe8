import { between, pick, randomFrom, taskIdFrom, uuidFrom } from './random.ts';
import type { Dialect, Ending, Scenario, SimulatedTask } from './scenario.ts';

const overFetch = { dialect: 'fetch', service: 'producer' } as const;
const overTasks = { dialect: 'tasks', service: 'producer' } as const;

/** Twelve tasks that all end within 40 s of the first look at them. */
const demoTasks: readonly SimulatedTask[] = [
  {
    ...overFetch,
    id: 'task_JKo9VFzQc9YU36VN57sq6TCHUZaN6IT4',
    titles: ['Weekend Morning'],
    prompt: 'a lazy weekend morning, coffee, sunlight',
    style: 'acoustic, brushed drums',
    queuedFor: 500,
    endsAfter: 6_000,
  },
  {
    ...overTasks,
    id: '55d62192-d741-4dc9-b210-4a3c2cd64796',
    titles: ['First light’s on the window', 'First light’s on the window (reprise)'],
    prompt: 'first light on a window, hopeful piano',
    style: 'piano, strings, slow',
    queuedFor: 1_000,
    endsAfter: 17_000,
    preview: 0.1,
  },
  {
    ...overFetch,
    id: 'task_R5B4ttyLdwx5kCC9Cy7B7V3Tb2Bwqb82',
    titles: ['雨の夜に走る電車と猫'],
    prompt: '雨の夜の電車、猫、シティポップ',
    style: 'city pop, 108 bpm',
    queuedFor: 2_000,
    endsAfter: 14_000,
    preview: 0.5,
  },
  {
    ...overFetch,
    id: 'task_rUsY4qrJe8oWeuTyBxj8pmYrtttDW09c',
    titles: ['Ballad of the Very Long Lyric'],
    prompt: 'a ballad with forty verses',
    queuedFor: 1_000,
    endsAfter: 9_500,
    ending: 'failed',
    reason: 'lyric too long: 3412 characters, at most 3000',
  },
  {
    dialect: 'fetch',
    service: 'suno',
    id: 'task_4sVaD9QILdEF1CVkqngQr7z5iyYPp5kg',
    titles: ['Paper Lanterns 🏮', 'Paper Lanterns 🏮 (night mix)'],
    prompt: 'lantern festival, dream pop',
    style: 'dream pop, female vocals',
    queuedFor: 3_000,
    endsAfter: 25_500,
    // Suno tells nothing between the start and the end, but lets one listen early.
    progress: 'zero',
    preview: 0.6,
  },
  {
    ...overTasks,
    id: 'c0fab7ae-4609-471f-abe8-30dfff9651c0',
    titles: ['새벽의 편의점'],
    prompt: '새벽 편의점, 로파이',
    action: 'cover',
    style: 'lo-fi, rhodes',
    queuedFor: 2_500,
    endsAfter: 22_500,
    preview: 0.1,
  },
  {
    ...overFetch,
    id: 'task_JgAJOa7kP6s1H2pHQ50XANy958tb8239',
    titles: ['春天的第一班地铁'],
    prompt: '春天的早晨，第一班地铁',
    style: 'mandopop, bright',
    queuedFor: 4_500,
    endsAfter: 20_000,
    preview: 0.4,
  },
  {
    ...overTasks,
    id: '8fd716e8-17fa-4f86-8b16-7afce12e3679',
    kind: 'lyrics',
    titles: ['Salt on the Rope'],
    prompt: 'lyrics about an old harbour',
    lyrics: '[Verse]\nSalt on the rope and rust on the bell\n[Chorus]\nPull me home, harbour, pull me home\n',
    endsAfter: 11_500,
    pending: 'nulls',
  },
  {
    ...overTasks,
    id: '9004ae92-88f8-4c35-baf6-dbaceb1f69a9',
    titles: ['לילה על הים'],
    prompt: 'night by the sea, oud',
    action: 'extend',
    style: 'oud, slow percussion',
    queuedFor: 5_000,
    endsAfter: 28_000,
    preview: 0.1,
  },
  {
    ...overFetch,
    id: 'task_Yxbv1mjAbjmcOlpg9ZwaueEIs3aA8HiH',
    titles: ['Slow Harbour Waltz'],
    prompt: 'slow harbour waltz, accordion',
    style: 'accordion, double bass',
    queuedFor: 8_000,
    endsAfter: 31_000,
  },
  {
    ...overTasks,
    id: '874f7aaa-7bc5-48fc-a04c-bab27b1cbd7a',
    titles: ['Letters to the Lighthouse', 'Letters to the Lighthouse (choir)'],
    prompt: 'letters to a lighthouse keeper, folk choir',
    style: 'folk choir',
    queuedFor: 6_000,
    endsAfter: 34_000,
    ending: 'partial',
    preview: 0.1,
  },
  {
    ...overTasks,
    id: 'fc9bbf36-8126-43f2-be9a-a83fd8ecb803',
    kind: 'stems',
    titles: ['Night Tram (stems)'],
    prompt: 'stems of Night Tram',
    queuedFor: 1_500,
    endsAfter: 26_500,
    pending: 'empty-data',
  },
];

/** What `--demo` watches. A task starts when it is first asked about, so that nobody comes too late to see it move. */
export const demoScenario: Scenario = { tasks: demoTasks, start: 'when-asked' };

export type SteadyOptions = {
  readonly count: number;
  readonly seed: string | number;
  /** Both when absent. */
  readonly dialect?: Dialect;
  /** The times within which the tasks end, in milliseconds. */
  readonly shortest?: number;
  readonly longest?: number;
  /** How all of them end; four of five succeed when absent. */
  readonly ending?: Ending;
  readonly start?: 'with-server' | 'when-asked';
};

/** Many tasks, the same for the same seed: for tests and measurements of load. */
export function steadyScenario(options: SteadyOptions): Scenario {
  const { count, seed, shortest = 20_000, longest = 300_000 } = options;
  const random = randomFrom(`steady ${seed}`);
  const tasks = Array.from({ length: count }, (_, index): SimulatedTask => {
    const dialect = options.dialect ?? pick(random, ['fetch', 'tasks']);
    const name = `steady ${seed} ${index}`;
    const endsAfter = between(random, shortest, longest);
    const ending = pick(random, ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'failed'] as const);
    return {
      id: dialect === 'fetch' ? taskIdFrom(name) : uuidFrom(name),
      dialect,
      service: 'producer',
      titles: [`${pick(random, first)} ${pick(random, second)} ${index + 1}`],
      queuedFor: Math.min(endsAfter / 2, between(random, 500, 15_000)),
      endsAfter,
      ending: options.ending ?? ending,
      preview: dialect === 'tasks' ? 0 : 0.5,
    };
  });
  return { tasks, start: options.start ?? 'with-server' };
}

const first = ['Quiet', 'Golden', 'Northern', 'Paper', 'Midnight', '静かな', 'Slow', 'Borrowed'] as const;
const second = ['Pier', 'Tram', 'Garden', 'Radio', 'Snow', '花火', 'Letters', 'Summer'] as const;
