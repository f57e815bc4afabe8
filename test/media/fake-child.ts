import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';

/** A program that does what the test says: what was written to its socket, and a way to answer. */
export class FakeChild extends EventEmitter {
  readonly pid: number | undefined = undefined;
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  readonly sent: { command: readonly unknown[]; request_id: number }[] = [];
  readonly kills: (string | undefined)[] = [];
  readonly socket = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      for (const line of chunk.toString().trim().split('\n')) this.sent.push(JSON.parse(line) as never);
      done();
    },
  });
  readonly stdio = [null, null, null, this.socket];

  kill(signal?: NodeJS.Signals): boolean {
    this.kills.push(signal);
    return true;
  }

  /** Says something on the socket, which is heard when the promise resolves. */
  async say(...messages: readonly unknown[]): Promise<void> {
    for (const message of messages) {
      this.socket.push(typeof message === 'string' ? `${message}\n` : `${JSON.stringify(message)}\n`);
    }
    await new Promise(resolve => setImmediate(resolve));
  }

  exit(code: number | null, signal: NodeJS.Signals | null = null): void {
    this.exitCode = code;
    this.signalCode = signal;
    this.emit('exit', code, signal);
  }

  /** The last command of this name that it was given. */
  last(name: string) {
    return this.sent.findLast(({ command }) => command[0] === name);
  }

  asChild(): ChildProcess {
    return this as unknown as ChildProcess;
  }
}
