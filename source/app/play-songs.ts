import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Desktop } from '../commands/commands.ts';
import type { Song } from '../media/listen.ts';
import { Listener, type Source } from '../media/listener.ts';
import { fileKey } from '../media/plan.ts';
import { startMpv } from '../media/player-mpv.ts';
import { startProcessPlayer } from '../media/player-process.ts';
import { systemClock } from '../poll/clock.ts';
import { keyOf } from '../keymap.ts';
import { findTask } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { sanitizeLine, sanitizeUrl } from '../task/sanitize.ts';
import { soundOf } from '../task/sound.ts';
import { choosePlayer } from '../terminal/background-player.ts';
import type { Environment } from '../terminal/terminal-name.ts';
import type { Session } from './session.ts';

export type ListeningOptions = {
  readonly session: Pick<Session, 'options' | 'store' | 'capabilities' | 'sources'>;
  readonly desktop: Pick<Desktop, 'copy'>;
  /** What players inherit. */
  readonly env: Environment;
};

/** Plays songs here with the player that is installed; over SSH their addresses are copied instead. */
export function createListener({ session, desktop, env }: ListeningOptions) {
  const { store, capabilities, options, sources } = session;
  const tell = (level: 'info' | 'warning' | 'error', text: string) => {
    const line = sanitizeLine(text);
    store.dispatch({ type: 'flash', flash: { level, text: line } });
    if (level !== 'info') store.dispatch({ type: 'note', at: Date.now(), text: line });
  };

  const listener = new Listener({
    startPlayer(onEvent, volume) {
      const player = choosePlayer(options.player ?? null, env);
      const needs = { env, spawn, onEvent, after: systemClock.after };
      return player.kind === 'mpv'
        ? startMpv({ ...needs, volume, words: player.words })
        : startProcessPlayer({ ...needs, ...player, now: systemClock.monotonic });
    },
    sourceOf: song => sourceOf(song, store.getState()),
    onChange: listening => store.dispatch({ type: 'listening', listening }),
    onVolume: percent => tell('info', `volume ${percent}%`),
    onTrouble: (song, reason, status) => tell('error', troubleWords(song, reason, status)),
  });

  /** Whether an address leads to the API itself, which may ask for the token. */
  const isApi = (song: Song): boolean => {
    const url = urlOf(song, store.getState());
    const { baseUrl } = sources.byName(song.task.slice(0, song.task.indexOf(':')));
    return url !== null && URL.parse(url)?.origin === new URL(baseUrl).origin;
  };
  const troubleWords = (song: Song | null, reason: string, status: number | null): string => {
    if (song === null) return reason;
    const refused = status === 401 || status === 403;
    const { keymap } = store.getState();
    if (refused && isApi(song))
      return `${song.title}: the API wants its token (${status}), which no player is given: ${keyOf(keymap, 'download')} saves the file, ${keyOf(keymap, 'play')} plays that`;
    return `${song.title} cannot be played: ${reason}${status === null ? '' : ' from its server'}`;
  };

  const copyInstead = async (songs: readonly Song[]) => {
    const urls = songs.flatMap(song => urlOf(song, store.getState()) ?? []);
    const { level, text } = await desktop.copy(urls, urls.length === 1 ? '1 URL' : `${urls.length} URLs`);
    tell(level === 'info' ? 'info' : 'warning', `over SSH the sound would come out there: ${text}`);
  };

  return {
    play(songs: readonly Song[]): void {
      if (capabilities.ssh.value) void copyInstead(songs);
      else listener.play(songs);
    },
    pause: (paused: boolean) => listener.pause(paused),
    step: (by: number) => listener.step(by),
    seek: (by: number) => listener.seek(by),
    changeVolume: (by: number) => listener.changeVolume(by),
    stop: () => listener.stop(),
    yield: () => listener.yield(),
    resume: () => listener.resume(),
    kill: () => listener.kill(),
  };
}

const clipOf = (song: Song, state: State) => findTask(state, song.task)?.clips[song.clip];

function urlOf(song: Song, state: State): string | null {
  const clip = clipOf(song, state);
  return clip === undefined ? null : soundOf(clip);
}

/** The saved file where there is one, else the address. */
function sourceOf(song: Song, state: State): Source {
  const clip = clipOf(song, state);
  const seconds = clip?.duration ?? null;
  const file = state.files.get(fileKey(song.task, song.clip, 'audio'));
  if (file?.state === 'saved' && existsSync(file.path)) return { source: file.path, seconds };
  const url = sanitizeUrl((clip === undefined ? null : soundOf(clip)) ?? '');
  return url === null ? { refusal: 'it is no longer on the list' } : { source: url, seconds };
}
