import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Closeable, MillraceError } from '@millrace/base';
import { REGISTRY_ROUTES, RegistryError, registryErrorOf } from './registry-routes.ts';
import { RegistryStore } from './registry-store.ts';

const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';
/** Of a request: one schema with its references. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;

export type SchemaRegistryServerOptions = {
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** Default: 8081, as Confluent's. 0: any free port. */
  readonly port?: number;
  /** What is served; a registry may be used by an engine in this process at the same time. Default: an empty one. */
  readonly store?: RegistryStore;
};

/** A schema registry of our own, for tests and for a server that has none elsewhere. */
export class SchemaRegistryServer implements Closeable {
  readonly url: string;
  readonly store: RegistryStore;
  readonly #server: http.Server;

  private constructor(server: http.Server, store: RegistryStore, url: string) {
    this.#server = server;
    this.store = store;
    this.url = url;
  }

  /** @throws MillraceError `LISTEN_FAILED` */
  static async start(options: SchemaRegistryServerOptions = {}): Promise<SchemaRegistryServer> {
    const { host = '127.0.0.1', port = 8081, store = new RegistryStore() } = options;
    const server = http.createServer((request, response) => void answer(request, response, store));
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) => {
        const message = `Can't listen on ${host}:${port}: choose another port, or end what holds it`;
        reject(new MillraceError('LISTEN_FAILED', message, { cause }));
      });
      server.listen(port, host, resolve);
    });
    const { port: actual } = server.address() as AddressInfo;
    return new SchemaRegistryServer(server, store, `http://${host}:${actual}`);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse, store: RegistryStore) {
  try {
    const path = new URL(request.url ?? '/', 'http://registry').pathname.replace(/(.)\/$/, '$1');
    const found = REGISTRY_ROUTES.find((route) => route.method === request.method && route.path.test(path));
    if (found === undefined) throw new RegistryError(404, `There is no ${request.method} ${path}`);
    const params = found.path.exec(path)!.slice(1).map(decodeURIComponent);
    send(response, 200, found.answer({ store, params, body: await bodyOf(request) }));
  } catch (thrown) {
    const { status, errorCode, message } = registryErrorOf(thrown);
    send(response, status, { error_code: errorCode, message });
  }
}

function send(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': MEDIA_TYPE }).end(JSON.stringify(body));
}

/** @throws RegistryError for a body that is too long, or no JSON */
async function bodyOf(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw new RegistryError(413, `The body is longer than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  if (length === 0) return null;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new RegistryError(400, 'The body is no JSON');
  }
}
