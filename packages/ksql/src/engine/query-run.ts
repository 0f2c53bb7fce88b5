import { type Clock, type Closeable, type CloseOptions, type Logger, MillraceError } from '@millrace/base';
import type { Client } from '@millrace/client';
import { KafkaStreams, type Topology } from '@millrace/streams';
import { failureHandlers } from '../compile/failure-handlers.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { type AdvertisedHost, APPLICATION_SERVER } from './advertised-host.ts';
import { streamsConfig } from './engine-config.ts';
import type { Materialization } from './pull/materialization.ts';

const CLEAN_UP_TIMEOUT_MS = 30_000;

/** What the queries of an engine share. */
export type QueryHost = {
  readonly client: Client;
  readonly stateDir: string;
  readonly advertised: AdvertisedHost | null;
  readonly clock: Clock;
  readonly logger: Logger;
  /** All that run now, of whatever kind. */
  readonly runs: Set<QueryRun>;
};

type QueryRunOptions = {
  readonly applicationId: string;
  readonly topology: Topology;
  /** Where the query keeps the table that it makes, if it makes one. */
  readonly materialization: Materialization | null;
  readonly config: KsqlConfig;
  /** Called when the query ends by a failure. */
  readonly onFailure?: (failure: unknown) => void;
};

/**
 * One query as it runs: an application of its own, with its own group, offsets, state and lifecycle, on the client that all
 * queries of the engine share. What they fetch and read together they do behind {@link KafkaStreams}, not in front of it.
 */
export class QueryRun implements Closeable {
  readonly applicationId: string;
  readonly materialization: Materialization | null;
  readonly #streams: KafkaStreams;
  readonly #host: QueryHost;

  /** @throws MillraceError `INVALID_ARGUMENT` for settings that can't be */
  constructor({ applicationId, topology, materialization, config, onFailure }: QueryRunOptions, host: QueryHost) {
    this.applicationId = applicationId;
    this.materialization = materialization;
    this.#host = host;
    this.#streams = new KafkaStreams(topology, {
      applicationId,
      client: host.client,
      config: streamsConfig(ownConfig(config, host), host.logger),
      handlers: failureHandlers(config),
      clock: host.clock,
      logger: host.logger,
      stateDir: host.stateDir,
    });
    this.#streams.onStateChange((state) => {
      if (state === 'ERROR') onFailure?.(this.#streams.failure);
    });
  }

  get streams(): KafkaStreams {
    return this.#streams;
  }

  get hasFailed(): boolean {
    return this.#streams.state === 'PENDING_ERROR' || this.#streams.state === 'ERROR';
  }

  /** Starts in the background. @throws MillraceError `LOCKED` when the state folder is in use */
  start(): Promise<void> {
    this.#host.runs.add(this);
    return this.#streams.start();
  }

  pause(): void {
    this.#streams.pause();
  }

  resume(): void {
    this.#streams.resume();
  }

  /** Commits and leaves; the query can go on with another run. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#host.runs.delete(this);
    return this.#streams.close(options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** After close: deletes all that the query had, here and on the brokers. Its input and output topics stay. */
  async cleanUp(): Promise<void> {
    await this.#streams.cleanUp();
    await deleteApplication(this.#host.client, this.applicationId);
  }
}

/** What an application has on the brokers: its internal topics and its group. */
export async function deleteApplication({ admin }: Client, applicationId: string): Promise<void> {
  const topics = (await admin.listTopics({ timeoutMs: CLEAN_UP_TIMEOUT_MS })).map(({ name }) => name);
  const own = topics.filter((name) => name.startsWith(`${applicationId}-`));
  await ignoring(['UNKNOWN_TOPIC_OR_PARTITION'], async () => {
    if (own.length > 0) await admin.deleteTopics(own, { timeoutMs: CLEAN_UP_TIMEOUT_MS });
  });
  // Without stored offsets there is no group; with another engine in it, that one deletes it.
  await ignoring(['GROUP_ID_NOT_FOUND', 'NON_EMPTY_GROUP'], () =>
    admin.deleteGroups([applicationId], { timeoutMs: CLEAN_UP_TIMEOUT_MS }),
  );
}

/** A query has its settings from the engine that took its statement; where it runs is each engine's own. */
function ownConfig({ [APPLICATION_SERVER]: _taker, ...config }: KsqlConfig, { advertised }: QueryHost): KsqlConfig {
  return advertised === null ? config : { ...config, [APPLICATION_SERVER]: advertised.server };
}

/** Engines of one service clean up at the same time: what another one did first is no failure. */
async function ignoring(codes: readonly string[], act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (thrown) {
    if (!(thrown instanceof MillraceError && codes.includes(thrown.code))) throw thrown;
  }
}

/** The application of a persistent query: ksqlDB's name for it, so that its groups and topics are found by its tools. */
export function persistentApplicationId(serviceId: string, queryId: string): string {
  return applicationName(`_confluent-ksql-${serviceId}query_${queryId}`);
}

export function transientApplicationId(serviceId: string, queryId: string): string {
  return applicationName(`${transientPrefix(serviceId)}${queryId}`);
}

/** With what the names of all push queries of a service begin. */
export function transientPrefix(serviceId: string): string {
  return applicationName(`_confluent-ksql-${serviceId}`);
}

// Source names may hold any sign, topic and group names may not. Ids end in a number of their own, so they stay apart.
function applicationName(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_');
}
