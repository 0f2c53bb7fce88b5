import type { Duplex } from 'node:stream';
import { type Clock, type Logger, MillraceError, type Timer } from '@millrace/base';
import {
  type ApiName,
  type ApiTypes,
  apis,
  type Connection,
  ErrorCode,
  type ProduceRequest,
  type ProduceResponse,
  Reader,
  requestHeaderCodec,
  responseHeaderCodec,
  type SendOptions,
  Writer,
} from '@millrace/protocol';
import { connectionClosed, timedOut } from '../lib/errors.ts';
import { abortable } from '../lib/wait.ts';
import { FrameParser } from './frame-parser.ts';

/** Requests on the way over one connection; far above what the parts of this client send at once. */
const IN_FLIGHT_REQUESTS_MAX = 1000;

const SIZE_BYTES = 4;
const NO_ANSWER: ProduceResponse = Object.freeze({ responses: [], throttleTimeMs: 0, nodeEndpoints: [] });

type Pending = {
  readonly correlationId: number;
  readonly api: ApiName;
  readonly version: number;
  readonly deadlineMs: number;
  readonly timeoutMs: number;
  readonly resolve: (response: never) => void;
  readonly reject: (error: unknown) => void;
};

type TcpConnectionOptions = {
  /** The broker's address, for messages. */
  readonly name: string;
  readonly clientId: string;
  readonly requestTimeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Requests over a byte stream: pipelined, answered in order. Any failure ends the connection and all that wait on it. */
export class TcpConnection implements Connection {
  readonly #socket: Duplex;
  readonly #options: TcpConnectionOptions;
  readonly #parser: FrameParser;
  /** In the order of sending, which is the order of the answers. */
  readonly #pending: Pending[] = [];
  #pendingStart = 0;
  #nextCorrelationId = 0;
  #failure: MillraceError | undefined;
  #timer: Timer | undefined;
  #timerMs = Number.POSITIVE_INFINITY;

  constructor(socket: Duplex, options: TcpConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#parser = new FrameParser((frame) => this.#answer(frame));
    socket.on('data', (chunk: Uint8Array) => this.#read(chunk));
    socket.on('error', (error) => this.#end(connectionClosed(options.name, error)));
    socket.on('end', () => this.#end(connectionClosed(options.name)));
    socket.on('close', () => this.#end(connectionClosed(options.name)));
  }

  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  send<A extends ApiName>(
    api: A,
    version: number,
    request: ApiTypes[A]['request'],
    options: SendOptions = {},
  ): Promise<ApiTypes[A]['response']> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (options.signal?.aborted === true) return Promise.reject(options.signal.reason);
    if (this.#pending.length - this.#pendingStart >= IN_FLIGHT_REQUESTS_MAX) return Promise.reject(this.#tooMany());
    const answer = new Promise<ApiTypes[A]['response']>((resolve, reject) => {
      const correlationId = this.#nextCorrelationId;
      this.#write(api, version, request, correlationId);
      this.#nextCorrelationId = (correlationId + 1) & 0x7fffffff;
      if (api === 'Produce' && (request as ProduceRequest).acks === 0) {
        resolve(NO_ANSWER as ApiTypes[A]['response']);
        return;
      }
      const timeoutMs = options.timeoutMs ?? this.#options.requestTimeoutMs;
      const deadlineMs = this.#options.clock.monotonicMs() + timeoutMs;
      this.#pending.push({ correlationId, api, version, deadlineMs, timeoutMs, resolve, reject });
      this.#expireAt(deadlineMs);
    });
    return abortable(answer, options.signal);
  }

  close(): Promise<void> {
    this.#end(connectionClosed(this.#options.name, new MillraceError('CLOSED', 'it was closed by this client')));
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #write<A extends ApiName>(api: A, version: number, request: ApiTypes[A]['request'], correlationId: number): void {
    const codec = apis[api];
    const writer = new Writer();
    writer.int32(0);
    requestHeaderCodec.encode(writer, codec.requestHeaderVersion(version), {
      requestApiKey: codec.key,
      requestApiVersion: version,
      correlationId,
      clientId: this.#options.clientId,
    });
    codec.encodeRequest(writer, version, request);
    writer.patchInt32(0, writer.length - SIZE_BYTES);
    // Corked writes leave in one system call, the batches as they lie.
    this.#socket.cork();
    for (const chunk of writer.finish()) this.#socket.write(chunk);
    this.#socket.uncork();
  }

  #read(chunk: Uint8Array): void {
    try {
      this.#parser.push(chunk);
    } catch (thrown) {
      this.#end(connectionClosed(this.#options.name, thrown));
    }
  }

  #answer(frame: Uint8Array): void {
    const pending = this.#pending[this.#pendingStart];
    if (pending === undefined) throw new MillraceError('CORRUPT_MESSAGE', 'an answer came that nothing asked for');
    this.#forget();
    try {
      pending.resolve(decodeAnswer(pending, frame) as never);
    } catch (thrown) {
      pending.reject(thrown);
      throw thrown;
    }
  }

  #forget(): void {
    this.#pendingStart++;
    // Dropping the answered ones now and then keeps both the list short and the shifting rare.
    if (this.#pendingStart * 2 < this.#pending.length) return;
    this.#pending.splice(0, this.#pendingStart);
    this.#pendingStart = 0;
  }

  #expireAt(deadlineMs: number): void {
    if (deadlineMs >= this.#timerMs) return;
    this.#timer?.clear();
    this.#timerMs = deadlineMs;
    const delayMs = deadlineMs - this.#options.clock.monotonicMs();
    // When the loop was busy for long, the answer may lie unread in the socket: it is read before anyone is expired.
    this.#timer = this.#options.clock.setTimer(delayMs, () => setImmediate(() => this.#expire()));
  }

  #expire(): void {
    this.#timerMs = Number.POSITIVE_INFINITY;
    const nowMs = this.#options.clock.monotonicMs();
    let nextMs = Number.POSITIVE_INFINITY;
    for (let index = this.#pendingStart; index < this.#pending.length; index++) {
      const { api, deadlineMs, timeoutMs } = this.#pending[index]!;
      if (deadlineMs <= nowMs) {
        this.#end(connectionClosed(this.#options.name, timedOut(`the answer to ${api}`, timeoutMs)));
        return;
      }
      nextMs = Math.min(nextMs, deadlineMs);
    }
    if (nextMs !== Number.POSITIVE_INFINITY) this.#expireAt(nextMs);
  }

  #end(failure: MillraceError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    this.#timer?.clear();
    this.#socket.destroy();
    const waiting = this.#pending.splice(0).slice(this.#pendingStart);
    this.#pendingStart = 0;
    for (const pending of waiting) pending.reject(failure);
  }

  #tooMany(): MillraceError {
    return new MillraceError(
      'TOO_MANY_REQUESTS',
      `${IN_FLIGHT_REQUESTS_MAX} requests to ${this.#options.name} wait for answers already`,
      { retriable: true },
    );
  }
}

function decodeAnswer(pending: Pending, frame: Uint8Array): unknown {
  const codec = apis[pending.api];
  const reader = new Reader(frame);
  const { correlationId } = responseHeaderCodec.decode(reader, codec.responseHeaderVersion(pending.version));
  if (correlationId !== pending.correlationId) {
    throw new MillraceError(
      'CORRUPT_MESSAGE',
      `the answer to request ${pending.correlationId} names request ${correlationId}`,
    );
  }
  // A broker that does not know the version of an ApiVersions request answers in version 0 (KIP-511).
  if (pending.api === 'ApiVersions' && pending.version > 0 && startsWithUnsupportedVersion(frame, reader.position)) {
    return codec.decodeResponse(reader, 0);
  }
  return codec.decodeResponse(reader, pending.version);
}

function startsWithUnsupportedVersion(frame: Uint8Array, at: number): boolean {
  return frame[at] === 0 && frame[at + 1] === ErrorCode.UNSUPPORTED_VERSION;
}
