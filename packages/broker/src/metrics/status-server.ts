import http from 'node:http';
import { describeError, type Logger, MillraceError } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { Health } from './health.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/** Who asks for pages may do so slowly, but not for ever. */
const REQUEST_TIMEOUT_MS = 10_000;
const HEADER_BYTES_MAX = 16 * 1024;

/** What the pages are made from. */
export type StatusPages = {
  /** Made in slices, between which clients are served. */
  metrics(): Promise<string>;
  health(): Health;
};

/**
 * `/metrics` for Prometheus; `/health` as JSON, `/health/live` and `/health/ready` for those that look at the status alone
 * (200, or 503). Read only, and without any proof of who asks: it listens where the operator says.
 */
export class StatusServer {
  readonly #server: http.Server;
  readonly #logger: Logger;

  constructor(pages: StatusPages, logger: Logger) {
    this.#logger = logger;
    const options = { requestTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: HEADER_BYTES_MAX, keepAliveTimeout: 0 };
    this.#server = http.createServer(options, (request, response) => {
      response.on('error', () => {});
      void this.#answer(pages, request, response);
    });
  }

  /** @throws MillraceError `ADDRESS_IN_USE`, or `LISTEN_FAILED` for another reason. */
  async listen({ host, port }: HostPort): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const code = error.code === 'EADDRINUSE' ? 'ADDRESS_IN_USE' : 'LISTEN_FAILED';
        const message = `metrics.listener: can't listen on ${host}:${port}: ${error.message}`;
        reject(new MillraceError(code, message, { cause: error }));
      });
      this.#server.listen(port, host, resolve);
    });
    this.#server.on('error', (error) => this.#logger.error('the status pages failed', { error: error.message }));
    // Whoever stops listening to its clients has no reason to live on for these pages.
    this.#server.unref();
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : -1;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(pages: StatusPages, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    try {
      await this.#page(pages, request.url?.split('?', 1)[0] ?? '', response);
    } catch (error) {
      this.#logger.error('a status page failed', { url: request.url ?? '', error: describeError(error) });
      response.writeHead(500).end();
    }
  }

  async #page(pages: StatusPages, path: string, response: http.ServerResponse): Promise<void> {
    switch (path) {
      case '/metrics': {
        const text = await pages.metrics();
        response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text);
        return;
      }
      // That this answers is what it says.
      case '/health/live':
        response.writeHead(200).end('live\n');
        return;
      case '/health':
      case '/health/ready': {
        const health = pages.health();
        response
          .writeHead(health.isReady ? 200 : 503, { 'content-type': 'application/json' })
          .end(`${JSON.stringify(health)}\n`);
        return;
      }
      default:
        response.writeHead(404).end('pages: /metrics /health /health/live /health/ready\n');
    }
  }
}
