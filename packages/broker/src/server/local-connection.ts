import { setMaxListeners } from 'node:events';
import { MillraceError } from '@millrace/base';
import {
  type ApiName,
  type ApiTypes,
  type Connection,
  type ProduceRequest,
  Reader,
  type SendOptions,
  Writer,
} from '@millrace/protocol';
import type { BrokerApi, Call, Services } from '../apis/api.ts';
import { dispatch } from '../apis/dispatch.ts';
import { apiNamed } from '../apis/registry.ts';
import { deepFreeze } from '../lib/deep-freeze.ts';
import { Rights } from '../security/acl/rights.ts';
import { ANONYMOUS, type Principal } from '../security/principal.ts';
import { codecOf } from './request-codec.ts';

/** Requests that wait for an answer; more is a client that does not look at its answers. */
const REQUESTS_IN_WORK_MAX = 10_000;

/** What a request takes of a turn's budget beside its records: a thousand requests fill a turn. */
const REQUEST_COST_BYTES = 4 * 1024;

/** Bytes of record batches that were sent and not answered; above it requests wait, as they would in a full socket. */
const PRODUCE_BYTES_IN_WORK_MAX = 32 * 1024 * 1024;

/** The address of clients in this isolate, for whom there is none. */
const LOCAL_HOST = '/local';

export type LocalConnectionOptions = {
  /** As whom the client acts; null for the app itself, which owns the broker and may do everything. */
  readonly principal: Principal | null;
  /** Freezes requests and responses, so that a test finds who changes what belongs to the other side. */
  readonly freeze: boolean;
  /** Sends every object through the codec, so that a test finds what the wire would not carry. */
  readonly codecCheck: boolean;
  readonly clientId: string;
  /** Batches that were sent over any local connection of the broker: a retry may take another one. */
  readonly sentBatches: WeakSet<Uint8Array>;
  readonly onClosed: (connection: LocalConnection) => void;
};

/**
 * The wire within one isolate: the request object goes to the very handler that a socket's request would reach, and the
 * answer comes back as an object. Record batches are the same bytes all the way.
 */
export class LocalConnection implements Connection {
  readonly #services: Services;
  readonly #options: LocalConnectionOptions;
  readonly #rights: Rights | null;
  readonly #gone = new AbortController();
  /** Starts of requests that wait for room, in their order. */
  readonly #waiting: (() => void)[] = [];
  /** The answer before: answers come in the order of their requests, as on a socket. */
  #previous: Promise<unknown> = Promise.resolve();
  #requests = 0;
  #produceBytes = 0;
  #isAwaitingTurn = false;

