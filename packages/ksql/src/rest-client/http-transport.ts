import type { Readable } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';

/** One request as the transports send it. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is sent as it comes, while the answer is read. */
  readonly body: string | Readable | null;
  /** Ends the request, and its answer where that has begun. */
  readonly signal: AbortSignal | undefined;
};

/** The head of an answer, and its body still to be read. Destroying the body ends the request. */
export type HttpAnswer = { readonly status: number; readonly body: Readable };

/** A way to one server. */
export type HttpTransport = {
  /** Resolves when the answer begins. Rejects with the error of the connection, or with the signal's reason. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
};

/** What `https:` is spoken with, under the names of `node:tls`. */
export type ClientTls = Pick<
  ConnectionOptions,
  | 'ca'
  | 'cert'
  | 'key'
  | 'pfx'
  | 'passphrase'
  | 'servername'
  | 'rejectUnauthorized'
  | 'minVersion'
  | 'maxVersion'
  | 'checkServerIdentity'
>;
