import http2 from 'node:http2';
import type { ClientTls, HttpAnswer, HttpRequest, HttpTransport } from './http-transport.ts';

/**
 * HTTP/2 over one connection, which is opened when it is first needed and again when the server has ended it. Without TLS
 * it is spoken from the first byte on ("prior knowledge"), as ksqlDB's Java client does.
 */
export class Http2Transport implements HttpTransport {
  readonly #url: URL;
  readonly #tls: ClientTls;
  #session: http2.ClientHttp2Session | null = null;
  /** A connection keeps the process alive while something is asked on it, and only then. */
  readonly #openStreams = new WeakMap<http2.ClientHttp2Session, number>();

  constructor(url: URL, tls: ClientTls) {
    this.#url = url;
    this.#tls = tls;
  }

  request({ method, path, headers, body, signal }: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const session = this.#connected();
      const stream = session.request({ ':method': method, ':path': path, ...headers }, { ...(signal && { signal }) });
      this.#count(session, 1);
      stream.once('close', () => {
        this.#count(session, -1);
        reject(signal?.aborted ? signal.reason : new Error('The server closed the connection'));
      });
      stream.once('error', (error) => reject(signal?.aborted ? signal.reason : originOf(error)));
      stream.once('response', ({ ':status': status = 0 }) => {
        // What happens to the connection from now on is told to who reads the body.
        stream.on('error', () => {});
        resolve({ status, body: stream });
      });
      if (body === null || typeof body === 'string') {
        stream.end(body ?? undefined);
        return;
      }
      body.once('error', (error) => stream.destroy(error));
      stream.once('close', () => body.destroy());
      body.pipe(stream);
    });
  }

  close(): void {
    this.#session?.close();
  }

  #connected(): http2.ClientHttp2Session {
    const present = this.#session;
    if (present !== null && !present.closed && !present.destroyed) return present;
    const session = http2.connect(this.#url.origin, this.#url.protocol === 'https:' ? this.#tls : {});
    // Every stream on the connection has the error, too, and tells it to its reader.
    session.on('error', () => {});
    // A server that goes away answers what it has begun, and takes nothing new.
    session.once('goaway', () => session.close());
    this.#session = session;
    return session;
  }

  #count(session: http2.ClientHttp2Session, change: 1 | -1): void {
    const open = (this.#openStreams.get(session) ?? 0) + change;
    this.#openStreams.set(session, open);
    if (session.destroyed) return;
    if (open > 0) session.ref();
    else session.unref();
  }
}

/** A stream that waited for its connection is told that it was cancelled; why is behind that. */
function originOf(error: Error): unknown {
  return 'code' in error && error.code === 'ERR_HTTP2_STREAM_CANCEL' ? (error.cause ?? error) : error;
}
