import net from 'node:net';
import { MillraceError, unreachable } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { Services } from '../apis/api.ts';
import { ANONYMOUS, type Principal } from '../security/principal.ts';
import { type OfferedMechanism, offeredMechanisms } from '../security/sasl/mechanisms.ts';
import { type SecurityProtocol, usesSasl, usesTls } from '../security/security-protocol.ts';
import { Authentication } from './authentication.ts';
import { ClientConnection } from './connection.ts';
import { ConnectionLimits } from './connection-limits.ts';
import { type ListenerSpec, protocolOf, type ServerFactory } from './listener-spec.ts';
import { quotaBurst } from './security-options.ts';
import { sharedReceiveServer } from './shared-receive.ts';
import { TlsDoor } from './tls-door.ts';

const BACKLOG = 1024;

/** TLS reads beneath the socket and has buffers of its own. */
const plainServer: ServerFactory = (onSocket) => net.createServer({ noDelay: true, keepAlive: true }, onSocket);

/** What all listeners share. */
export type Door = {
  readonly services: Services;
  readonly limits: ConnectionLimits;
};

export function makeDoor(services: Services): Door {
  const { config, clock, logger, cluster } = services;
  const quotas = () => cluster.image.security.clientQuotas;
  return {
    services,
    limits: new ConnectionLimits({ config, clock, logger, quotas, burstSeconds: quotaBurst(config).rateSeconds }),
  };
}

/** One address on which clients are taken. */
export class Listener {
  readonly name: string;
  readonly securityProtocol: SecurityProtocol;
  readonly #spec: ListenerSpec;
  readonly #door: Door;
  readonly #services: Services;
  readonly #server: net.Server;
  readonly #mechanisms: ReadonlyMap<string, OfferedMechanism> | null;
  readonly #connections = new Set<ClientConnection>();

  /** @throws MillraceError `INVALID_TLS_CONFIG`, `INVALID_PRINCIPAL_MAPPING`, `INVALID_SASL_CONFIG`. */
  constructor(spec: ListenerSpec, door: Door) {
    const { services } = door;
    this.#door = door;
    this.name = spec.name;
    this.securityProtocol = protocolOf(spec);
    this.#spec = spec;
    this.#services = services;
    this.#mechanisms = usesSasl(this.securityProtocol) ? mechanismsOf(spec, services) : null;
    const tls = usesTls(this.securityProtocol) ? this.#tlsDoor() : null;
    this.#server = (spec.createServer ?? (tls === null ? sharedReceiveServer : plainServer))((socket) => {
      this.#admit(socket, () => {
        if (tls === null) this.#accept(socket, null);
        else tls.take(socket);
      });
    });
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

  get connectionCount(): number {
    return this.#connections.size;
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

  #tlsDoor(): TlsDoor {
    const { tls } = this.#spec;
    if (tls === undefined) {
      throw new MillraceError('INVALID_TLS_CONFIG', `listener ${this.name}: ${this.securityProtocol} needs \`tls\``);
    }
    return new TlsDoor(this.name, tls, this.#services, (socket, principal) => this.#accept(socket, principal));
  }

  /** Lets a socket in, now or a little later, or closes it. */
  #admit(socket: net.Socket, enter: () => void): void {
    const { limits, services } = this.#door;
    const address = addressOf(socket);
    const admission = limits.admit(address);
    socket.on('error', () => {});
    switch (admission.kind) {
      case 'refused':
        if (admission.afterMs === 0) socket.destroy();
        else services.clock.setTimer(admission.afterMs, () => socket.destroy());
        return;
      case 'admitted':
        socket.once('close', () => limits.release(address));
        if (admission.afterMs === 0) enter();
        else services.clock.setTimer(admission.afterMs, () => socket.destroyed || enter());
        return;
      default:
        unreachable(admission);
    }
  }

  #accept(socket: net.Socket, principal: Principal | null): void {
    const { config, clock, logger } = this.#services;
    const connection = new ClientConnection(socket, {
      services: this.#services,
      listener: this.name,
      securityProtocol: this.securityProtocol,
      principal: this.#mechanisms === null ? (principal ?? ANONYMOUS) : ANONYMOUS,
      authentication: this.#mechanisms === null ? null : new Authentication(this.#mechanisms, { clock, logger }),
      clientAddress: addressOf(socket),
      requestBytesMax: config.number('socket.request.max.bytes'),
      idleMs: config.number('connections.max.idle.ms'),
      onClosed: (closed) => void this.#connections.delete(closed),
    });
    this.#connections.add(connection);
  }
}

/** An address as Kafka's tools write it; IPv4 is not dressed up as IPv6. */
function addressOf(socket: net.Socket): string {
  return (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

function mechanismsOf(
  { name, sasl = [] }: ListenerSpec,
  { clock, logger, cluster }: Services,
): ReadonlyMap<string, OfferedMechanism> {
  if (sasl.length === 0) {
    throw new MillraceError('INVALID_SASL_CONFIG', `listener ${name}: \`sasl\` must offer a mechanism`);
  }
  return offeredMechanisms(sasl, {
    clock,
    logger,
    scramCredential: (mechanism, user) => cluster.image.security.scramCredentials.get(user)?.[mechanism] ?? null,
  });
}

function listenError(spec: ListenerSpec, error: NodeJS.ErrnoException): MillraceError {
  const where = spec.path ?? `${spec.host}:${spec.port}`;
  return error.code === 'EADDRINUSE'
    ? new MillraceError('ADDRESS_IN_USE', `${where} is in use: choose another port, or 0 for any free one`, {
        cause: error,
      })
    : new MillraceError('LISTEN_FAILED', `can't listen on ${where}: ${error.message}`, { cause: error });
}
