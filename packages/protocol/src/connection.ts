import type { Closeable } from '@millrace/base';
import type { ApiName, ApiTypes } from './generated/apis.ts';

/** Where a broker listens. */
export type HostPort = { readonly host: string; readonly port: number };

export type SendOptions = {
  /** Ends the wait; the request may still have been carried out. */
  readonly signal?: AbortSignal;
  /** The most time until the answer, for requests that a broker holds back. Default: the connection's own. */
  readonly timeoutMs?: number;
};

/**
 * One way to one broker: a TCP or TLS socket, or the broker in the same isolate. Requests are answered in the order in
 * which they were sent. A request object, and every byte array in it, belongs to the connection from `send` on and must
 * not be changed; the same holds for a response, the other way round. This is what makes the two wires alike.
 */
export interface Connection extends Closeable {
  /** False once the connection was closed or lost; it never opens again. */
  readonly isOpen: boolean;

  /**
   * Sends a request in the given version and resolves with the answer. A Produce with `acks` 0 resolves with an empty
   * answer as soon as it was handed over.
   *
   * @throws MillraceError `CONNECTION_CLOSED` (retriable) when the connection ends before the answer,
   *   `UNSUPPORTED_VERSION` when the request cannot be written in this version.
   */
  send<A extends ApiName>(
    api: A,
    version: number,
    request: ApiTypes[A]['request'],
    options?: SendOptions,
  ): Promise<ApiTypes[A]['response']>;
}

/** Opens a connection to the broker at an address, or to the broker that the dialler stands for (`null`). */
export type Dial = (address: HostPort | null) => Promise<Connection>;
