import { type Closeable, type CloseOptions, MillraceError } from '@millrace/base';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { commandApplied } from './command-applied.ts';
import { type CommandRunnerStatus, commandRunnerStatus, degradedError, isDegrading } from './command-runner-status.ts';
import type { CommandStatus } from './command-statuses.ts';
import type { KsqlEngineOptions } from './engine-options.ts';
import type { EngineParts } from './engine-parts.ts';
import { queriesFileOf, readQueriesFile } from './headless/queries-file.ts';
import { openInserter, type RowInserter } from './insert-rows.ts';
import { peerSettings } from './peers/peer-settings.ts';
import type { QueriesHereRequest, QueryHere } from './peers/queries-elsewhere.ts';
import type { HostStoreLags, ServiceHosts } from './peers/service-hosts.ts';
import { type TopicStatsHere, topicStatsHere } from './peers/topic-stats-elsewhere.ts';
import { printTopic } from './print/print-topic.ts';
import { processingLogSettings, processingLogStream } from './processing-log-topic.ts';
import { checkUnset, refuseDenied } from './properties/property-rules.ts';
import type { PullShareRequest } from './pull/shares.ts';
import type { QueryResult } from './query-result.ts';
import type { RequestOptions } from './request.ts';
import type { CommandStatusResult, StatementResult } from './results.ts';
import { runPullShare, runQuery } from './run-query.ts';
import { queriesHere, runStatements } from './session.ts';
import { closeParts, startParts } from './start-parts.ts';
import { type EngineFigures, engineFigures } from './statistics/engine-figures.ts';
import { serversIn, storeLags, type TablePlaces, tablePlaces } from './table-places.ts';
import { terminateCluster, topicMatchers } from './terminate-cluster.ts';

const CLOSE_TIMEOUT_MS = 30_000;

export type EngineInfo = { readonly serviceId: string; readonly kafkaClusterId: string };

/**
 * ksqlDB's engine in this process: takes SQL, keeps it in the command topic, and runs its queries on Kafka Streams.
 * Several engines with one service id are one service.
 */
export class KsqlEngine implements Closeable {
  readonly #parts: EngineParts;
  readonly #ended = Promise.withResolvers<void>();
  #closed: Promise<void> | undefined;

  private constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /**
   * Replays the command topic and goes on with the queries that it names.
   * @throws MillraceError of the client when the brokers can't be reached, `COMMAND_TOPIC_INVALID`; of a file of
   *   statements what `execute` throws
   */
  static async start(
    options: KsqlEngineOptions,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<KsqlEngine> {
    const parts = await startParts(options, signal);
    const engine = new KsqlEngine(parts);
    const settings = processingLogSettings(parts.config, parts.serviceId);
    const { isHeadless } = engine;
    if (settings.createsStream && isHeadless) {
      parts.logger.warn('processing log auto-create is enabled, but this is not supported for headless mode.');
    }
    if (settings.createsStream && !isHeadless) await engine.execute(processingLogStream(settings));
    if (isHeadless) await engine.#runFile(queriesFileOf(parts.config)!);
    return engine;
  }

  /** It runs the statements of a file (`ksql.queries.file`), and its server takes no others. */
  get isHeadless(): boolean {
    return queriesFileOf(this.#parts.config) !== null;
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
   * For the servers of a service: the rows of a pull query in those partitions of its table that this engine holds, or
   * has copies of.
   * @throws MillraceError `PARTITIONS_MOVED` (retriable) where it does not hold them
   */
  pullShare(share: Omit<PullShareRequest, 'properties'>, request: RequestOptions): Promise<AsyncGenerator<string>> {
    return this.#whileOpen(() => runPullShare(this.#parts, share, request));
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

  /** The queries of this engine, without what other engines of the service say of them. */
  queriesHere(request: QueriesHereRequest = { tasksOf: [] }): Promise<readonly QueryHere[]> {
    return this.#whileOpen(() => queriesHere(this.#parts, request));
  }

  /** What the queries of this engine do with some topics. */
  topicStatsHere(topics: readonly string[]): Promise<TopicStatsHere> {
    return this.#whileOpen(() => topicStatsHere(topics, this.#parts));
  }

  /** Which engines of the service hold which parts of its tables. */
  tablePlaces(): readonly TablePlaces[] {
    return tablePlaces(this.#parts);
  }

  /** How far the stores of this engine's queries are behind their changelogs. */
  storeLags(): Promise<HostStoreLags> {
    return this.#whileOpen(() => storeLags(this.#parts));
  }

  /** What is known of the engines of the service now, and of what it is told. */
  get peers(): { readonly hosts: ServiceHosts; readonly hearsBeats: boolean; readonly hearsLags: boolean } {
    const { hosts, config } = this.#parts;
    const { heartbeats, lagSendIntervalMs } = peerSettings(config);
    if (heartbeats === null) hosts.discover(serversIn(this.tablePlaces()));
    return { hosts, hearsBeats: heartbeats !== null, hearsLags: lagSendIntervalMs !== null };
  }

  /** All that is counted of the engine and its queries. */
  figures(): Promise<EngineFigures> {
    return this.#whileOpen(() => engineFigures(this.#parts));
  }

  /** How the command topic is followed. */
  get commandRunner(): CommandRunnerStatus {
    return commandRunnerStatus(this.#parts.log.failure, this.#parts.isBlocked());
  }

  /** What users should know of an engine that takes no statements any more. */
  get warnings(): readonly string[] {
    const { failure } = this.#parts.log;
    return isDegrading(failure) ? [degradedError(failure).message] : [];
  }

  /** The engine's settings by their names, with what it sets itself. */
  get config(): KsqlConfig {
    return this.#parts.config;
  }

  /** What became of the last commands, by ksqlDB's names of them. */
  commandStatuses(): ReadonlyMap<string, CommandStatus> {
    return new Map(this.#parts.statuses.list());
  }

  /**
   * Ends the service: queries with their state, the sinks' topics that a pattern matches, the command topic; then closes.
   * The other engines of the service are to be closed before.
   * @throws KsqlException for what is no pattern
   */
  terminateCluster(
    deleteTopics: readonly string[],
    { timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {},
  ): Promise<CommandStatusResult> {
    return this.#whileOpen(async () => {
      const terminated = terminateCluster(this.#parts, topicMatchers(deleteTopics), timeoutMs);
      const end = (): void => this.#ended.resolve();
      this.#closed = terminated.then(end, end);
      return terminated;
    });
  }

  /** Resolves when the engine was closed, or its service ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Ends push queries, then stops the queries that run; they go on with the next engine. */
  close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    this.#closed ??= closeParts(this.#parts, timeoutMs).finally(this.#ended.resolve);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What is wrong with a file ends the engine. */
  async #runFile(path: string): Promise<void> {
    try {
      await this.execute(readQueriesFile(path));
    } catch (thrown) {
      await this.close();
      throw thrown;
    }
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
