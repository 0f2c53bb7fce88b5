import type { Socket } from 'node:net';
import type { ConnectionOptions as TlsConnectionOptions } from 'node:tls';
import { MillraceError } from '@millrace/base';
import type { ClientOptions, OauthBearerToken, SaslOptions, SocketFactory } from './config.ts';

/** The parts of a kafkajs configuration that mean something here; written down anew, so that kafkajs is not needed. */
export type KafkaJsConfig = {
  readonly brokers: readonly string[] | (() => readonly string[] | Promise<readonly string[]>);
  readonly clientId?: string;
  readonly ssl?: TlsConnectionOptions | boolean;
  readonly sasl?: KafkaJsSasl;
  readonly connectionTimeout?: number;
  readonly requestTimeout?: number;
  readonly retry?: {
    readonly maxRetryTime?: number;
    readonly initialRetryTime?: number;
  };
  readonly socketFactory?: (options: {
    readonly host: string;
    readonly port: number;
    readonly ssl: TlsConnectionOptions;
    readonly onConnect: () => void;
  }) => Socket;
};

/** Loose, as kafkajs's own type has mechanisms that we do not have. */
type KafkaJsSasl = {
  readonly mechanism: string;
  readonly username?: string;
  readonly password?: string;
  readonly oauthBearerProvider?: () => Promise<OauthBearerToken>;
};

// kafkajs spells it in any case.
const BY_PASSWORD = new Map(
  (['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).map((mechanism) => [mechanism.toLowerCase(), mechanism]),
);

/**
 * Options for a {@link Client} from a configuration for kafkajs's `new Kafka(…)`: the same brokers, the same way to prove
 * who one is, the same time-outs.
 *
 * @throws MillraceError `INVALID_CONFIG` for a SASL mechanism that this client does not have, such as `aws`.
 */
export function fromKafkaJs(config: KafkaJsConfig): ClientOptions {
  const { brokers, clientId, ssl, sasl, connectionTimeout, requestTimeout, retry, socketFactory } = config;
  return {
    bootstrapServers: brokers,
    ...(clientId === undefined ? {} : { clientId }),
    ...(ssl === undefined ? {} : { tls: ssl }),
    ...(sasl === undefined ? {} : { sasl: saslOf(sasl) }),
    ...(connectionTimeout === undefined ? {} : { connectTimeoutMs: connectionTimeout }),
    ...(requestTimeout === undefined ? {} : { requestTimeoutMs: requestTimeout }),
    ...(retry?.initialRetryTime === undefined ? {} : { retryBackoffMs: retry.initialRetryTime }),
    ...(retry?.maxRetryTime === undefined ? {} : { retryBackoffMaxMs: retry.maxRetryTime }),
    ...(socketFactory === undefined ? {} : { socketFactory: socketFactoryOf(socketFactory) }),
  };
}

function saslOf({ mechanism: spelling, username, password, oauthBearerProvider }: KafkaJsSasl): SaslOptions {
  if (spelling.toLowerCase() === 'oauthbearer' && oauthBearerProvider !== undefined) {
    return { mechanism: 'OAUTHBEARER', token: oauthBearerProvider };
  }
  const mechanism = BY_PASSWORD.get(spelling.toLowerCase());
  if (mechanism === undefined || username === undefined || password === undefined) {
    throw new MillraceError('INVALID_CONFIG', `the SASL mechanism '${spelling}' of this configuration is not known`);
  }
  return { mechanism, username, password };
}

function socketFactoryOf(factory: NonNullable<KafkaJsConfig['socketFactory']>): SocketFactory {
  return ({ host, port }, { tls }) =>
    // kafkajs hands over no `ssl` for a plain socket, whatever its types say.
    factory({ host, port, ssl: tls ?? (undefined as unknown as TlsConnectionOptions), onConnect: () => {} });
}
