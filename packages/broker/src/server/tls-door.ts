import type { Socket } from 'node:net';
import type tls from 'node:tls';
import { describeError, MillraceError } from '@millrace/base';
import type { Services } from '../apis/api.ts';
import { type Principal, userPrincipal } from '../security/principal.ts';
import { distinguishedName } from '../security/tls/distinguished-name.ts';
import { principalMapping } from '../security/tls/principal-mapping.ts';
import type { TlsOptions, TlsSource } from '../security/tls/tls-options.ts';

/** How long a client may take to agree on TLS. */
const TLS_HANDSHAKE_MS_MAX = 30_000;

/** Certificates that are read by a function are read anew no more often than this. */
const RENEWAL_MS = 60_000;

type OnSecure = (socket: Socket, principal: Principal | null) => void;

/** Agrees on TLS with sockets that it is given, and hands them on with the name in the client's certificate, if there is one. */
export class TlsDoor {
  readonly #listener: string;
  readonly #source: TlsSource;
  readonly #services: Services;
  readonly #onSecure: OnSecure;
  readonly #server: tls.Server;
  #options: TlsOptions;
  #nameOf: (distinguishedName: string) => string;
  #readAtMs: number;

  /** @throws MillraceError `INVALID_TLS_CONFIG`, `INVALID_PRINCIPAL_MAPPING`. */
  constructor(listener: string, source: TlsSource, services: Services, onSecure: OnSecure) {
    this.#listener = listener;
    this.#source = source;
    this.#services = services;
    this.#onSecure = onSecure;
    this.#options = read(source);
    this.#nameOf = principalMapping(this.#options.principalMappingRules ?? 'DEFAULT');
    this.#readAtMs = services.clock.monotonicMs();
    this.#server = createServer(listener, this.#options);
    this.#server.on('secureConnection', (socket) => this.#handOn(socket));
    this.#server.on('tlsClientError', (error, socket) => {
      services.logger.info('a client failed to agree on TLS', { listener, reason: error.message });
      socket.destroy();
    });
  }

  take(socket: Socket): void {
    this.#renew();
    this.#server.emit('connection', socket);
  }

  #handOn(socket: tls.TLSSocket): void {
    const { clientAuth = 'none' } = this.#options;
    const certificate = clientAuth === 'none' ? undefined : socket.getPeerX509Certificate();
    if (certificate === undefined) {
      this.#onSecure(socket, null);
      return;
    }
    try {
      // A certificate need not be shown where it is only requested; but one that is shown must be right.
      if (!socket.authorized) throw new Error(`it is not trusted: ${describeError(socket.authorizationError)}`);
      this.#onSecure(socket, userPrincipal(this.#nameOf(distinguishedName(certificate))));
    } catch (error) {
      const reason = describeError(error);
      this.#services.logger.info('the certificate of a client is refused', { listener: this.#listener, reason });
      socket.destroy();
    }
  }

  /** Certificates run out while a broker runs: who gives a function gives new ones in time. */
  #renew(): void {
    const nowMs = this.#services.clock.monotonicMs();
    if (typeof this.#source !== 'function' || nowMs - this.#readAtMs < RENEWAL_MS) return;
    this.#readAtMs = nowMs;
    try {
      const options = read(this.#source);
      this.#server.setSecureContext(options);
      this.#nameOf = principalMapping(options.principalMappingRules ?? 'DEFAULT');
    } catch (error) {
      // The old ones may be good for a while yet.
      const reason = describeError(error);
      this.#services.logger.warn('the certificates can not be read anew', { listener: this.#listener, reason });
    }
  }
}

function read(source: TlsSource): TlsOptions {
  return typeof source === 'function' ? source() : source;
}

function createServer(
  listener: string,
  { clientAuth = 'none', principalMappingRules: _, ...context }: TlsOptions,
): tls.Server {
  try {
    // Loaded here: it takes 7 MB, and most brokers have no such listener.
    return process.getBuiltinModule('node:tls').createServer({
      ...context,
      handshakeTimeout: TLS_HANDSHAKE_MS_MAX,
      requestCert: clientAuth !== 'none',
      rejectUnauthorized: clientAuth === 'required',
    });
  } catch (error) {
    throw new MillraceError(
      'INVALID_TLS_CONFIG',
      `listener ${listener}: key and certificates don't fit: ${describeError(error)}`,
      { cause: error },
    );
  }
}
