import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A name that nobody can guess, for a pipe of Windows. */
export const newPipeName = (): string => `\\\\.\\pipe\\cliptop-${randomUUID()}`;

type PipeOptions = {
  /** Calls back after so many milliseconds; the result takes it back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
  readonly onOpen: (socket: Socket) => void;
};

/** Milliseconds between two attempts. */
const pace = 50;

/** Opens a pipe as soon as the program that was started makes it. Returns what gives it up. */
export function openPipe(path: string, { after, onOpen }: PipeOptions): () => void {
  let stop: () => void = () => undefined;
  const attempt = (): void => {
    const socket = connect(path);
    const retry = (): void => {
      stop = after(pace, attempt);
    };
    stop = () => socket.destroy();
    socket.once('error', retry);
    socket.once('connect', () => {
      socket.off('error', retry);
      stop = () => undefined;
      onOpen(socket);
    });
  };
  attempt();
  return () => stop();
}
