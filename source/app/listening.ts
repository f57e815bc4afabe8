import type { Listener } from '../commands/listening.ts';
import type { ListeningOptions } from './play-songs.ts';

type Playing = Awaited<ReturnType<typeof load>>;

/** Songs in the background, as long as the program runs. */
type BackgroundSongs = Listener & {
  /** Is silent while another program, or the shell, has the terminal; and goes on. */
  readonly yield: () => void;
  readonly resume: () => void;
  /** Ends the player at once: something is about to end the program. */
  readonly kill: () => void;
};

const load = async (options: ListeningOptions) => (await import('./play-songs.ts')).createListener(options);

/** What plays songs, loaded with the first of them. */
export function lazyListener(options: ListeningOptions): BackgroundSongs {
  let playing: Playing | null = null;
  let loading: Promise<Playing> | undefined;
  return {
    play(songs) {
      loading ??= load(options);
      void loading.then(loaded => {
        playing = loaded;
        loaded.play(songs);
      });
    },
    pause: paused => playing?.pause(paused),
    step: by => playing?.step(by),
    seek: by => playing?.seek(by),
    changeVolume: by => playing?.changeVolume(by),
    stop: () => playing?.stop(),
    yield: () => playing?.yield(),
    resume: () => playing?.resume(),
    kill: () => playing?.kill(),
  };
}
