import net from 'node:net';
import type tls from 'node:tls';
import { describeError, MillraceError, unreachable } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { Services } from '../apis/api.ts';
import { ANONYMOUS, type Principal, userPrincipal } from '../security/principal.ts';
import { type OfferedMechanism, offeredMechanisms } from '../security/sasl/mechanisms.ts';
import { type SecurityProtocol, usesSasl, usesTls } from '../security/security-protocol.ts';
import { distinguishedName } from '../security/tls/distinguished-name.ts';
import { principalMapping } from '../security/tls/principal-mapping.ts';
import type { TlsOptions } from '../security/tls/tls-options.ts';
import { Authentication } from './authentication.ts';
import { ClientConnection } from './connection.ts';
import { ConnectionLimits } from './connection-limits.ts';
import { type ListenerSpec, protocolOf, type ServerFactory } from './listener-spec.ts';
import { quotaBurst } from './security-options.ts';
import { sharedReceiveServer } from './shared-receive.ts';

const BACKLOG = 1024;

/** How long a client may take to agree on TLS. */
const TLS_HANDSHAKE_MS_MAX = 30_000;

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
  readonly #nameOf: (distinguishedName: string) => string;
  readonly #connections = new Set<ClientConnection>();

  /** @throws MillraceError `INVALID_TLS_CONFIG`, `INVALID_PRINCIPAL_MAPPING`, `INVALID_SASL_CONFIG`. */
  constructor(spec: ListenerSpec, door: Door) {
    const { services } = door;
    this.#door = door;
    this.name = spec.name;
    this.securityProtocol = protocolOf(spec);
    this.#spec = spec;
    this.#services = services;
    this.#nameOf = principalMapping(spec.tls?.principalMappingRules ?? 'DEFAULT');
    this.#mechanisms = usesSasl(this.securityProtocol) ? mechanismsOf(spec, services) : null;
    const tlsServer = usesTls(this.securityProtocol) ? this.#tlsServer() : null;
    this.#server = (spec.createServer ?? (tlsServer === null ? sharedReceiveServer : plainServer))((socket) => {
      this.#admit(socket, () => {
        if (tlsServer === null) this.#accept(socket, null);
        else tlsServer.emit('connection', socket);
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

  /** Agrees on TLS with the sockets that it is given; it listens nowhere itself. */
  #tlsServer(): tls.Server {
    const { tls: options } = this.#spec;
    if (options === undefined) {
      throw new MillraceError('INVALID_TLS_CONFIG', `listener ${this.name}: ${this.securityProtocol} needs \`tls\``);
    }
    const { clientAuth = 'none', principalMappingRules: _, ...context } = options;
    let server: tls.Server;
    try {
      // Loaded here: it takes 7 MB, and most brokers have no such listener.
      server = process.getBuiltinModule('node:tls').createServer({
        ...context,
        handshakeTimeout: TLS_HANDSHAKE_MS_MAX,
        requestCert: clientAuth !== 'none',
        rejectUnauthorized: clientAuth === 'required',
      });
    } catch (error) {
      throw new MillraceError(
        'INVALID_TLS_CONFIG',
        `listener ${this.name}: key and certificates don't fit: ${describeError(error)}`,
        { cause: error },
      );
    }
    server.on('secureConnection', (socket) => this.#acceptSecure(socket, options));
    server.on('tlsClientError', (error, socket) => {
      this.#services.logger.info('a client failed to agree on TLS', { listener: this.name, reason: error.message });
      socket.destroy();
    });
    return server;
  }

  #acceptSecure(socket: tls.TLSSocket, { clientAuth = 'none' }: TlsOptions): void {
    const certificate = clientAuth === 'none' ? undefined : socket.getPeerX509Certificate();
    if (certificate === undefined) {
      this.#accept(socket, null);
      return;
    }
    // A certificate need not be shown where it is only requested; but one that is shown must be right.
    if (!socket.authorized) {
      const reason = describeError(socket.authorizationError);
      this.#services.logger.info('the certificate of a client is not trusted', { listener: this.name, reason });
      socket.destroy();
      return;
    }
    try {
      this.#accept(socket, userPrincipal(this.#nameOf(distinguishedName(certificate))));
    } catch (error) {
      this.#services.logger.info('a certificate gives no name', { listener: this.name, reason: describeError(error) });
      socket.destroy();
    }
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
