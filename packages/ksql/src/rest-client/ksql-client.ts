import { Readable } from 'node:stream';
import { type Closeable, MillraceError } from '@millrace/base';
import { printString } from '../syntax/names.ts';
import { splitStatements } from '../syntax/split-statements.ts';
import type { ResultRow } from '../types/result-values.ts';
import { printName } from '../types/sql-type.ts';
import { linesOf } from './answer-lines.ts';
import type {
  AssertOptions,
  BatchedQueryResult,
  ClientRequestOptions,
  ExecuteStatementResult,
  KsqlClientOptions,
  Properties,
  ServerInfo,
} from './client-types.ts';
import type { ConnectorDescriptionEntity, EntityBodies, KsqlEntity } from './entities.ts';
import type { InsertRow } from './insert-json.ts';
import { ackOf, type InsertAck, InsertLines } from './inserts.ts';
import {
  type ConnectorSummary,
  describedSource,
  type SourceDetails,
  type SourceSummary,
  sourceSummary,
  type TopicSummary,
  topicSummary,
} from './listings.ts';
import { KsqlServerError } from './server-error.ts';
import { ServerRequests } from './server-requests.ts';
import { sourceName, withClause } from './sql-text.ts';
import { type RowObject, rowObject, StreamedQueryResult } from './streamed-query-result.ts';

/**
 * A client of one ksqlDB server, Millrace's or any other, with the calls of ksqlDB's Java client. All methods throw
 * {@link KsqlServerError} for what the server refuses, and MillraceError `SERVER_UNREACHABLE` or `TIMEOUT` where it can't
 * be asked.
 */
export class KsqlClient implements Closeable {
  readonly #requests: ServerRequests;
  readonly #properties: Properties;
  readonly #variables = new Map<string, { readonly name: string; readonly value: string }>();

  constructor({ properties = {}, ...connection }: KsqlClientOptions) {
    this.#requests = new ServerRequests(connection);
    this.#properties = properties;
  }

  get url(): string {
    return this.#requests.url;
  }

