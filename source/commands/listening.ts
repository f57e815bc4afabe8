import type { Song } from '../media/listen.ts';
import { visibleTasks } from '../store/selectors.ts';
import { selectedSongs, shownSongs } from '../store/songs.ts';
import { count, type CommandContext, type Handlers } from './context.ts';

/** Playing songs in the background. What cannot be done it tells the person itself. */
export type Listener = {
  /** Plays these from the first on, in place of what plays. */
  readonly play: (songs: readonly Song[]) => void;
  readonly pause: (paused: boolean) => void;
  /** Goes on to the next song, or back; 0 begins the same one again. */
  readonly step: (by: number) => void;
  /** Seconds, back when negative. */
  readonly seek: (by: number) => void;
  /** Percent of the full volume, less when negative. */
  readonly changeVolume: (by: number) => void;
  readonly stop: () => void;
};

/** Seconds. */
const seekBy = 10;
/** Percent. */
const volumeStep = 5;

/** The commands that play songs here. */
export function listenCommands({ state, dispatch, info, warn, key }: CommandContext, listener: Listener): Handlers {
  const pause = () => {
    const { listening } = state();
    if (listening === null) return;
    const { player, paused } = listening;
    if (player.canPause) listener.pause(!paused);
    else warn(`${player.name} cannot pause: install mpv`);
  };
  const step = (by: number) => {
    const { listening } = state();
    if (listening === null) return;
    const { index, songs } = listening;
    if (by > 0 && index + by === songs.length) warn(`that is the last song: ${key('stop')} stops`);
    else listener.step(index === 0 && by < 0 ? 0 : by);
  };
  return {
    play: () => {
      const { listening, overlays } = state();
      // What is selected cannot be seen below the help or the log.
      const isHidden = overlays.length > 0 && overlays.at(-1)?.kind !== 'details';
      const chosen = isHidden ? [] : selectedSongs(state());
      const current = listening?.songs[listening.index];
      const isChosen = chosen.some(song => song.task === current?.task && song.clip === current.clip);
      if (listening !== null && (isChosen || chosen.length === 0)) pause();
      else listener.play(chosen);
    },
    'play-all': () => {
      const songs = shownSongs(state());
      listener.play(songs);
      if (songs.length > 1) info(`playing ${count(songs.length, 'song')}, one after another`);
    },
    'song-pause': pause,
    'to-song': () => {
      const { listening } = state();
      const song = listening?.songs[listening.index];
      if (song === undefined) return;
      if (visibleTasks(state()).some(({ key }) => key === song.task)) dispatch({ type: 'select', key: song.task });
      else warn(`${song.title} is not shown: ${key('back')} shows all`);
    },
    louder: () => listener.changeVolume(volumeStep),
    quieter: () => listener.changeVolume(-volumeStep),
    'next-song': () => step(1),
    'previous-song': () => step(-1),
    'seek-forward': () => listener.seek(seekBy),
    'seek-back': () => listener.seek(-seekBy),
    stop: () => listener.stop(),
  };
}
