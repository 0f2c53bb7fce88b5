import type { ConnectionOptions as TlsConnectionOptions } from 'node:tls';
import { MillraceError } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import { connectionClosed, timedOut } from '../lib/errors.ts';
import { BrokerLink } from './broker-link.ts';
import type { ClientOptions, SaslOptions, SocketFactory } from './config.ts';
import { formatAddress, openSocket, whenConnected } from './open-socket.ts';
import { authenticate } from './sasl/authenticate.ts';
import { SaslConnection } from './sasl/sasl-connection.ts';
import { type ClientSettings, parseBootstrapServers } from './settings.ts';
import { TcpConnection } from './tcp-connection.ts';
import { negotiateVersions, type VersionTable } from './versions.ts';

/** How this client reaches brokers. */
export type Dialler = {
  /** Whether the broker runs in this isolate: then every node is reached the same way, and addresses mean nothing. */
  readonly isLocal: boolean;
  /** Addresses to begin with; none when the broker is local. */
  bootstrap(): Promise<readonly HostPort[]>;
  /** Opens a connection, ready for requests. */
  dial(address: HostPort): Promise<BrokerLink>;
};

export function makeDialler(options: ClientOptions, settings: ClientSettings): Dialler {
  if (options.dial !== undefined) {
    const { dial } = options;
    return { isLocal: true, bootstrap: async () => [], dial: async () => BrokerLink.over(await dial()) };
  }
  const { bootstrapServers } = options;
  // A list that is wrong should say so where the client is made.
  const fixed = typeof bootstrapServers === 'function' ? undefined : parseBootstrapServers(bootstrapServers);
  const bootstrap = async () =>
    typeof bootstrapServers === 'function' ? parseBootstrapServers(await bootstrapServers()) : fixed!;
  const tls = options.tls === true ? {} : options.tls === false ? null : (options.tls ?? null);
  const wire = { tls, sasl: options.sasl, open: options.socketFactory ?? openSocket };
  return { isLocal: false, bootstrap, dial: (address) => dialTcp(address, wire, settings) };
}

type TcpWire = {
  readonly tls: TlsConnectionOptions | null;
  readonly sasl: SaslOptions | undefined;
  readonly open: SocketFactory;
};

async function dialTcp(address: HostPort, wire: TcpWire, settings: ClientSettings): Promise<BrokerLink> {
  const name = formatAddress(address);
  const { clock, logger, clientId, connectTimeoutMs, requestTimeoutMs } = settings;
  const socket = wire.open(address, { tls: wire.tls });
  // Without a listener an error that comes late would end the process.
  socket.on('error', () => {});
  let isTooLate = false;
  const timer = clock.setTimer(connectTimeoutMs, () => {
    isTooLate = true;
    socket.destroy();
  });
  try {
    await whenConnected(socket, wire.tls);
    const connection = new TcpConnection(socket, { name, clientId, requestTimeoutMs, clock, logger });
    const versions = await negotiateVersions(connection);
    if (wire.sasl === undefined) return BrokerLink.with(connection, versions);
    return BrokerLink.with(await authenticated(connection, versions, wire.sasl, settings), versions);
  } catch (thrown) {
    socket.destroy();
    if (isTooLate) throw timedOut(`connecting to ${name}`, connectTimeoutMs, thrown);
    if (thrown instanceof MillraceError) throw thrown;
    if (isCertificateError(thrown)) throw untrusted(name, thrown);
    throw connectionClosed(name, thrown);
  } finally {
    timer.clear();
  }
}

async function authenticated(
  connection: TcpConnection,
  versions: VersionTable,
  sasl: SaslOptions,
  { clock, random }: ClientSettings,
): Promise<SaslConnection> {
  const prove = (): Promise<number> => authenticate(connection, versions, sasl);
  return new SaslConnection(connection, { lifetimeMs: await prove(), authenticate: prove, clock, random });
}

/** Node's codes for a certificate that does not convince; trying again would not change it. */
function isCertificateError(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code);
}

function untrusted(name: string, cause: unknown): MillraceError {
  return new MillraceError('TLS_CERTIFICATE_REFUSED', `the certificate of ${name} is not trusted: see tls.ca`, {
    cause,
  });
}
