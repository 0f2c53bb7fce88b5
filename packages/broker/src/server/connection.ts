import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { describeError, MillraceError, unreachable } from '@millrace/base';
import type { ProduceRequest } from '@millrace/protocol';
import type { Call, Services } from '../apis/api.ts';
import { dispatch } from '../apis/dispatch.ts';
import { BufferLease } from '../lib/buffer-pool.ts';
import { Rights } from '../security/acl/rights.ts';
import type { Principal } from '../security/principal.ts';
import type { Throttler } from '../security/quota/throttler.ts';
import type { SecurityProtocol } from '../security/security-protocol.ts';
import type { Authentication, AuthenticationStep } from './authentication.ts';
import { FrameReader } from './frame-reader.ts';
import { encodeResponse, type ParsedRequest, parseRequest } from './request-codec.ts';

/** Above this a connection is not read until answers have gone out: bytes of requests in work. */
const REQUEST_BYTES_IN_WORK_MAX = 32 * 1024 * 1024;
/** The same for the number of requests in work. */
const REQUESTS_IN_WORK_MAX = 1000;
/** The same for answers that the client has not taken yet. */
const RESPONSE_BYTES_UNSENT_MAX = 8 * 1024 * 1024;

/** Requests that a client may send ahead while it is not known yet. */
const UNKNOWN_REQUESTS_MAX = 16;

type Request = Extract<ParsedRequest, { kind: 'request' }>;

/** A request in work: answers leave in the order of the requests, so each holds a place. */
type Place = {
  readonly frameBytes: number;
  /** When its frame was whole, on the monotonic clock. */
  readonly arrivedMs: number;
  /** The pool's buffer that the frame lies in. */
  readonly frameBuffer: Buffer;
  response: readonly Uint8Array[] | null;
  /** Memory of the answer, until it has gone out. */
  readonly lease: BufferLease;
};

export type ConnectionOptions = {
  readonly services: Services;
  readonly listener: string;
  readonly securityProtocol: SecurityProtocol;
  readonly clientAddress: string;
  /** Who the client is before, or without, any proof but its certificate. */
  readonly principal: Principal;
  /** How the client proves who it is; null where nobody asks for a proof. */
  readonly authentication: Authentication | null;
  readonly requestBytesMax: number;
  readonly idleMs: number;
  readonly onClosed: (connection: ClientConnection) => void;
};

