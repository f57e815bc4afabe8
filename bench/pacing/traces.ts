// Work as it is submitted, with deterministic draws. All times are milliseconds.

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How long tasks of a kind take. */
export type Kind = {
  readonly name: string;
  readonly draw: (random: () => number) => number;
};

const between =
  (from: number, to: number): Kind['draw'] =>
  random =>
    1000 * (from + (to - from) * random());
/** The mean of two draws: the middle is more likely than the ends. */
const around =
  (from: number, to: number): Kind['draw'] =>
  random =>
    1000 * (from + ((to - from) * (random() + random())) / 2);

const producer: Kind = { name: 'producer 20–50 s', draw: between(20, 50) };
const suno: Kind = { name: 'suno 60–300 s', draw: around(60, 300) };
const video: Kind = { name: 'video 2–8 min', draw: around(120, 480) };

export type Submitted = { readonly at: number; readonly took: number };

export type Trace = {
  readonly name: string;
  readonly kind: Kind;
  /** Spells of work one after another, each with its tasks; what is learned in one is known in the next. */
  readonly spells: readonly (readonly Submitted[])[];
  /** So many spells at the beginning are not counted: nothing is known in them. */
  readonly warmUp: number;
};

const together = (kind: Kind, tasks: number, spells: number, seed: number): Trace => {
  const random = randomFrom(seed);
  return {
    name: `${kind.name}, ${tasks === 1 ? 'one task' : `${tasks} together`}`,
    kind,
    spells: Array.from({ length: spells }, () =>
      Array.from({ length: tasks }, () => ({ at: 0, took: kind.draw(random) })),
    ),
    warmUp: Math.ceil(20 / tasks),
  };
};

const trickle = (kind: Kind, seed: number): Trace => {
  const random = randomFrom(seed);
  const hour = () => Array.from({ length: 60 }, (_, minute) => ({ at: minute * 60_000, took: kind.draw(random) }));
  return { name: `${kind.name}, one a minute`, kind, spells: [hour(), hour(), hour()], warmUp: 1 };
};

/** Four tasks in the evening, four the next morning. */
const night = (kind: Kind, seed: number): Trace => {
  const random = randomFrom(seed);
  const four = (at: number) => Array.from({ length: 4 }, () => ({ at, took: kind.draw(random) }));
  const spells = Array.from({ length: 14 }, () => [...four(0), ...four(9 * 3_600_000)]);
  return { name: `${kind.name}, a night with nothing`, kind, spells, warmUp: 3 };
};

export const traces: readonly Trace[] = [producer, suno, video].flatMap((kind, index) => [
  together(kind, 1, 80, 10 * index + 1),
  together(kind, 4, 35, 10 * index + 2),
  together(kind, 40, 10, 10 * index + 3),
  trickle(kind, 10 * index + 4),
  night(kind, 10 * index + 5),
]);
