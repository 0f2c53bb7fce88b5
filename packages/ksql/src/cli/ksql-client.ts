import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { MillraceError } from '@millrace/base';

export type KsqlClientOptions = {
  /** Of a ksqlDB server, Millrace's or any other. */
  readonly url: string;
  /** For basic authentication. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
};

/** What a request says beside its statements. */
export type ClientSession = {
  readonly properties: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
};

/** One of the objects that `/ksql` answers with. */
export type Entity = { readonly '@type': string } & Readonly<Record<string, unknown>>;

/** The rows of a query as they come; values as the server wrote them, numbers too. */
export type ClientRows = {
  readonly columnNames: readonly string[];
  readonly columnTypes: readonly string[];
  readonly rows: AsyncIterable<readonly unknown[]>;
};

const MEDIA_TYPE = 'application/vnd.ksql.v1+json';
const DELIMITED = 'application/vnd.ksqlapi.delimited.v1';

/** A client of ksqlDB's REST API. */
export class KsqlClient {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url, user, password = '' }: KsqlClientOptions) {
    this.url = (/^https?:\/\//.test(url) ? url : `http://${url}`).replace(/\/+$/, '');
    const basic = user === undefined ? null : Buffer.from(`${user}:${password}`).toString('base64');
    this.#headers = basic === null ? {} : { authorization: `Basic ${basic}` };
  }

  /** @throws MillraceError `SERVER_UNREACHABLE`, `KSQL` with the server's words */
  async info(signal?: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const response = await this.#fetch('/info', { method: 'GET' }, signal);
    return ((await response.json()) as { KsqlServerInfo: Record<string, string> }).KsqlServerInfo;
  }

  /** Runs statements that have no rows. */
  async execute(ksql: string, session: ClientSession, signal?: AbortSignal): Promise<readonly Entity[]> {
    const body = { ksql, streamsProperties: session.properties, sessionVariables: session.variables };
    const response = await this.#post('/ksql', body, MEDIA_TYPE, signal);
    return (await response.json()) as readonly Entity[];
  }

  /** Runs one SELECT. */
  async query(sql: string, session: ClientSession, signal?: AbortSignal): Promise<ClientRows> {
    const lines = await this.#lines(sql, session, signal);
    const first = await lines.next();
    if (first.done === true) throw new MillraceError('SERVER_UNREACHABLE', 'The answer of the server is empty');
    const { columnNames, columnTypes } = JSON.parse(first.value) as Pick<ClientRows, 'columnNames' | 'columnTypes'>;
    return { columnNames, columnTypes, rows: rowsIn(lines) };
  }

  /** PRINT: lines as the server writes them. */
  print(sql: string, session: ClientSession, signal?: AbortSignal): Promise<AsyncIterableIterator<string>> {
    return this.#lines(sql, session, signal);
  }

  async #lines(sql: string, session: ClientSession, signal?: AbortSignal): Promise<AsyncIterableIterator<string>> {
    const body = { sql, properties: session.properties, sessionVariables: session.variables };
    const response = await this.#post('/query-stream', body, DELIMITED, signal);
    const input = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  }

  #post(path: string, body: object, accept: string, signal?: AbortSignal): Promise<Response> {
    const headers = { 'content-type': MEDIA_TYPE, accept };
    return this.#fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }, signal);
  }

  async #fetch(path: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), ...this.#headers };
    let response: Response;
    try {
      response = await fetch(`${this.url}${path}`, { ...init, headers, ...(signal && { signal }) });
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      const message = `There is no ksqlDB server at ${this.url}: start one with 'millrace ksql-server'`;
      throw new MillraceError('SERVER_UNREACHABLE', message);
    }
    if (response.ok) return response;
    const { message = response.statusText } = (await response.json().catch(() => ({}))) as { message?: string };
    throw new MillraceError('KSQL', message);
  }
}

/** Every line an array, until one that is no row: then the query has failed. */
async function* rowsIn(lines: AsyncIterator<string>): AsyncGenerator<readonly unknown[]> {
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    const row: unknown = JSON.parse(line.value, exactNumber);
    if (!Array.isArray(row)) throw new MillraceError('KSQL', (row as { message?: string }).message ?? line.value);
    yield row;
  }
}

/** Numbers that JavaScript would round, or spell in its own way, stay as they were written. */
function exactNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value;
}
