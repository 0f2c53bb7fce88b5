import http from 'node:http';
import https from 'node:https';
import type { ClientTls, HttpAnswer, HttpRequest, HttpTransport } from './http-transport.ts';

/** HTTP/1.1: a connection for each open query, and a few that are kept for what comes next. */
export class Http1Transport implements HttpTransport {
  readonly #url: URL;
  readonly #agent: http.Agent;

  constructor(url: URL, tls: ClientTls) {
    this.#url = url;
    this.#agent = url.protocol === 'https:' ? new https.Agent({ keepAlive: true, ...tls }) : keptAlive();
  }

  request({ method, path, headers, body, signal }: HttpRequest): Promise<HttpAnswer> {
    const open = this.#url.protocol === 'https:' ? https.request : http.request;
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, method, headers, ...(signal && { signal }) };
      const request = open(new URL(path, this.#url), options);
      request.once('error', (error) => reject(signal?.aborted ? signal.reason : error));
      request.once('response', (response) => {
        // What happens to the connection from now on is told to who reads the body.
        request.on('error', () => {});
        resolve({ status: response.statusCode ?? 0, body: response });
      });
      if (body === null || typeof body === 'string') {
        request.end(body ?? undefined);
        return;
      }
      body.once('error', (error) => request.destroy(error));
      request.once('close', () => body.destroy());
      body.pipe(request);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function keptAlive(): http.Agent {
  return new http.Agent({ keepAlive: true });
}