/** One client: frames in, answers out in order, and no more memory than its limits allow. */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #frames: FrameReader;
  readonly #places: Place[] = [];
  readonly #gone = new AbortController();
  readonly #clientHost: string;
  readonly #authentication: Authentication | null;
  #principal: Principal;
  #rights: Rights | null;
  /** The last step of authentication: they come one after the other. */
  #authenticating: Promise<void> = Promise.resolve();
  #requestBytes = 0;
  #unsentBytes = 0;
  #throttler: Throttler;
  #isMuted = false;
  /** What came in with the request that was too much. */
  readonly #muted: { readonly frame: Buffer; readonly buffer: Buffer }[] = [];
  readonly #resume = (): void => this.#balance();
  #isFlushing = false;
  #isEnding = false;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    // Every fetch that waits listens.
    setMaxListeners(0, this.#gone.signal);
    this.#authentication = options.authentication;
    this.#frames = new FrameReader(this.#frameBytesMax, options.services.buffers);
    this.#clientHost = `/${options.clientAddress}`;
    this.#principal = options.principal;
    this.#rights = this.#rightsOf(this.#principal);
    this.#throttler = this.#throttlerOf(this.#principal);
    socket.setNoDelay(true);
    if (options.idleMs > 0) socket.setTimeout(options.idleMs, () => this.#onIdle());
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('drain', () => this.#balance());
    // Its reason is in 'close', too: a client that resets its connection is no event.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#gone.abort();
      options.services.memory.addRequestBytes(-this.#requestBytes);
      options.services.memory.forget(this.#resume);
      this.#requestBytes = 0;
      this.#countUnsent();
      options.onClosed(this);
    });
    this.#balance();
  }

  /** Answers what is in work, then closes. */
  end(): void {
    this.#isEnding = true;
    this.#socket.pause();
    // Ends long polls: they answer with what there is.
    this.#gone.abort();
    if (this.#places.length === 0) this.#socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #onIdle(): void {
    // Who takes nothing of an answer for so long will not take the rest.
    if (this.#socket.writableLength > 0) this.#socket.destroy();
    else if (this.#places.length === 0) this.#socket.end();
  }

  #onData(chunk: Buffer): void {
    try {
      this.#frames.push(chunk, (frame, buffer) => this.#onFrame(frame, buffer));
    } catch (error) {
      this.#refuse(error);
    }
    this.#balance();
  }

  /** @throws what parsing throws: the caller ends the connection. */
  #onFrame(frame: Buffer, buffer: Buffer): void {
    if (this.#socket.destroyed) return;
    if (this.#isMuted) {
      this.#muted.push({ frame, buffer });
      return;
    }
    if (this.#authentication?.takes(frame) === true) {
      this.#authenticate(this.#authentication, frame, buffer);
      return;
    }
    this.#carryOutFrame(frame, this.#placeFor(frame, buffer));
  }

  #placeFor(frame: Buffer, frameBuffer: Buffer): Place {
    const lease = new BufferLease(this.#options.services.buffers);
    const arrivedMs = this.#options.services.clock.monotonicMs();
    const place: Place = { frameBytes: frame.byteLength, arrivedMs, frameBuffer, response: null, lease };
    this.#places.push(place);
    this.#addRequestBytes(frame.byteLength);
    return place;
  }

  #carryOutFrame(frame: Buffer, place: Place): void {
    const parsed = parseRequest(frame);
    if (parsed.kind === 'answered') this.#answer(place, parsed.response);
    else this.#carryOut(parsed, place);
  }

  #authenticate(authentication: Authentication, frame: Buffer, buffer: Buffer): void {
    if (this.#places.length >= UNKNOWN_REQUESTS_MAX && authentication.principal === null) {
      throw new MillraceError('ILLEGAL_SASL_STATE', 'the client sends on without waiting to be known');
    }
    const place = this.#placeFor(frame, buffer);
    this.#authenticating = this.#authenticating
      .then(async () => {
        if (this.#socket.destroyed) return;
        this.#takeStep(await authentication.take(frame), frame, place);
      })
      .catch((error: unknown) => this.#refuse(error));
  }

  #takeStep(step: AuthenticationStep, frame: Buffer, place: Place): void {
    switch (step.kind) {
      case 'request':
        this.#carryOutFrame(frame, place);
        return;
      case 'failed': {
        this.#options.services.logger.info('a client failed to authenticate', {
          client: this.#clientHost,
          reason: describeError(step.reason),
        });
        this.#isEnding = true;
        this.#socket.pause();
        const { clock, config } = this.#options.services;
        // Guessing is to be slow.
        clock.setTimer(config.number('connection.failed.authentication.delay.ms'), () => {
          this.#answer(place, step.response);
        });
        return;
      }
      case 'reply': {
        this.#principal = this.#authentication?.principal ?? this.#principal;
        this.#rights = this.#rightsOf(this.#principal);
        this.#throttler = this.#throttlerOf(this.#principal);
        this.#frames.frameBytesMax = this.#frameBytesMax;
        this.#answer(place, step.response);
        return;
      }
      default:
        unreachable(step);
    }
  }

  /** Who is not known yet gets little memory. */
  get #frameBytesMax(): number {
    const { requestBytesMax, services } = this.#options;
    const isUnknown = this.#authentication !== null && this.#authentication.principal === null;
    if (!isUnknown) return requestBytesMax;
    return Math.min(requestBytesMax, services.config.number('sasl.server.max.receive.size'));
  }

  #rightsOf(principal: Principal): Rights | null {
    const { authorizer } = this.#options.services;
    if (authorizer === null || authorizer.isSuperUser(principal)) return null;
    return new Rights(authorizer, { principal, host: this.#options.clientAddress });
  }

  #throttlerOf({ name }: Principal): Throttler {
    return { quotas: this.#options.services.quotas, user: name, mute: (delayMs) => this.#mute(delayMs) };
  }

  /** Reads nothing, and carries out nothing, for a time. */
  #mute(delayMs: number): void {
    if (this.#isMuted || this.#socket.destroyed) return;
    this.#isMuted = true;
    this.#balance();
    this.#options.services.clock.setTimer(delayMs, () => this.#unmute());
  }

  #unmute(): void {
    this.#isMuted = false;
    try {
      for (const { frame, buffer } of this.#muted.splice(0)) this.#onFrame(frame, buffer);
    } catch (error) {
      this.#refuse(error);
    }
    this.#balance();
  }

  #carryOut(request: Request, place: Place): void {
    const { services, listener, securityProtocol } = this.#options;
    const { version, clientId } = request;
    const call: Call = {
      version,
      clientId,
      clientHost: this.#clientHost,
      listener,
      securityProtocol,
      principal: this.#principal,
      rights: this.#rights,
      throttler: services.quotas.isActive ? this.#throttler : null,
      gone: this.#gone.signal,
      allocate: place.lease.take,
    };
    try {
      const response = dispatch(request.api, services, request.body, call);
      if (response instanceof Promise) {
        response.then(
          (settled) => this.#respond(request, place, settled),
          (error: unknown) => this.#fail(request, error),
        );
      } else {
        this.#respond(request, place, response);
      }
    } catch (error) {
      this.#fail(request, error);
    }
  }

  #respond(request: Request, place: Place, response: unknown): void {
    if (this.#socket.destroyed) return;
    const { clock, counters } = this.#options.services;
    const nowMs = clock.monotonicMs();
    counters.answered(request.api.name, nowMs - place.arrivedMs, nowMs);
    if (request.api.name === 'Produce' && (request.body as ProduceRequest).acks === 0) {
      this.#answer(place, []);
      return;
    }
    // An answered batch is written: nobody reads its frame any more. Of other requests, handlers may keep bytes.
    if (request.api.name === 'Produce') this.#options.services.buffers.give(place.frameBuffer);
    try {
      this.#answer(place, encodeResponse(request.api.name, request.version, request.correlationId, response));
    } catch (error) {
      this.#fail(request, error);
    }
  }

  #answer(place: Place, response: readonly Uint8Array[]): void {
    place.response = response;
    if (this.#isFlushing || this.#places[0] !== place) return;
    this.#isFlushing = true;
    // After the other answers of this turn: they leave together.
    process.nextTick(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushing = false;
    if (this.#socket.destroyed) return;
    this.#socket.cork();
    let count = 0;
    let frameBytes = 0;
    for (const place of this.#places) {
      if (place.response === null) break;
      this.#write(place.response, place.lease);
      frameBytes += place.frameBytes;
      count += 1;
    }
    this.#places.splice(0, count);
    this.#socket.uncork();
    this.#addRequestBytes(-frameBytes);
    if (this.#isEnding && this.#places.length === 0) this.#socket.destroySoon();
    this.#balance();
  }

  #write(response: readonly Uint8Array[], lease: BufferLease): void {
    const last = response.length - 1;
    for (let index = 0; index < last; index++) this.#socket.write(response[index]!);
    // After a failure the system may still read the memory: the collector knows when it does not.
    if (last >= 0) this.#socket.write(response[last]!, (error) => error ?? lease.release());
  }

  #addRequestBytes(bytes: number): void {
    this.#requestBytes += bytes;
    this.#options.services.memory.addRequestBytes(bytes);
  }

  #countUnsent(): void {
    const unsent = this.#socket.destroyed ? 0 : this.#socket.writableLength;
    this.#options.services.memory.addUnsentBytes(unsent - this.#unsentBytes);
    this.#unsentBytes = unsent;
  }

  /** Reads on, or stops reading, as the limits say. */
  #balance(): void {
    this.#countUnsent();
    if (this.#isEnding || this.#socket.destroyed) return;
    const { memory } = this.#options.services;
    // A frame that has begun is read to its end: nobody waits for room with memory in the hand.
    const waitsForRoom = memory.isFull && !this.#frames.isWithinFrame;
    if (waitsForRoom) memory.whenRoom(this.#resume);
    const isFull =
      this.#isMuted ||
      waitsForRoom ||
      this.#requestBytes > REQUEST_BYTES_IN_WORK_MAX ||
      this.#places.length > REQUESTS_IN_WORK_MAX ||
      this.#socket.writableLength > RESPONSE_BYTES_UNSENT_MAX;
    if (isFull && !this.#socket.isPaused()) this.#socket.pause();
    else if (!isFull && this.#socket.isPaused()) this.#socket.resume();
  }

  /** The client sent what is no request that we serve: it costs its connection, nothing else. */
  #refuse(error: unknown): void {
    const level = error instanceof MillraceError ? 'info' : 'error';
    this.#options.services.logger[level]('closing a connection', {
      client: this.#clientHost,
      reason: describeError(error),
    });
    this.#socket.destroy();
  }

  /** A handler failed where it should have answered with an error: a bug of ours, kept to one connection. */
  #fail(request: Request, error: unknown): void {
    this.#options.services.logger.error('a request failed', {
      api: request.api.name,
      version: request.version,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    this.#socket.destroy();
  }
}
