import type { MillraceError } from '@millrace/base';
import { type CompressionType, RecordBatchBuilder, setProducer } from '@millrace/protocol';
import type { RecordMetadata } from './producer-options.ts';

/** Someone who waits for one record of a batch. */
type Waiter = {
  readonly place: number;
  readonly timestamp: number;
  readonly resolve: (metadata: RecordMetadata) => void;
  readonly reject: (error: MillraceError) => void;
};

export type ProducerIdentity = { readonly producerId: number; readonly producerEpoch: number };

export const NO_IDENTITY: ProducerIdentity = { producerId: -1, producerEpoch: -1 };

export type BatchResult =
  | { readonly kind: 'delivered'; readonly baseOffset: number; readonly logAppendTimeMs: number }
  | { readonly kind: 'failed'; readonly error: MillraceError };

/** Records of one partition on their way: filled, then sealed, then sent until it succeeds or is given up. */
export class ProducerBatch {
  readonly topic: string;
  readonly partition: number;
  readonly createdMs: number;
  /** Counts the batches of a producer in the order in which they were opened. */
  readonly createdOrder: number;
  readonly builder: RecordBatchBuilder;
  attemptCount = 0;
  /** Why the last try failed. */
  lastError: MillraceError | undefined;
  baseSequence = -1;
  identity: ProducerIdentity = NO_IDENTITY;
  isDone = false;
  #bytes: Uint8Array | undefined;
  #bufferedBytes = 0;
  readonly #waiters: Waiter[] = [];
  readonly #onDone: ((result: BatchResult) => void)[] = [];

  constructor(options: {
    readonly topic: string;
    readonly partition: number;
    readonly createdMs: number;
    readonly createdOrder: number;
    readonly capacityBytes: number;
  }) {
    this.topic = options.topic;
    this.partition = options.partition;
    this.createdMs = options.createdMs;
    this.createdOrder = options.createdOrder;
    this.builder = new RecordBatchBuilder(options.capacityBytes);
  }

  get recordCount(): number {
    return this.builder.recordCount;
  }

  /** What the batch counts for in the producer's buffer: its size before compression. */
  get bufferedBytes(): number {
    return this.#bytes === undefined ? this.builder.sizeInBytes : this.#bufferedBytes;
  }

  waitFor(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  whenDone(callback: (result: BatchResult) => void): void {
    this.#onDone.push(callback);
  }

  /** Whether sequence numbers were given; they stay the same for every try under one identity. */
  hasSequence(identity: ProducerIdentity): boolean {
    return this.identity === identity;
  }

  /**
   * The bytes to send. What was sent once belongs to the broker, perhaps in this very isolate: a batch whose identity
   * changes after that is stamped on a copy.
   */
  bytes(
    identity: ProducerIdentity,
    baseSequence: number,
    how: { readonly compression: CompressionType; readonly isTransactional: boolean },
  ): Uint8Array {
    if (this.#bytes === undefined) {
      this.#bufferedBytes = this.builder.sizeInBytes;
      this.#bytes = this.builder.build({ ...identity, baseSequence, ...how });
    } else if (this.identity !== identity || this.baseSequence !== baseSequence) {
      this.#bytes = Buffer.from(this.#bytes);
      setProducer(this.#bytes, 0, { ...identity, baseSequence });
    }
    this.identity = identity;
    this.baseSequence = baseSequence;
    return this.#bytes;
  }

  finish(result: BatchResult): void {
    if (this.isDone) return;
    this.isDone = true;
    for (const waiter of this.#waiters) this.#answer(waiter, result);
    for (const callback of this.#onDone) callback(result);
    this.#bytes = undefined;
  }

  #answer(waiter: Waiter, result: BatchResult): void {
    if (result.kind === 'failed') {
      waiter.reject(result.error);
      return;
    }
    waiter.resolve({
      topic: this.topic,
      partition: this.partition,
      offset: result.baseOffset < 0 ? -1 : result.baseOffset + waiter.place,
      timestamp: result.logAppendTimeMs >= 0 ? result.logAppendTimeMs : waiter.timestamp,
    });
  }
}
