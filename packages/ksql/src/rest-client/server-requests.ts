import type { Readable } from 'node:stream';
import { type Clock, MillraceError, systemClock } from '@millrace/base';
import { textOf } from './answer-lines.ts';
import type { ClientTls, HttpAnswer, HttpRequest, HttpTransport } from './http-transport.ts';
import { Http1Transport } from './http1-transport.ts';
import { Http2Transport } from './http2-transport.ts';
import { serverError } from './server-error.ts';

export type ConnectionOptions = {
  /** Of a ksqlDB server, Millrace's or any other: `http://localhost:8088`. */
  readonly url: string;
  /** For basic authentication. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Sent as a bearer token, in place of user and password. */
  readonly token?: string | undefined;
  /**
   * Default: HTTP/2, which ksqlDB wants for inserts and offers for queries. HTTP/1.1 passes more proxies; queries are then
   * asked at ksqlDB's older endpoint, a connection each, and {@link KsqlClient.streamInserts} needs Millrace's server.
   */
  readonly protocol?: 'http/2' | 'http/1.1';
  /** For `https:`. */
  readonly tls?: ClientTls | undefined;
  /** How long an answer may take to begin, in milliseconds. Default: a minute. Rows may take as long as they like. */
  readonly requestTimeoutMs?: number;
  readonly clock?: Clock;
};

const REQUEST_TIMEOUT_MS = 60_000;

type Ask = {
  readonly path: string;
  readonly body: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
};

const KSQL_JSON = 'application/vnd.ksql.v1+json';
const DELIMITED = 'application/vnd.ksqlapi.delimited.v1';

/** Requests to one server: who asks, how long that may take, and what comes of it when it fails. */
export class ServerRequests {
  readonly url: string;
  readonly protocol: 'http/2' | 'http/1.1';
  readonly #transport: HttpTransport;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;
  readonly #clock: Clock;

  constructor({ url, user, password, token, protocol = 'http/2', tls = {}, ...options }: ConnectionOptions) {
    const parsed = parsedUrl(url);
    this.url = parsed.href.replace(/\/+$/, '');
    this.protocol = protocol;
    this.#transport = protocol === 'http/2' ? new Http2Transport(parsed, tls) : new Http1Transport(parsed, tls);
    const named = user ?? decodeURIComponent(parsed.username);
    const secret = password ?? decodeURIComponent(parsed.password);
    const basic =
      named === '' ? {} : { authorization: `Basic ${Buffer.from(`${named}:${secret}`).toString('base64')}` };
    this.#headers = token === undefined ? basic : { authorization: `Bearer ${token}` };
    this.#timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
    this.#clock = options.clock ?? systemClock;
  }

  close(): void {
    this.#transport.close();
  }

  /** @throws KsqlServerError, MillraceError `SERVER_UNREACHABLE`, `TIMEOUT`; what the signal says */
  async get(path: string, signal?: AbortSignal): Promise<unknown> {
    const { body } = await this.#send({ method: 'GET', path, headers: { accept: KSQL_JSON }, body: null, signal });
    return JSON.parse(await textOf(body));
  }

  /** A question whose answer is read at once. */
  async post(ask: Ask): Promise<unknown> {
    const text = await textOf(await this.stream(ask));
    return text.trim() === '' ? null : JSON.parse(text);
  }

  /** A question whose answer is read as it comes. */
  async stream({ path, body, signal, timeoutMs }: Ask): Promise<Readable> {
    const headers = { 'content-type': KSQL_JSON, accept: KSQL_JSON };
    const answer = await this.#send({ method: 'POST', path, headers, body: JSON.stringify(body), signal }, timeoutMs);
    return answer.body;
  }

  /** A question that goes on while it is answered. */
  async exchange(path: string, body: Readable, signal: AbortSignal | undefined): Promise<Readable> {
    const headers = { 'content-type': DELIMITED, accept: DELIMITED };
    return (await this.#send({ method: 'POST', path, headers, body, signal })).body;
  }

  async #send(request: HttpRequest, timeoutMs: number = this.#timeoutMs): Promise<HttpAnswer> {
    const { signal } = request;
    const late = new AbortController();
    const timer = this.#clock.setTimer(timeoutMs, () => late.abort());
    const both = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    let answer: HttpAnswer;
    try {
      const headers = { ...request.headers, ...this.#headers };
      answer = await this.#transport.request({ ...request, headers, signal: both });
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw late.signal.aborted ? this.#tooLate(timeoutMs) : this.#unreachable(thrown);
    } finally {
      timer.clear();
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw serverError(answer.status, await textOf(answer.body));
  }

  #tooLate(timeoutMs: number): MillraceError {
    return new MillraceError('TIMEOUT', `${this.url} did not answer within ${timeoutMs} ms`, { retriable: true });
  }

  #unreachable(cause: unknown): MillraceError {
    const hint = isNoHttp2(cause)
      ? "it does not speak HTTP/2; try the protocol 'http/1.1'"
      : "start one with 'millrace ksql-server'";
    const message = `There is no ksqlDB server at ${this.url}: ${hint}`;
    return new MillraceError('SERVER_UNREACHABLE', message, { retriable: true, cause });
  }
}

function parsedUrl(url: string): URL {
  try {
    return new URL(/^https?:\/\//.test(url) ? url : `http://${url}`);
  } catch (cause) {
    throw new MillraceError('USAGE', `'${url}' is no URL of a server, such as http://localhost:8088`, { cause });
  }
}

function isNoHttp2(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && /^ERR_HTTP2_(ERROR|SESSION_ERROR)$/.test(String(thrown.code));
}
