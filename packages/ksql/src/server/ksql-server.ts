import { hostname } from 'node:os';
import {
  type Clock,
  type Closeable,
  type CloseOptions,
  type Logger,
  MillraceError,
  silentLogger,
  systemClock,
} from '@millrace/base';
import type { FastifyInstance } from 'fastify';
import { ADVERTISED_LISTENER } from '../engine/advertised-host.ts';
import type { KsqlEngineOptions } from '../engine/engine-options.ts';
import { KsqlEngine } from '../engine/ksql-engine.ts';
import type { BasicAuthentication } from './basic-authentication.ts';
import { type HttpServer, httpServer } from './http-server.ts';
import { QueryLimits } from './limits/query-limits.ts';
import { ServerCounters } from './metrics/server-counters.ts';
import { RequestsInFlight } from './requests-in-flight.ts';
import { OpenQueries } from './server-context.ts';
import type { ServerTls } from './tls-settings.ts';

const CLOSE_TIMEOUT_MS = 30_000;

export type KsqlServerOptions = {
  /** An engine that runs and stays its owner's to close, or what to start one with, which then ends with the server. */
  readonly engine: KsqlEngine | KsqlEngineOptions;
  /** Where to listen. Default: `127.0.0.1`; statements can do anything, so that more than this machine is for you to say. */
  readonly host?: string;
  /** Default: 8088, as ksqlDB. 0: any free port. */
  readonly port?: number;
  /** Certificates; with them the server speaks HTTPS only. */
  readonly tls?: ServerTls | null;
  /** Who may ask. Default: anybody who reaches it. */
  readonly authentication?: BasicAuthentication | null;
  readonly logger?: Logger;
  readonly clock?: Clock;
};

/** ksqlDB's REST API over an engine. */
export class KsqlServer implements Closeable {
  /** Where it listens, e.g. `http://127.0.0.1:8088`. */
  readonly url: string;
  readonly engine: KsqlEngine;
  readonly #http: HttpServer;
  readonly #openQueries: OpenQueries;
  readonly #inFlight: RequestsInFlight;
  readonly #ownsEngine: boolean;
  #closed: Promise<void> | undefined;

  private constructor(parts: {
    readonly url: string;
    readonly engine: KsqlEngine;
    readonly http: HttpServer;
    readonly openQueries: OpenQueries;
    readonly inFlight: RequestsInFlight;
    readonly ownsEngine: boolean;
  }) {
    this.url = parts.url;
    this.engine = parts.engine;
    this.#http = parts.http;
    this.#openQueries = parts.openQueries;
    this.#inFlight = parts.inFlight;
    this.#ownsEngine = parts.ownsEngine;
  }

  /**
   * Starts the engine where it does not run yet, then listens.
   * @throws MillraceError `LISTEN_FAILED`, and what {@link KsqlEngine.start} throws
   */
  static async start(options: KsqlServerOptions): Promise<KsqlServer> {
    const { host = '127.0.0.1', port = 8088, logger = silentLogger, clock = systemClock } = options;
    const { tls = null, authentication = null } = options;
    const ownsEngine = !(options.engine instanceof KsqlEngine);
    const engine =
      options.engine instanceof KsqlEngine
        ? options.engine
        : await KsqlEngine.start(withAddress(options.engine, { isSecure: tls !== null, host, port }));
    const openQueries = new OpenQueries();
    try {
      const limits = new QueryLimits(engine.config, clock);
      const context = { engine, logger, clock, openQueries, counters: new ServerCounters(), limits };
      const http = await httpServer(context, { tls, authentication });
      const inFlight = new RequestsInFlight();
      inFlight.watch(http.fastify);
      // The server was made for fastify, which does not see that it speaks TLS.
      const url = (await listen(http.fastify, host, port)).replace(/^http:/, tls === null ? 'http:' : 'https:');
      return new KsqlServer({ url, engine, http, openQueries, inFlight, ownsEngine });
    } catch (thrown) {
      if (ownsEngine) await engine.close();
      throw thrown;
    }
  }

  /** Takes no more requests, ends the queries whose rows are being sent, then the engine if it is the server's own. */
  close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close(timeoutMs);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(timeoutMs: number): Promise<void> {
    const { fastify, protocols, sockets } = this.#http;
    const closed = fastify.close();
    protocols.closeSessions();
    await this.#openQueries.close();
    await this.#inFlight.drained(timeoutMs);
    // What is left: connections without a request, and clients that do not read to the end of their answer.
    protocols.destroySessions();
    sockets[Symbol.dispose]();
    await closed;
    if (this.#ownsEngine) await this.engine.close({ timeoutMs });
  }
}

/** Other engines of the service are told where this one is asked, unless that is not known before it listens. */
type Place = { readonly isSecure: boolean; readonly host: string; readonly port: number };

function withAddress(engine: KsqlEngineOptions, { isSecure, host, port }: Place): KsqlEngineOptions {
  if (port === 0 || engine.config?.[ADVERTISED_LISTENER] !== undefined) return engine;
  const name = host === '0.0.0.0' || host === '::' ? hostname() : host.includes(':') ? `[${host}]` : host;
  return {
    ...engine,
    config: { ...engine.config, [ADVERTISED_LISTENER]: `${isSecure ? 'https' : 'http'}://${name}:${port}` },
  };
}

async function listen(http: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await http.listen({ host, port });
  } catch (cause) {
    const message = `Can't listen on ${host}:${port}: choose another port, or end what holds it`;
    throw new MillraceError('LISTEN_FAILED', message, { cause });
  }
}
