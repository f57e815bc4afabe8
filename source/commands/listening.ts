import type { Song } from '../media/listen.ts';
import { selectedSongs, shownSongs } from '../store/songs.ts';
import { count, type CommandContext, type Handlers } from './context.ts';

/** Playing songs in the background. What cannot be done it tells the person itself. */
export type Listener = {
  /** Plays these from the first on, in place of what plays. */
  readonly play: (songs: readonly Song[]) => void;
  readonly pause: (paused: boolean) => void;
  /** Goes on to the next song, or back. */
  readonly step: (by: number) => void;
  /** Seconds, back when negative. */
  readonly seek: (by: number) => void;
  readonly stop: () => void;
};

/** Seconds. */
const seekBy = 10;

/** The commands that play songs here. */
export function listenCommands({ state, info, warn }: CommandContext, listener: Listener): Handlers {
  const step = (by: number) => {
    const { listening } = state();
    if (listening === null) return;
    const { index, songs } = listening;
    if (songs[index + by] === undefined) warn(by > 0 ? 'that is the last song: Z stops' : 'that is the first song');
    else listener.step(by);
  };
  return {
    play: () => {
      const { listening, overlays } = state();
      // What is selected cannot be seen below the help or the log.
      const isHidden = overlays.length > 0 && overlays.at(-1)?.kind !== 'details';
      const chosen = isHidden ? [] : selectedSongs(state());
      const current = listening?.songs[listening.index];
      const isChosen = chosen.some(song => song.task === current?.task && song.clip === current.clip);
      if (listening !== null && (isChosen || chosen.length === 0)) listener.pause(!listening.paused);
      else listener.play(chosen);
    },
    'play-all': () => {
      const songs = shownSongs(state());
      listener.play(songs);
      if (songs.length > 1) info(`playing ${count(songs.length, 'song')}, one after another`);
    },
    'next-song': () => step(1),
    'previous-song': () => step(-1),
    'seek-forward': () => listener.seek(seekBy),
    'seek-back': () => listener.seek(-seekBy),
    stop: () => listener.stop(),
  };
}
