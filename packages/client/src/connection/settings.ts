import {
  type Clock,
  type Logger,
  MillraceError,
  type Random,
  silentLogger,
  systemClock,
  systemRandom,
} from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { ClientOptions } from './config.ts';

const DEFAULT_PORT = 9092;

/** The options of a client with every default filled in: the one place where the defaults stand. */
export type ClientSettings = {
  readonly clientId: string;
  /** Empty where that is not told. */
  readonly rack: string;
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly retryTimeoutMs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly metadataMaxAgeMs: number;
  readonly allowAutoTopicCreation: boolean;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
};

export function settingsOf(options: ClientOptions): ClientSettings {
  return {
    clientId: options.clientId ?? 'millrace',
    rack: options.rack ?? '',
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    retryTimeoutMs: options.retryTimeoutMs ?? 60_000,
    retryBackoffMs: options.retryBackoffMs ?? 100,
    retryBackoffMaxMs: options.retryBackoffMaxMs ?? 1_000,
    metadataMaxAgeMs: options.metadataMaxAgeMs ?? 300_000,
    allowAutoTopicCreation: options.allowAutoTopicCreation ?? true,
    logger: options.logger ?? silentLogger,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
  };
}

/**
 * The addresses of `host:port,host:port`, also with IPv6 hosts in brackets; the port may be left out.
 *
 * @throws MillraceError `INVALID_CONFIG` for what is no address.
 */
export function parseBootstrapServers(servers: string | readonly string[]): readonly HostPort[] {
  const list = (typeof servers === 'string' ? servers : servers.join(','))
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '');
  if (list.length === 0) throw new MillraceError('INVALID_CONFIG', 'bootstrapServers names no server');
  return list.map(parseServer);
}

function parseServer(server: string): HostPort {
  // Java's configurations may carry a listener name in front.
  const match = /^(?:[A-Za-z_]+:\/\/)?(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(server);
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? DEFAULT_PORT : Number(match[3]);
  if (host === undefined || port < 1 || port > 65_535) {
    throw new MillraceError('INVALID_CONFIG', `'${server}' in bootstrapServers is not host:port`);
  }
  return { host, port };
}