  /** Idle connections are ended; a query that is open goes on until it is closed. */
  async close(): Promise<void> {
    this.#requests.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  // ------------------------------------------------------------------------------------------------- statements

  /** Runs statements that have no rows, and gives all that the server says of them. */
  async execute(sql: string, options: ClientRequestOptions = {}): Promise<readonly KsqlEntity[]> {
    const { signal, timeoutMs } = options;
    return (await this.#requests.post({
      path: '/ksql',
      body: this.#body(sql, options),
      signal,
      timeoutMs,
    })) as KsqlEntity[];
  }

  /** Runs one statement that changes something: CREATE, DROP, INSERT INTO … SELECT, ALTER, TERMINATE, PAUSE, RESUME. */
  async executeStatement(sql: string, options: ClientRequestOptions = {}): Promise<ExecuteStatementResult> {
    if (splitStatements(sql).statements.length > 1) {
      throw new MillraceError('USAGE', 'executeStatement takes one statement; execute takes several');
    }
    const [entity] = await this.execute(sql, options);
    if (entity?.['@type'] !== 'currentStatus') {
      const message = entity?.['@type'] === 'warning_entity' ? entity.message : '';
      return { queryId: null, message, commandSequenceNumber: null };
    }
    const { commandStatus, commandSequenceNumber } = entity;
    const queryId = commandStatus.queryId ?? null;
    return { queryId, message: commandStatus.message, commandSequenceNumber };
  }

  /** A variable for all requests from now on: `${name}` in a statement stands for the value. Names ignore case. */
  define(name: string, value: string): void {
    this.#variables.set(name.toLowerCase(), { name, value });
  }

  undefine(name: string): void {
    this.#variables.delete(name.toLowerCase());
  }

  getVariables(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#variables.values()].map(({ name, value }) => [name, value]));
  }

  // ---------------------------------------------------------------------------------------------------- queries

  /** Runs one SELECT, push or pull, whose rows are read as they come. */
  async streamQuery(sql: string, options: ClientRequestOptions = {}): Promise<StreamedQueryResult> {
    const { signal } = options;
    const body = await this.#rows(sql, options);
    return StreamedQueryResult.open({ body, signal, release: (queryId) => this.#release(queryId) });
  }

  /** Runs one SELECT that ends, a pull query or one with LIMIT, and gives all of its rows. */
  async executeQuery(sql: string, options: ClientRequestOptions = {}): Promise<BatchedQueryResult> {
    await using query = await this.streamQuery(sql, options);
    const rows: ResultRow[] = [];
    for await (const row of query.rows) rows.push(row);
    const { queryId, columns } = query;
    return {
      queryId,
      columns,
      rows,
      objects: <T extends RowObject>() => rows.map((row) => rowObject(columns, row) as T),
    };
  }

  /** Ends a push query, whoever reads it. */
  async terminatePushQuery(queryId: string, options: ClientRequestOptions = {}): Promise<void> {
    await this.#requests.post({ path: '/close-query', body: { queryId }, ...pick(options) });
  }

  /** PRINT: the records of a topic, a line each, as the server writes them. */
  async *print(sql: string, options: ClientRequestOptions = {}): AsyncGenerator<string> {
    // The newer endpoint of queries knows no PRINT in ksqlDB.
    const body = await this.#requests.stream({ path: '/query', body: this.#body(sql, options), ...pick(options) });
    try {
      yield* linesOf(body);
    } catch (thrown) {
      throw options.signal?.aborted ? options.signal.reason : thrown;
    } finally {
      body.destroy();
    }
  }

  // ---------------------------------------------------------------------------------------------------- inserts

  /** Writes one row into a stream or table. @throws KsqlServerError for a row that it does not take */
  async insertInto(target: string, row: InsertRow, options: ClientRequestOptions = {}): Promise<void> {
    for await (const ack of this.streamInserts(target, [row], options)) {
      if (ack.status === 'error') throw new KsqlServerError({ error_code: ack.errorCode, message: ack.message });
      return;
    }
    throw new MillraceError('KSQL_ANSWER', `The server did not say whether it took the row for ${target}`);
  }

  /**
   * Writes row after row, as they come and as fast as the server takes them; each is answered in its turn, and one that is
   * refused does not end the others. The rows are read only while the answers are.
   */
  async *streamInserts(
    target: string,
    rows: Iterable<InsertRow> | AsyncIterable<InsertRow>,
    { properties, signal }: ClientRequestOptions = {},
  ): AsyncGenerator<InsertAck> {
    const head = JSON.stringify({ target, properties: { ...this.#properties, ...properties } });
    const lines = new InsertLines(head, rows);
    const body = Readable.from(lines, { objectMode: false });
    let answer: Readable | null = null;
    try {
      answer = await this.#requests.exchange('/inserts-stream', body, signal);
      for await (const line of linesOf(answer)) {
        if (line !== '') yield ackOf(line);
      }
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw lines.failure === null ? thrown : lines.failure.error;
    } finally {
      answer?.destroy();
      body.destroy();
    }
  }

  // ------------------------------------------------------------------------------------------------ what there is

  async listStreams(options?: ClientRequestOptions): Promise<readonly SourceSummary[]> {
    return (await this.#only('LIST STREAMS;', 'streams', options)).streams.map(sourceSummary);
  }

  async listTables(options?: ClientRequestOptions): Promise<readonly SourceSummary[]> {
    return (await this.#only('LIST TABLES;', 'tables', options)).tables.map(sourceSummary);
  }

  async listTopics(options?: ClientRequestOptions): Promise<readonly TopicSummary[]> {
    return (await this.#only('LIST TOPICS;', 'kafka_topics', options)).topics.map(topicSummary);
  }

  async listQueries(options?: ClientRequestOptions): Promise<EntityBodies['queries']['queries']> {
    return (await this.#only('LIST QUERIES;', 'queries', options)).queries;
  }

  /** @param name as SQL writes it: folded to upper case unless quoted */
  async describeSource(name: string, options?: ClientRequestOptions): Promise<SourceDetails> {
    const sql = `DESCRIBE ${sourceName(name)};`;
    return describedSource((await this.#only(sql, 'sourceDescription', options)).sourceDescription);
  }

  /** ASSERT TOPIC. @throws KsqlServerError with error code 41700 where it does not hold within the time */
  async assertTopic(
    topic: string,
    isThere: boolean,
    { waitMs, configs = {}, ...options }: AssertOptions & { readonly configs?: Properties } = {},
  ): Promise<void> {
    const sql = `ASSERT ${not(isThere)}TOPIC ${printName(topic)}${withClause(configs)}${timeout(waitMs)};`;
    await this.execute(sql, options);
  }

  /** ASSERT SCHEMA, by subject, by id, or both. @throws KsqlServerError as {@link assertTopic} */
  async assertSchema(
    schema: { readonly subject?: string; readonly id?: number },
    isThere: boolean,
    { waitMs, ...options }: AssertOptions = {},
  ): Promise<void> {
    const subject = schema.subject === undefined ? '' : ` SUBJECT ${printString(schema.subject)}`;
    const id = schema.id === undefined ? '' : ` ID ${schema.id}`;
    await this.execute(`ASSERT ${not(isThere)}SCHEMA${subject}${id}${timeout(waitMs)};`, options);
  }

  // ------------------------------------------------------------------------------------------------- connectors

  async createConnector(
    name: string,
    isSource: boolean,
    properties: Properties,
    { ifNotExists = false, ...options }: ClientRequestOptions & { readonly ifNotExists?: boolean } = {},
  ): Promise<void> {
    const kind = isSource ? 'SOURCE' : 'SINK';
    const clause = ifNotExists ? 'IF NOT EXISTS ' : '';
    await this.#connector(`CREATE ${kind} CONNECTOR ${clause}${printName(name)}${withClause(properties)};`, options);
  }

  async dropConnector(
    name: string,
    { ifExists = false, ...options }: ClientRequestOptions & { readonly ifExists?: boolean } = {},
  ): Promise<void> {
    await this.#connector(`DROP CONNECTOR ${ifExists ? 'IF EXISTS ' : ''}${printName(name)};`, options);
  }

  async listConnectors(options?: ClientRequestOptions): Promise<readonly ConnectorSummary[]> {
    const { connectors } = await this.#only('LIST CONNECTORS;', 'connector_list', options);
    return connectors.map(({ name, type, className, state }) => {
      return { name, type: (type ?? 'unknown').toUpperCase(), className: className ?? null, state: state ?? null };
    });
  }

  async describeConnector(name: string, options?: ClientRequestOptions): Promise<ConnectorDescriptionEntity> {
    return this.#only(`DESCRIBE CONNECTOR ${printName(name)};`, 'connector_description', options);
  }

  // ------------------------------------------------------------------------------------------------- the server

  async serverInfo({ signal }: ClientRequestOptions = {}): Promise<ServerInfo> {
    return ((await this.#requests.get('/info', signal)) as { readonly KsqlServerInfo: ServerInfo }).KsqlServerInfo;
  }

  /** What the server says at one of its other addresses: `/healthcheck`, `/clusterStatus`, `/status/…`. */
  get(path: string, { signal }: ClientRequestOptions = {}): Promise<unknown> {
    return this.#requests.get(path, signal);
  }

  /** @throws KsqlServerError for a property that the server does not know, or that may not be set */
  async checkProperty(name: string, { signal }: ClientRequestOptions = {}): Promise<void> {
    await this.#requests.get(`/is_valid_property/${encodeURIComponent(name)}`, signal);
  }

  /** What Kafka Connect refuses is an answer like any other, and here an error like any other. */
  async #connector(sql: string, options: ClientRequestOptions): Promise<void> {
    for (const entity of await this.execute(sql, options)) {
      if (entity['@type'] !== 'error_entity') continue;
      throw new KsqlServerError({ error_code: CONNECT_ERROR, message: entity.errorMessage, statementText: sql });
    }
  }

  /** The answer to a statement that has one of this type. */
  async #only<T extends KsqlEntity['@type']>(
    sql: string,
    type: T,
    options?: ClientRequestOptions,
  ): Promise<Extract<KsqlEntity, { readonly '@type': T }>> {
    const [entity] = await this.execute(sql, options);
    if (entity?.['@type'] === type) return entity as Extract<KsqlEntity, { readonly '@type': T }>;
    throw new MillraceError('KSQL_ANSWER', `The server answered ${sql} with ${entity?.['@type'] ?? 'nothing'}`);
  }

  /** The rows of a query. Over HTTP/1.1 ksqlDB gives them at its older endpoint only. */
  #rows(sql: string, options: ClientRequestOptions): Promise<Readable> {
    const old = this.#body(sql, options);
    if (this.#requests.protocol === 'http/1.1') {
      return this.#requests.stream({ path: '/query', body: old, ...pick(options) });
    }
    const { streamsProperties: properties, sessionVariables } = old;
    const body = { sql, properties, sessionVariables };
    return this.#requests.stream({ path: '/query-stream', body, ...pick(options) });
  }

  #body(ksql: string, { properties, commandSequenceNumber }: ClientRequestOptions) {
    return {
      ksql,
      streamsProperties: { ...this.#properties, ...properties },
      sessionVariables: this.getVariables(),
      ...(commandSequenceNumber === undefined ? {} : { commandSequenceNumber }),
    };
  }

  /** A connection of HTTP/1.1 ends with its query, and tells the server so; one of HTTP/2 stays. */
  async #release(queryId: string): Promise<void> {
    if (this.#requests.protocol === 'http/1.1') return;
    // A query that has ended meanwhile is what was wanted.
    await this.terminatePushQuery(queryId).catch(() => {});
  }
}

function pick({ signal, timeoutMs }: ClientRequestOptions): Pick<ClientRequestOptions, 'signal' | 'timeoutMs'> {
  return { signal, timeoutMs };
}

/** ksqlDB's code for what is wrong with the server, or behind it. */
const CONNECT_ERROR = 50000;

function not(isThere: boolean): string {
  return isThere ? '' : 'NOT EXISTS ';
}

function timeout(waitMs: number | undefined): string {
  return waitMs === undefined ? '' : ` TIMEOUT ${waitMs} MILLISECONDS`;
}