  constructor(services: Services, options: LocalConnectionOptions) {
    this.#services = services;
    this.#options = options;
    const { authorizer } = services;
    const { principal } = options;
    const asks = authorizer !== null && principal !== null && !authorizer.isSuperUser(principal);
    this.#rights = asks ? new Rights(authorizer, { principal, host: LOCAL_HOST.slice(1) }) : null;
    // Every request in work listens.
    setMaxListeners(0, this.#gone.signal);
  }

  get isOpen(): boolean {
    return !this.#gone.signal.aborted;
  }

  async send<A extends ApiName>(
    name: A,
    version: number,
    request: ApiTypes[A]['request'],
    { signal }: SendOptions = {},
  ): Promise<ApiTypes[A]['response']> {
    if (!this.isOpen) throw closedError();
    signal?.throwIfAborted();
    if (this.#requests >= REQUESTS_IN_WORK_MAX) {
      throw new MillraceError('TOO_MANY_REQUESTS', `${this.#requests} requests wait for their answers`);
    }
    const api = apiNamed(name);
    if (api === undefined || version < api.minVersion || version > api.maxVersion) {
      throw new MillraceError('UNSUPPORTED_VERSION', `${name} version ${version} is not served by this broker`);
    }
    const given = this.#throughCodec(name, version, 'Request', request);
    const produced = name === 'Produce' ? this.#withOwnBatches(given as ProduceRequest) : null;
    const produceBytes = produced === null ? 0 : recordBytes(produced);
    this.#requests += 1;
    const answer = new Promise<unknown>((resolve, reject) => {
      const start = (): void =>
        void this.#carryOut(api, version, produced ?? given, produceBytes).then(resolve, reject);
      this.#waiting.push(start);
      this.#startWaiting();
    });
    const inOrder = Promise.allSettled([this.#previous, answer]).then(() => answer);
    this.#previous = inOrder.catch(() => {});
    try {
      const response = this.#throughCodec(name, version, 'Response', await this.#orGone(inOrder, signal));
      return response as ApiTypes[A]['response'];
    } finally {
      this.#requests -= 1;
    }
  }

  close(): Promise<void> {
    if (this.isOpen) {
      this.#gone.abort();
      for (const start of this.#waiting.splice(0)) start();
      this.#options.onClosed(this);
    }
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Starts what waits, in its order: until too much is unanswered, or until this turn has done its share and the sockets
   * are to be looked at. Requests and answers of this isolate are promises, which would keep the loop to themselves.
   */
  #startWaiting(): void {
    const { turns } = this.#services;
    while (this.#waiting.length > 0 && this.#produceBytes <= PRODUCE_BYTES_IN_WORK_MAX && !turns.isSpent) {
      this.#waiting.shift()!();
    }
    if (this.#waiting.length === 0 || !turns.isSpent || this.#isAwaitingTurn) return;
    this.#isAwaitingTurn = true;
    void turns.turn().then(() => {
      this.#isAwaitingTurn = false;
      this.#startWaiting();
    });
  }

  async #carryOut(api: BrokerApi, version: number, request: unknown, produceBytes: number): Promise<unknown> {
    if (!this.isOpen) throw closedError();
    const { clientId } = this.#options;
    const call: Call = {
      version,
      clientId,
      clientHost: LOCAL_HOST,
      listener: 'LOCAL',
      securityProtocol: 'PLAINTEXT',
      principal: this.#options.principal ?? ANONYMOUS,
      rights: this.#rights,
      // Who shares the broker's thread is not slowed down by it.
      throttler: null,
      gone: this.#gone.signal,
      // Who reads in this isolate keeps what it reads.
      allocate: Buffer.allocUnsafe,
    };
    this.#produceBytes += produceBytes;
    this.#services.turns.spend(REQUEST_COST_BYTES + produceBytes);
    const { clock, counters } = this.#services;
    const startMs = clock.monotonicMs();
    try {
      return await dispatch(api, this.#services, request, call);
    } finally {
      const nowMs = clock.monotonicMs();
      counters.answered(api.name, nowMs - startMs, nowMs);
      this.#produceBytes -= produceBytes;
      this.#startWaiting();
    }
  }

  /**
   * A batch belongs to the broker from `send` on, which writes its offset into it. One that is sent again is a retry:
   * what the log holds of the first try must not change under it, so the retry gets bytes of its own.
   */
  #withOwnBatches(request: ProduceRequest): ProduceRequest {
    let isRetry = false;
    for (const { partitionData } of request.topicData) {
      for (const { records } of partitionData) {
        if (records === null) continue;
        if (this.#options.sentBatches.has(records)) isRetry = true;
        else this.#options.sentBatches.add(records);
      }
    }
    if (!isRetry) return request;
    const topicData = request.topicData.map((topic) => ({
      ...topic,
      partitionData: topic.partitionData.map(({ index, records }) => ({
        index,
        records: records === null ? null : Buffer.from(records),
      })),
    }));
    return { ...request, topicData };
  }

  /** The answer, unless the connection closes or the caller gives up first. */
  #orGone(answer: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onGone = (): void => reject(closedError());
      const onAbort = (): void => reject(signal!.reason);
      const gone = this.#gone.signal;
      if (gone.aborted) onGone();
      gone.addEventListener('abort', onGone);
      signal?.addEventListener('abort', onAbort);
      const forget = (): void => {
        gone.removeEventListener('abort', onGone);
        signal?.removeEventListener('abort', onAbort);
      };
      answer.then(resolve, reject).finally(forget);
    });
  }

  #throughCodec(name: ApiName, version: number, direction: 'Request' | 'Response', message: unknown): unknown {
    let seen = message;
    if (this.#options.codecCheck) {
      const codec = codecOf(name);
      const writer = new Writer();
      codec[`encode${direction}`](writer, version, message as never);
      seen = codec[`decode${direction}`](new Reader(writer.toBytes()), version);
    }
    return this.#options.freeze ? deepFreeze(seen) : seen;
  }
}

function recordBytes(request: ProduceRequest): number {
  let bytes = 0;
  for (const topic of request.topicData) {
    for (const { records } of topic.partitionData) bytes += records?.byteLength ?? 0;
  }
  return bytes;
}

function closedError(): MillraceError {
  return new MillraceError('CONNECTION_CLOSED', 'the connection to the broker is closed', { retriable: true });
}
