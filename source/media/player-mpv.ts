import type { Duplex } from 'node:stream';
import { sanitizeLine } from '../task/sanitize.ts';
import { openIpc, type IpcMessage } from './player-ipc.ts';
import { newPipeName, openPipe } from './player-pipe.ts';
import { followPosition } from './player-position.ts';
import { endReason, signalGroup, type Player, type PlayerOptions } from './player.ts';

/**
 * What a person's own settings must not change: no window, no keys from this terminal, no second program that is asked
 * about each address, and the end of a song is its end. The connection is a socket that mpv inherits: there is no path
 * to guard, and mpv ends when it is closed, however we end. Windows inherits no sockets: there it is a named pipe.
 */
const ourArguments = [
  ...['--idle=yes', '--no-terminal', '--no-video', '--force-window=no', '--ytdl=no', '--keep-open=no', '--pause=no'],
  ...['--loop-file=no', '--loop-playlist=no', '--resume-playback=no', '--save-position-on-quit=no'],
  '--audio-client-name=cliptop',
];

/** How it is spoken to. The socket of the person's own settings belongs to another mpv. */
const connection = (pipe: string | null): readonly string[] =>
  pipe === null ? ['--input-ipc-server=', '--input-ipc-client=fd://3'] : [`--input-ipc-server=${pipe}`];

/** Milliseconds within which it answers the first command. */
const patience = 10_000;
/** Milliseconds: what it logs about a song may come after the end of the song. */
const logDelay = 100;
/** Milliseconds from the end of the connection to that of mpv. */
const endDelay = 200;
/** Milliseconds from being asked to end to being ended. */
const grace = 1_000;

/** Plays with mpv, which stays while one song follows another. */
export function startMpv(options: PlayerOptions): Player {
  const { words, env, spawn, volume, onEvent, after, platform = process.platform } = options;
  const { pipe = platform === 'win32' ? newPipeName() : null } = options;
  const [command = 'mpv', ...args] = words;
  const name = 'mpv';
  const loudness = volume === null ? [] : [`--volume=${volume}`];
  const child = spawn(command, [...args, ...loudness, ...ourArguments, ...connection(pipe)], {
    env,
    // A group of its own: ctrl-c and ctrl-z in this terminal are not meant for it. On Windows it would outlive us so.
    detached: platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'ignore', ...(pipe === null ? ['pipe' as const] : [])],
  });
  let over = false;
  const gone = (reason: string): void => {
    if (over) return;
    over = true;
    disconnect();
    signalGroup(child, 'SIGKILL');
    onEvent({ type: 'gone', reason });
  };
  child.once('error', error => gone(endReason(name, error)));
  child.once('exit', (code, signal) => {
    const why = endReason(name, { code, signal });
    gone(answered ? why : `${why} before it answered: 0.33 or newer is needed`);
  });

  let answered = false;
  const stopWaiting = after(patience, () => gone(`mpv did not answer within ${patience / 1000} s`));
  /** The last `loadfile`; what is told before its reply and the start that follows is about an earlier song. */
  let load = { id: 0, replied: false, started: false };
  let paused = false;
  let trouble: string | null = null;
  let status: number | null = null;

  const onMessage = (message: IpcMessage): void => {
    if (over) return;
    answered = true;
    stopWaiting();
    if (message.event === undefined) {
      position.take(message.request_id, message.data);
      if (message.request_id === load.id) {
        load.replied = true;
        if (message.error !== 'success') onEvent({ type: 'failed', reason: textOf(message.error), status: null });
      }
      return;
    }
    switch (message.event) {
      case 'start-file':
        if (load.replied) load.started = true;
        trouble = status = null;
        break;
      case 'log-message': {
        const text = sanitizeLine(textOf(message.text));
        status = Number(/HTTP error (\d{3})/.exec(text)?.[1] ?? status) || null;
        trouble ??= text;
        break;
      }
      case 'playback-restart':
        if (load.started) position.follow();
        break;
      case 'property-change':
        onProperty(message);
        break;
      case 'end-file':
        if (!load.started) break;
        load.started = false;
        position.stop();
        if (message.reason === 'eof') onEvent({ type: 'ended' });
        if (message.reason === 'error') failLater(textOf(message.file_error));
        break;
    }
  };
  const failLater = (said: string): void => {
    const failed = load;
    after(logDelay, () => {
      if (over || load !== failed) return;
      // Of an address it says only that; of sound that cannot be put out it says more than its log does.
      const reason = said === 'loading failed' ? (trouble ?? said) : said;
      onEvent({ type: 'failed', reason: status === null ? reason : String(status), status });
    });
  };
  const onProperty = ({ name: property, data }: IpcMessage): void => {
    if (property === 'pause' && typeof data === 'boolean') {
      paused = data;
      onEvent({ type: 'paused', paused });
      if (data) position.stop();
      else if (load.started) position.follow();
    }
    if (property === 'volume' && typeof data === 'number') onEvent({ type: 'volume', percent: Math.round(data) });
    if (property === 'duration' && typeof data === 'number' && load.started)
      onEvent({ type: 'duration', seconds: data });
  };

  let ipc: ReturnType<typeof openIpc> | null = null;
  /** What is to be sent as soon as there is a connection. */
  let unsent: (readonly [readonly unknown[], number])[] = [];
  const onOpen = (stream: Duplex): void => {
    const opened = openIpc(stream, {
      onMessage,
      onBroken: reason => gone(`mpv: ${reason}`),
      // How it ended says more.
      onClosed: () => after(endDelay, () => gone('mpv closed the connection')),
    });
    ipc = opened;
    unsent.forEach(each => opened.send(...each));
    unsent = [];
  };
  let sent = 0;
  const send = (...parts: readonly unknown[]): number => {
    sent++;
    if (ipc === null) unsent.push([parts, sent]);
    else ipc.send(parts, sent);
    return sent;
  };
  const disconnect = (): void => {
    stopWaiting();
    stopOpening();
    position.stop();
    ipc?.close();
  };
  send('request_log_messages', 'warn');
  ['pause', 'volume', 'duration'].forEach((property, index) => send('observe_property', index + 1, property));
  const position = followPosition({
    ask: () => send('get_property', 'time-pos'),
    after,
    isMoving: () => !paused,
    onPosition: seconds => onEvent({ type: 'position', seconds }),
  });

  const inherited = child.stdio[3] as Duplex | undefined;
  if (pipe === null && inherited) onOpen(inherited);
  const stopOpening = pipe === null ? () => undefined : openPipe(pipe, { after, onOpen });

  return {
    facts: { name, canPause: true, canSeek: true, hasVolume: true },
    load(source, title) {
      send('set_property', 'force-media-title', title);
      send('set_property', 'pause', false);
      position.stop();
      load = { id: send('loadfile', source, 'replace'), replied: false, started: false };
    },
    pause: paused => void send('set_property', 'pause', paused),
    seek: by => void send('seek', by, 'relative'),
    changeVolume: by => void send('add', 'volume', by),
    close() {
      if (over) return;
      over = true;
      send('quit');
      disconnect();
      const cancel = after(grace, () => signalGroup(child, 'SIGKILL'));
      child.once('exit', cancel);
    },
    kill: () => signalGroup(child, 'SIGKILL'),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : 'it cannot be played');
