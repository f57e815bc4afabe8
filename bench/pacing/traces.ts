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
  /** The share of them that takes longer than so many seconds. */
  readonly longer: (seconds: number) => number;
};

/** Each duration from so many to so many seconds is as likely. */
const between = (name: string, from: number, to: number): Kind => ({
  name,
  draw: random => 1000 * (from + (to - from) * random()),
  longer: seconds => 1 - portion(seconds, from, to),
});

/** The mean of two draws: the middle is more likely than the ends. */
const around = (name: string, from: number, to: number): Kind => ({
  name,
  draw: random => 1000 * (from + ((to - from) * (random() + random())) / 2),
  longer: seconds => {
    const part = portion(seconds, from, to);
    return part < 0.5 ? 1 - 2 * part ** 2 : 2 * (1 - part) ** 2;
  },
});

const portion = (seconds: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (seconds - from) / (to - from)));

const producer = between('producer 20–50 s', 20, 50);
const suno = around('suno 60–300 s', 60, 300);
const video = around('video 2–8 min', 120, 480);

export type Submitted = { readonly at: number; readonly took: number };

/** One draw of a trace. */
export type Draw = {
  /** Of what the server does by chance. */
  readonly seed: number;
  /** Spells of work one after another, each with its tasks; what is learned in one is known in the next. */
  readonly spells: readonly (readonly Submitted[])[];
  /** So many spells at the beginning are not counted: nothing is known in them. */
  readonly warmUp: number;
};

export type Trace = {
  readonly name: string;
  readonly kind: Kind;
  /** How many tasks are submitted together; null: one a minute. */
  readonly together: number | null;
  /** Independent of each other, so that what is compared is the policy and not its luck. */
  readonly draws: readonly Draw[];
};

/** How many tasks end in the counted spells of all draws of a trace, at least. */
const counted = 800;

function drawn(
  { seed, warmUp, spells }: { seed: number; warmUp: number; spells: number },
  spell: (random: () => number) => readonly Submitted[],
): readonly Draw[] {
  const draws: Draw[] = [];
  for (let tasks = 0; tasks < counted;) {
    const own = 100 * seed + draws.length;
    const random = randomFrom(own);
    const draw = { seed: own, warmUp, spells: Array.from({ length: spells }, () => spell(random)) };
    draws.push(draw);
    tasks += draw.spells.slice(warmUp).flat().length;
  }
  return draws;
}

const together = (kind: Kind, tasks: number, spells: number, seed: number): Trace => ({
  name: `${kind.name}, ${tasks === 1 ? 'one task' : `${tasks} together`}`,
  kind,
  together: tasks,
  draws: drawn({ seed, warmUp: Math.ceil(20 / tasks), spells }, random =>
    Array.from({ length: tasks }, () => ({ at: 0, took: kind.draw(random) })),
  ),
});

const trickle = (kind: Kind, seed: number): Trace => ({
  name: `${kind.name}, one a minute`,
  kind,
  together: null,
  draws: drawn({ seed, warmUp: 1, spells: 3 }, random =>
    Array.from({ length: 60 }, (_, minute) => ({ at: minute * 60_000, took: kind.draw(random) })),
  ),
});

/** Four tasks in the evening, four the next morning. */
const night = (kind: Kind, seed: number): Trace => ({
  name: `${kind.name}, a night with nothing`,
  kind,
  together: 4,
  draws: drawn({ seed, warmUp: 3, spells: 14 }, random =>
    [0, 9 * 3_600_000].flatMap(at => Array.from({ length: 4 }, () => ({ at, took: kind.draw(random) }))),
  ),
});

export const traces: readonly Trace[] = [producer, suno, video].flatMap((kind, index) => [
  together(kind, 1, 80, 10 * index + 1),
  together(kind, 4, 35, 10 * index + 2),
  together(kind, 40, 10, 10 * index + 3),
  trickle(kind, 10 * index + 4),
  night(kind, 10 * index + 5),
]);
