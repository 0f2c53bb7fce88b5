import type { Server, Socket } from 'node:net';
import type { HostPort } from '@millrace/protocol';
import type { SaslOptions } from '../security/sasl/sasl-options.ts';
import type { SecurityProtocol } from '../security/security-protocol.ts';
import type { TlsSource } from '../security/tls/tls-options.ts';

/** One address on which clients are taken, and how they must come. */
export type ListenerSpec = {
  /** Kafka's name of the listener; clients are told the address of the listener that they came by. */
  readonly name: string;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** A unix socket instead of host and port. */
  readonly path?: string;
  /** What clients are told; the real address where it is missing. */
  readonly advertised?: HostPort;
  /** Default: what `tls` and `sasl` say, `PLAINTEXT` without both. */
  readonly protocol?: SecurityProtocol;
  readonly tls?: TlsSource;
  readonly sasl?: readonly SaslOptions[];
  /** Where sockets come from. Default: Node's `net.createServer`. */
  readonly createServer?: ServerFactory;
};

/** Makes what listens and hands over its sockets; a simulation has one of its own. */
export type ServerFactory = (onSocket: (socket: Socket) => void) => Server;

/** The protocol of a listener, as it says itself or as its options show. */
export function protocolOf({ protocol, tls, sasl }: ListenerSpec): SecurityProtocol {
  if (protocol !== undefined) return protocol;
  if (sasl !== undefined) return tls === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL';
  return tls === undefined ? 'PLAINTEXT' : 'SSL';
}
