import {
  type Closeable,
  type CloseOptions,
  MillraceError,
  silentLogger,
  systemClock,
  systemRandom,
} from '@millrace/base';
import { Client, type ClientOptions } from '@millrace/client';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { configuredRegistry } from '../registry/configured-registry.ts';
import { advertisedHost } from './advertised-host.ts';
import { backOffOf } from './back-off.ts';
import { CommandLog } from './command-log.ts';
import { type CommandStatus, CommandStatuses } from './command-statuses.ts';
import { CONFIG_DEFAULTS, normaliseConfig } from './engine-config.ts';
import type { Applied, EngineParts } from './engine-parts.ts';
import { applyCommand, EMPTY_STATE, type EngineState } from './engine-state.ts';
import { openInserter, type RowInserter } from './insert-rows.ts';
import { persistentQueryRun } from './persistent-query.ts';
import { printTopic } from './print/print-topic.ts';
import { openProcessingLog } from './processing-log.ts';
import { processingLogSettings, processingLogStream } from './processing-log-topic.ts';
import { checkUnset, refuseDenied } from './properties/property-rules.ts';
import { TransientQueries } from './push/transient-queries.ts';
import { errorClassifier } from './query-errors.ts';
import type { QueryResult } from './query-result.ts';
import { RecordWriter } from './record-writer.ts';
import type { RequestOptions } from './request.ts';
import type { StatementResult } from './results.ts';
import { runPullShare, runQuery } from './run-query.ts';
import { RunningQueries } from './running-queries.ts';
import { runStatements } from './session.ts';
import { stateFolder } from './state-folder.ts';
import { type TablePlaces, tablePlaces } from './table-places.ts';
import { Topics } from './topics.ts';

const CLOSE_TIMEOUT_MS = 30_000;
/** Of one record; the client's `retryTimeoutMs` where it is set. */
const WRITE_TIMEOUT_MS = 30_000;

export type KsqlEngineOptions = ClientOptions & {
  /**
   * Engines of one service share their statements and divide the work: its name is part of the command topic and of all
   * groups. Default: `default_`, as ksqlDB.
   */
  readonly serviceId?: string;
  /** The folder of the queries' state. Default: a temporary one; the state is then rebuilt from its changelogs. */
  readonly stateDir?: string;
  /** Settings by their ksqlDB or Kafka names, e.g. `auto.offset.reset`, `ksql.streams.commit.interval.ms`. */
  readonly config?: KsqlConfig;
  /** What statements may call. Default: ksqlDB's functions; add your own to a registry of these. */
  readonly functions?: FunctionRegistry;
  /**
   * Where AVRO, PROTOBUF and JSON_SR keep their schemas. Default: the one of the setting `ksql.schema.registry.url`; without
   * it these formats are refused.
   */
  readonly schemaRegistry?: SchemaRegistry;
};

export type EngineInfo = { readonly serviceId: string; readonly kafkaClusterId: string };

/**
 * ksqlDB's engine in this process: takes SQL, keeps it in the command topic, and runs its queries on Kafka Streams.
 * Several engines with one service id are one service.
 */
export class KsqlEngine implements Closeable {
  readonly #parts: EngineParts;
  #closed: Promise<void> | undefined;

