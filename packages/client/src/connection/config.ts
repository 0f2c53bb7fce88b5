import type { Duplex } from 'node:stream';
import type { ConnectionOptions as TlsConnectionOptions } from 'node:tls';
import type { Clock, Logger, Random } from '@millrace/base';
import type { Connection, HostPort } from '@millrace/protocol';

/** How the client proves who it is (KIP-12, KIP-84, KIP-255). */
export type SaslOptions =
  | { readonly mechanism: 'PLAIN'; readonly username: string; readonly password: string }
  | { readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; readonly username: string; readonly password: string }
  | { readonly mechanism: 'OAUTHBEARER'; readonly token: () => Promise<OauthBearerToken> };

export type OauthBearerToken = { readonly value: string; readonly extensions?: Readonly<Record<string, string>> };

/** Opens a socket to a broker; the default is `node:net`, or `node:tls` where `tls` is set. */
export type SocketFactory = (address: HostPort, options: { readonly tls: TlsConnectionOptions | null }) => Duplex;

export type ClientOptions = ClientWire & ClientTuning;

export type ClientTuning = {
  /** The name under which brokers log and count this client. Default: `millrace`. */
  readonly clientId?: string;
  /** Where this client runs, as brokers name it (`broker.rack`): those that choose have it read from a copy near by (KIP-392). */
  readonly rack?: string;
  /** The most time that opening a connection may take, with TLS and SASL. Default: 10 s. */
  readonly connectTimeoutMs?: number;
  /** The most time from sending a request to its answer. Default: 30 s. */
  readonly requestTimeoutMs?: number;
  /** How long a retriable failure is retried where an operation has no limit of its own. Default: 60 s. */
  readonly retryTimeoutMs?: number;
  /** The first pause between two tries; it doubles, with jitter. Default: 100 ms. */
  readonly retryBackoffMs?: number;
  /** The longest pause between two tries. Default: 1 s. */
  readonly retryBackoffMaxMs?: number;
  /** After this time, metadata is asked for again even if nothing failed. Default: 5 min. */
  readonly metadataMaxAgeMs?: number;
  /** Whether asking for a missing topic may create it, where the broker allows that. Default: true, as Java's clients. */
  readonly allowAutoTopicCreation?: boolean;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly random?: Random;
};

type BootstrapServers = string | readonly string[];

/** Brokers on the network, or a function that opens a connection to the broker in the same isolate. */
export type ClientWire =
  | {
      /** `host:port`, several separated by commas or as a list, or a function that finds them when they are needed. */
      readonly bootstrapServers: BootstrapServers | (() => BootstrapServers | Promise<BootstrapServers>);
      readonly tls?: TlsConnectionOptions | boolean;
      readonly sasl?: SaslOptions;
      readonly socketFactory?: SocketFactory;
      readonly dial?: never;
    }
  | {
      /** Reaches every node of the cluster, e.g. `() => broker.connect()`. */
      readonly dial: () => Promise<Connection> | Connection;
      readonly bootstrapServers?: never;
    };
