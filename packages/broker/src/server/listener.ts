import net from 'node:net';
import { MillraceError } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { Services } from '../apis/api.ts';
import { ClientConnection } from './connection.ts';

const BACKLOG = 1024;

export type ListenerSpec = {
  /** Kafka's name of the listener, `PLAINTEXT` at the least. */
  readonly name: string;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** A unix socket instead of host and port. */
  readonly path?: string;
  /** What clients are told; the real address where it is missing. */
  readonly advertised?: HostPort;
  /** Where sockets come from. Default: Node's `net.createServer`. */
  readonly createServer?: ServerFactory;
};

/** Makes what listens and hands over its sockets; a simulation has one of its own. */
export type ServerFactory = (onSocket: (socket: net.Socket) => void) => net.Server;

const createTcpServer: ServerFactory = (onSocket) => net.createServer({ noDelay: true }, onSocket);

/** One address on which clients are taken. */
export class Listener {
  readonly name: string;
  readonly #spec: ListenerSpec;
  readonly #services: Services;
  readonly #server: net.Server;
  readonly #connections = new Set<ClientConnection>();

  constructor(spec: ListenerSpec, services: Services) {
    this.name = spec.name;
    this.#spec = spec;
    this.#services = services;
    this.#server = (spec.createServer ?? createTcpServer)((socket) => this.#accept(socket));
  }

  /** @throws MillraceError `ADDRESS_IN_USE`, or `LISTEN_FAILED` for another reason. */
  async listen(): Promise<void> {
    const { host, port, path } = this.#spec;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(this.#spec, error)));
      this.#server.listen(path === undefined ? { host, port, backlog: BACKLOG } : { path, backlog: BACKLOG }, resolve);
    });
    this.#server.on('error', (error) => this.#services.logger.error('a listener failed', { error: error.message }));
  }

  /** Where it listens, with the port that it got. */
  get address(): HostPort {
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : this.#spec.port;
    return { host: this.#spec.host, port };
  }

  /** Where clients are told that it is. */
  get advertised(): HostPort {
    const told = this.#spec.advertised;
    if (told !== undefined) return { host: told.host, port: told.port === 0 ? this.address.port : told.port };
    const { host, port } = this.address;
    return { host: host === '0.0.0.0' || host === '::' || host === '' ? 'localhost' : host, port };
  }

  /** Takes no new clients; those that are there get the answers that are in work. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.end();
    const timer = this.#services.clock.setTimer(graceMs, () => {
      for (const connection of this.#connections) connection.destroy();
    });
    await closed;
    timer.clear();
  }

  #accept(socket: net.Socket): void {
    const { config, logger } = this.#services;
    if (this.#connections.size >= config.number('max.connections')) {
      logger.warn('too many connections', { listener: this.name, connections: this.#connections.size });
      socket.destroy();
      return;
    }
    const connection = new ClientConnection(socket, {
      services: this.#services,
      listener: this.name,
      requestBytesMax: config.number('socket.request.max.bytes'),
      idleMs: config.number('connections.max.idle.ms'),
      onClosed: (closed) => void this.#connections.delete(closed),
    });
    this.#connections.add(connection);
  }
}

function listenError(spec: ListenerSpec, error: NodeJS.ErrnoException): MillraceError {
  const where = spec.path ?? `${spec.host}:${spec.port}`;
  return error.code === 'EADDRINUSE'
    ? new MillraceError('ADDRESS_IN_USE', `${where} is in use: choose another port, or 0 for any free one`, {
        cause: error,
      })
    : new MillraceError('LISTEN_FAILED', `can't listen on ${where}: ${error.message}`, { cause: error });
}
