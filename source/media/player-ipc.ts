import type { Duplex } from 'node:stream';

/** A message of mpv: an event, or the reply to a command. */
export type IpcMessage = Readonly<Record<string, unknown>>;

type IpcOptions = {
  readonly onMessage: (message: IpcMessage) => void;
  /** The other side cannot be understood. It, or `onClosed`, is called at most once. */
  readonly onBroken: (reason: string) => void;
  /** The other side has gone. */
  readonly onClosed: () => void;
};

/** Characters. mpv's lines are some hundred long. */
const maxLine = 100_000;
/** Lines in a row that are no JSON objects: then it is not mpv that talks. */
const maxGarbage = 20;

/** Speaks mpv's JSON protocol over a stream: one object a line in both directions. */
export function openIpc(stream: Duplex, { onMessage, onBroken, onClosed }: IpcOptions) {
  let rest = '';
  let garbage = 0;
  let closed = false;
  const breakOff = (tell: () => void): void => {
    if (closed) return;
    close();
    tell();
  };
  const giveUp = () => breakOff(() => onBroken('it does not speak as mpv does'));
  const close = (): void => {
    closed = true;
    stream.destroy();
  };

  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (closed) return;
      const message = readMessage(line);
      if (message !== null) {
        garbage = 0;
        onMessage(message);
      } else if (line.trim() !== '' && ++garbage > maxGarbage) giveUp();
    }
    if (rest.length > maxLine) giveUp();
  });
  stream.on('error', () => breakOff(onClosed));
  stream.on('close', () => breakOff(onClosed));

  return {
    /** Sends a command; its reply is a message with this `request_id`. */
    send(command: readonly unknown[], id: number): void {
      if (!closed) stream.write(`${JSON.stringify({ command, request_id: id })}\n`);
    },
    close,
  };
}

function readMessage(line: string): IpcMessage | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IpcMessage) : null;
  } catch {
    return null;
  }
}
