import { currentSong, listen, type Listening, type ListenEvent, type Song } from './listen.ts';
import type { Player, PlayerEvent } from './player.ts';

/** Where a song is played from; or why it is not played at all. */
export type Source = { readonly source: string; readonly seconds: number | null } | { readonly refusal: string };

type ListenerOptions = {
  /**
   * Starts the player, which tells what happens, at a volume in percent or at its own. Throws an Error with what to tell
   * the person.
   */
  readonly startPlayer: (onEvent: (event: PlayerEvent) => void, volume: number | null) => Player;
  /** Where a song is now: it may have been saved since it was queued. */
  readonly sourceOf: (song: Song) => Source;
  readonly onChange: (listening: Listening | null) => void;
  /** Something could not be played; `song` null: nothing can. */
  /** The volume has changed, in percent. */
  readonly onVolume: (percent: number) => void;
  readonly onTrouble: (song: Song | null, reason: string, status: number | null) => void;
};

/** Plays songs one after another, with one player as long as something plays. */
export class Listener {
  readonly #options: ListenerOptions;
  #listening: Listening | null = null;
  #player: Player | null = null;
  /** Paused because somebody else has the terminal. */
  #yielding = false;
  /** Percent, also for the next player; null: nobody has said. */
  #volume: number | null = null;
  /** A player that has just started tells its volume first, and that is no news, unless it was changed meanwhile. */
  #awaitsVolume = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Plays these songs from the first on, in place of what plays. */
  play(songs: readonly Song[]): void {
    try {
      this.#player ??= this.#start();
    } catch (error) {
      this.#options.onTrouble(null, error instanceof Error ? error.message : String(error), null);
      return;
    }
    this.#apply({ type: 'play', songs, player: this.#player.facts });
  }

  pause(paused: boolean): void {
    this.#player?.pause(paused);
  }

  /** Goes on to the next song, or back. */
  step(by: number): void {
    this.#apply({ type: 'step', by });
  }

  /** Seconds, back when negative. */
  seek(by: number): void {
    this.#player?.seek(by);
  }

  /** Percent of the full volume, less when negative. */
  changeVolume(by: number): void {
    this.#awaitsVolume = true;
    this.#player?.changeVolume(by);
  }

  stop(): void {
    this.#apply({ type: 'stop' });
  }

  /** Ends the player at once, for somebody who exits right afterwards. */
  kill(): void {
    this.#player?.kill();
  }

  /** Is silent while another program, or the shell, has the terminal. */
  yield(): void {
    if (this.#listening === null || this.#listening.paused || !this.#listening.player.canPause) return;
    this.#yielding = true;
    this.#player?.pause(true);
  }

  /** Goes on, unless it was paused before. */
  resume(): void {
    if (this.#yielding) this.#player?.pause(false);
    this.#yielding = false;
  }

  #start(): Player {
    const player = this.#options.startPlayer(event => {
      if (this.#player === player) this.#onEvent(event);
    }, this.#volume);
    return player;
  }

  #onEvent(event: PlayerEvent): void {
    if (event.type === 'gone') {
      this.#player = null;
      this.#options.onTrouble(null, event.reason, null);
      this.#apply({ type: 'stop' });
    } else if (event.type === 'failed') this.#fail(event.reason, event.status);
    else if (event.type === 'volume') {
      const isNews = this.#awaitsVolume || (this.#volume !== null && this.#volume !== event.percent);
      this.#awaitsVolume = false;
      this.#volume = event.percent;
      if (isNews) this.#options.onVolume(event.percent);
    } else this.#apply(event);
  }

  #fail(reason: string, status: number | null): void {
    const song = this.#listening === null ? undefined : currentSong(this.#listening);
    if (song !== undefined) this.#options.onTrouble(song, reason, status);
    this.#apply({ type: 'failed' });
  }

  #apply(event: ListenEvent): void {
    const before = this.#listening;
    const after = listen(before, event);
    if (after === before) return;
    this.#listening = after;
    this.#options.onChange(after);
    if (after === null) {
      this.#player?.close();
      this.#player = null;
    } else if (after.turn !== before?.turn) this.#load(after);
  }

  #load(listening: Listening): void {
    const song = currentSong(listening);
    if (song === undefined) return;
    const found = this.#options.sourceOf(song);
    if ('refusal' in found) {
      this.#fail(found.refusal, null);
      return;
    }
    this.#player?.load(found.source, song.title);
    if (found.seconds !== null) this.#apply({ type: 'duration', seconds: found.seconds });
  }
}