  private constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /**
   * Replays the command topic and goes on with the queries that it names.
   * @throws MillraceError of the client when the brokers can't be reached, `COMMAND_TOPIC_INVALID`, `COMMAND_UNREADABLE`
   */
  static async start(
    options: KsqlEngineOptions,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<KsqlEngine> {
    const parts = await startParts(options, signal);
    const engine = new KsqlEngine(parts);
    const settings = processingLogSettings(parts.config, parts.serviceId);
    if (settings.createsStream) await engine.execute(processingLogStream(settings));
    return engine;
  }

  /** The functions that statements may call: register your own before the statements that use them. */
  get functions(): FunctionRegistry {
    return this.#parts.functions;
  }

  /** Who this engine is, and on which cluster. @throws MillraceError of the client when the brokers can't be reached */
  info({ signal }: { readonly signal?: AbortSignal } = {}): Promise<EngineInfo> {
    return this.#whileOpen(async () => {
      const { serviceId, client } = this.#parts;
      const { clusterId } = await client.admin.describeCluster(signal === undefined ? {} : { signal });
      return { serviceId, kafkaClusterId: clusterId ?? '' };
    });
  }

  /**
   * Runs statements, one after the other; gives a result for each.
   * @throws StatementFailedException for the first that fails, with the results of those before it
   * @throws ParseFailedException for a text that is no SQL; nothing was run then
   */
  execute(sql: string, request: RequestOptions = {}): Promise<readonly StatementResult[]> {
    return this.#after(request, () => runStatements(this.#parts, sql, request));
  }

  /**
   * Runs one SELECT. With EMIT CHANGES it is a push query: rows come until LIMIT, or until the reader leaves. Without,
   * it is a pull query: the rows that a table has now.
   * @throws StatementFailedException, ParseFailedException
   */
  query(sql: string, request: RequestOptions = {}): Promise<QueryResult> {
    return this.#after(request, () => runQuery(this.#parts, sql, request));
  }

  /**
   * For the servers of a service: the rows of a pull query in those partitions of its table that this engine holds.
   * @throws MillraceError `PARTITIONS_MOVED` (retriable) where it does not hold them
   */
  pullShare(sql: string, partitions: readonly number[], request: RequestOptions): Promise<AsyncGenerator<string>> {
    return this.#whileOpen(() => runPullShare(this.#parts, sql, partitions, request));
  }

  /**
   * PRINT: the records of a topic as lines of text. They come until LIMIT, or until the reader leaves.
   * @throws StatementFailedException, ParseFailedException
   */
  print(sql: string, request: RequestOptions = {}): Promise<AsyncGenerator<string, undefined, undefined>> {
    return this.#after(request, () => printTopic(this.#parts, sql, request));
  }

  /** Writes rows into a stream or table, one after the other. @throws KsqlException for a target that takes none */
  inserter(target: string, { signal }: { readonly signal?: AbortSignal } = {}): RowInserter {
    if (this.#closed !== undefined) throw new MillraceError('CLOSED', 'the engine was closed');
    return openInserter(target, this.#parts, signal);
  }

  /** @throws KsqlException for a setting that nobody has, or that may not be changed by statements and requests */
  checkProperty(name: string): void {
    checkUnset(name);
    refuseDenied([name], this.#parts.config);
  }

  /** `host:port` of this engine's server, where it has told it to the others. */
  get address(): string | null {
    return this.#parts.advertised?.server ?? null;
  }

  /** Which engines of the service hold which parts of its tables. */
  tablePlaces(): readonly TablePlaces[] {
    return tablePlaces(this.#parts);
  }

  /** What became of the last commands, by ksqlDB's names of them. */
  commandStatuses(): ReadonlyMap<string, CommandStatus> {
    return new Map(this.#parts.statuses.list());
  }

  /** Ends push queries, then stops the queries that run; they go on with the next engine. */
  close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    this.#closed ??= closeParts(this.#parts, timeoutMs);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** When the command has been applied that the request names. */
  #after<T>(request: RequestOptions, work: () => Promise<T>): Promise<T> {
    return this.#whileOpen(async () => {
      await commandApplied(this.#parts, request);
      return work();
    });
  }

  #whileOpen<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed === undefined) return work();
    return Promise.reject(new MillraceError('CLOSED', 'the engine was closed'));
  }
}

/** How long a request waits for a command that it names; ksqlDB's `ksql.server.command.response.timeout.ms`. */
const COMMAND_TIMEOUT_MS = 5_000;

/** @throws MillraceError `COMMAND_TIMEOUT` */
async function commandApplied({ log, running, state }: EngineParts, request: RequestOptions): Promise<void> {
  const { commandSequenceNumber: number, commandTimeoutMs: timeoutMs = COMMAND_TIMEOUT_MS, signal } = request;
  if (number === undefined || number < log.position) return;
  try {
    await log.applied(number, timeoutMs, { signal });
    await running.follow(state().queries);
  } catch (cause) {
    if (!(cause instanceof MillraceError) || cause.code !== 'TIMEOUT') throw cause;
    const message =
      `Timed out while waiting for a previous command to execute. command sequence number: ${number}\n` +
      `Timeout reached while waiting for command sequence number of ${number}. (Timeout:${timeoutMs} ms)`;
    throw new MillraceError('COMMAND_TIMEOUT', message, { cause, retriable: true });
  }
}

/** The table of contents of an engine: its parts, in the order in which they start. */
async function startParts(options: KsqlEngineOptions, signal: AbortSignal | undefined): Promise<EngineParts> {
  const { serviceId = 'default_', config = {}, stateDir, functions = builtInFunctions(), schemaRegistry } = options;
  const { logger = silentLogger, clock = systemClock, random = systemRandom } = options;
  const client = new Client(options);
  let state: EngineState = EMPTY_STATE;
  let isReplaying = true;
  const engineConfig = { ...CONFIG_DEFAULTS, 'ksql.service.id': serviceId, ...normaliseConfig(config) };
  const topics = new Topics(client.admin);
  const ownRegistry = schemaRegistry === undefined ? configuredRegistry(engineConfig) : undefined;
  const registry = schemaRegistry ?? ownRegistry;
  const settings = processingLogSettings(engineConfig, serviceId);
  const processingLog = await openProcessingLog({ client, clock, logger, topics, settings }).catch(async (thrown) => {
    await client.close();
    throw thrown;
  });
  const folder = stateFolder(stateDir);
  const advertised = advertisedHost(engineConfig);
  const host = {
    client,
    functions,
    registry,
    serviceId,
    advertised,
    logger,
    clock,
    stateDir: folder.path,
    processingLog,
  };
  const statuses = new CommandStatuses();
  const writer = new RecordWriter({ client, clock, timeoutMs: options.retryTimeoutMs ?? WRITE_TIMEOUT_MS });
  const running = new RunningQueries({
    logger,
    clock,
    backOff: backOffOf(engineConfig),
    classify: errorClassifier(engineConfig),
    open: (query, onFailure) => persistentQueryRun(query, host, onFailure),
  });
  try {
    const log = await CommandLog.open<Applied>(
      {
        client,
        topic: `_confluent-ksql-${serviceId}_command_topic`,
        clock,
        logger,
        writer,
        apply(command) {
          const applied = applyCommand(state, command);
          state = applied.state;
          const { message, queryId } = applied;
          statuses.note(command.id, { status: 'SUCCESS', message, queryId, commandSequenceNumber: command.position });
          const started = isReplaying ? Promise.resolve() : running.follow(state.queries);
          return { ...applied, position: command.position, running: started };
        },
      },
      { signal },
    );
    isReplaying = false;
    await running.follow(state.queries);
    const transient = new TransientQueries({ logger, random });
    return {
      ...host,
      config: engineConfig,
      topics,
      writer,
      log,
      running,
      transient,
      state: () => state,
      folder,
      statuses,
      ownRegistry,
    };
  } catch (thrown) {
    await running.close();
    await processingLog.close?.();
    await client.close();
    await folder.close();
    throw thrown;
  }
}

/** First those who ask, then those who are asked; a part that fails to close does not keep the next from closing. */
async function closeParts(parts: EngineParts, timeoutMs: number): Promise<void> {
  const deadlineMs = parts.clock.monotonicMs() + timeoutMs;
  for (const part of [
    parts.transient,
    parts.log,
    parts.running,
    parts.writer,
    parts.processingLog,
    parts.client,
    parts.folder,
    parts.ownRegistry,
  ]) {
    const leftMs = Math.max(0, deadlineMs - parts.clock.monotonicMs());
    await part?.close?.({ timeoutMs: leftMs }).catch((error: unknown) => {
      parts.logger.warn('A part of the engine did not close cleanly', { error: String(error) });
    });
  }
}
