import { readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

const pem = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/tls', name), 'utf8');

/** A certificate for the loopback address that nobody has signed but itself. */
export const trustedCertificate = pem('trusted.crt');

/** How the front treats a connection; `off`: nobody listens. */
export type FrontMode = 'plain' | 'trusted' | 'untrusted' | 'off';

/** Stands before the simulated API at one and the same port, with TLS or without, or not at all. */
export class Front {
  readonly port: number;
  #server: Server | null;
  #mode: FrontMode = 'plain';
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  readonly #tls;

  private constructor(server: Server, port: number, target: number) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    this.#tls = {
      trusted: this.#tlsServer('trusted'),
      untrusted: this.#tlsServer('untrusted'),
    };
    this.#take(server);
  }

  static async start(target: number): Promise<Front> {
    const server = createServer();
    const port = await listen(server, 0);
    return new Front(server, port, target);
  }

  async set(mode: FrontMode): Promise<void> {
    this.#mode = mode;
    for (const socket of this.#sockets) socket.destroy();
    if (mode === 'off') await this.close();
    else if (this.#server === null) {
      this.#server = createServer();
      this.#take(this.#server);
      await listen(this.#server, this.port);
    }
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    if (server !== null) await new Promise<void>(resolve => server.close(() => resolve()));
  }

  #take(server: Server): void {
    server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
      if (this.#mode === 'trusted' || this.#mode === 'untrusted') this.#tls[this.#mode].emit('connection', socket);
      else this.#forward(socket);
    });
  }

  #tlsServer(name: 'trusted' | 'untrusted') {
    const server = createTlsServer({ key: pem(`${name}.key`), cert: pem(`${name}.crt`) });
    return server.on('secureConnection', socket => this.#forward(socket)).on('tlsClientError', () => undefined);
  }

  /** A reset on one side is a reset on the other. */
  #forward(socket: Socket): void {
    const target = connect(this.#target, '127.0.0.1');
    socket.pipe(target).pipe(socket);
    socket.on('error', () => target.destroy()).on('close', () => target.destroy());
    target.on('error', () => socket.resetAndDestroy()).on('close', () => socket.destroy());
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
