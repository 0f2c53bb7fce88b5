import { MillraceError } from '@millrace/base';
import { type ApiName, type ApiTypes, type Connection, Reader, type SendOptions, Writer } from '@millrace/protocol';
import type { Call, Services } from '../apis/api.ts';
import { apiNamed } from '../apis/registry.ts';
import { deepFreeze } from '../lib/deep-freeze.ts';
import { codecOf } from './request-codec.ts';

/** Requests that wait for an answer; more is a client that does not look at its answers. */
const REQUESTS_IN_WORK_MAX = 10_000;

export type LocalConnectionOptions = {
  /** Freezes requests and responses, so that a test finds who changes what belongs to the other side. */
  readonly freeze: boolean;
  /** Sends every object through the codec, so that a test finds what the wire would not carry. */
  readonly codecCheck: boolean;
  readonly clientId: string;
  readonly onClosed: (connection: LocalConnection) => void;
};

/**
 * The wire within one isolate: the request object goes to the very handler that a socket's request would reach, and the
 * answer comes back as an object. Record batches are the same bytes all the way.
 */
export class LocalConnection implements Connection {
  readonly #services: Services;
  readonly #options: LocalConnectionOptions;
  readonly #gone = new AbortController();
  /** The answer before: answers come in the order of their requests, as on a socket. */
  #previous: Promise<unknown> = Promise.resolve();
  #inWork = 0;

  constructor(services: Services, options: LocalConnectionOptions) {
    this.#services = services;
    this.#options = options;
  }

  get isOpen(): boolean {
    return !this.#gone.signal.aborted;
  }

  async send<A extends ApiName>(
    name: A,
    version: number,
    request: ApiTypes[A]['request'],
    options: SendOptions = {},
  ): Promise<ApiTypes[A]['response']> {
    if (!this.isOpen) throw closedError();
    options.signal?.throwIfAborted();
    if (this.#inWork >= REQUESTS_IN_WORK_MAX) {
      throw new MillraceError('TOO_MANY_REQUESTS', `${this.#inWork} requests wait for their answers`);
    }
    const api = apiNamed(name);
    if (api === undefined || version < api.minVersion || version > api.maxVersion) {
      throw new MillraceError('UNSUPPORTED_VERSION', `${name} version ${version} is not served by this broker`);
    }
    const { clientId } = this.#options;
    const call: Call = { version, clientId, clientHost: '/local', listener: 'LOCAL', gone: this.#gone.signal };
    const given = this.#throughCodec(name, version, 'Request', request);
    if (this.#options.freeze) deepFreeze(given);
    this.#inWork += 1;
    const answer = Promise.resolve(api.handle(this.#services, given, call));
    const inOrder = Promise.allSettled([this.#previous, answer]).then(() => answer);
    this.#previous = inOrder.catch(() => {});
    try {
      const response = (await this.#orGone(inOrder, options.signal)) as ApiTypes[A]['response'];
      const checked = this.#throughCodec(name, version, 'Response', response) as ApiTypes[A]['response'];
      return this.#options.freeze ? deepFreeze(checked) : checked;
    } finally {
      this.#inWork -= 1;
    }
  }

  close(): Promise<void> {
    if (this.isOpen) {
      this.#gone.abort();
      this.#options.onClosed(this);
    }
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The answer, unless the connection closes or the caller gives up first. */
  #orGone(answer: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onGone = (): void => reject(closedError());
      const onAbort = (): void => reject(signal!.reason);
      this.#gone.signal.addEventListener('abort', onGone);
      signal?.addEventListener('abort', onAbort);
      answer.then(resolve, reject).finally(() => {
        this.#gone.signal.removeEventListener('abort', onGone);
        signal?.removeEventListener('abort', onAbort);
      });
    });
  }

  #throughCodec(name: ApiName, version: number, direction: 'Request' | 'Response', message: unknown): unknown {
    if (!this.#options.codecCheck) return message;
    const codec = codecOf(name);
    const writer = new Writer();
    codec[`encode${direction}`](writer, version, message as never);
    return codec[`decode${direction}`](new Reader(writer.toBytes()), version);
  }
}

function closedError(): MillraceError {
  return new MillraceError('CONNECTION_CLOSED', 'the connection to the broker is closed', { retriable: true });
}
