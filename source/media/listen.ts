import type { TaskKey } from '../task/task.ts';

/** A song that is to be heard: a clip of a task, counted from 0. */
export type Song = { readonly task: TaskKey; readonly clip: number; readonly title: string };

/** What the program that plays can do besides playing. */
export type PlayerFacts = {
  readonly name: string;
  readonly canPause: boolean;
  readonly canSeek: boolean;
  readonly hasVolume: boolean;
};

/** What is being listened to. */
export type Listening = {
  readonly songs: readonly Song[];
  /** The one that plays, from 0. */
  readonly index: number;
  /** Another number for each song that is begun, also for the same one again. */
  readonly turn: number;
  readonly paused: boolean;
  /** Whole seconds; null: it does not sound yet. */
  readonly position: number | null;
  /** Whole seconds; null: nobody says. */
  readonly duration: number | null;
  /** Songs in a row that could not be played. */
  readonly failures: number;
  readonly player: PlayerFacts;
};

/** What a key asks for, or a player tells. Times are seconds. */
export type ListenEvent =
  | { readonly type: 'play'; readonly songs: readonly Song[]; readonly player: PlayerFacts }
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'position'; readonly seconds: number }
  | { readonly type: 'duration'; readonly seconds: number }
  | { readonly type: 'ended' }
  | { readonly type: 'failed' }
  | { readonly type: 'stop' };

/** So many songs in a row that cannot be played end it: whatever is wrong is wrong with all of them. */
const maxFailures = 3;

/** What is being listened to after an event; null: nothing. The same object when the event says nothing new. */
export function listen(now: Listening | null, event: ListenEvent): Listening | null {
  if (event.type === 'play') {
    const { songs, player } = event;
    return songs.length === 0 ? now : { ...begun(songs, 0, (now?.turn ?? 0) + 1), failures: 0, player };
  }
  if (now === null) return null;
  switch (event.type) {
    case 'step':
      return songAt(now, now.index + event.by) ?? now;
    case 'paused':
      return now.paused === event.paused ? now : { ...now, paused: event.paused };
    case 'position': {
      const position = Math.max(0, Math.floor(event.seconds));
      return now.position === position ? now : { ...now, position, failures: 0 };
    }
    case 'duration': {
      const duration = Math.round(event.seconds);
      return now.duration === duration || duration <= 0 ? now : { ...now, duration };
    }
    case 'ended':
      return songAt(now, now.index + 1);
    case 'failed': {
      const failures = now.failures + 1;
      const next = failures === maxFailures ? null : songAt(now, now.index + 1);
      return next === null ? null : { ...next, failures };
    }
    case 'stop':
      return null;
  }
}

const begun = (songs: readonly Song[], index: number, turn: number) =>
  ({ songs, index, turn, paused: false, position: null, duration: null }) as const;

const songAt = (now: Listening, index: number): Listening | null =>
  now.songs[index] === undefined ? null : { ...now, ...begun(now.songs, index, now.turn + 1) };

/** The song that plays. */
export const currentSong = ({ songs, index }: Listening): Song | undefined => songs[index];
