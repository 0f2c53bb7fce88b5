import { NO_IDENTITY, type ProducerBatch, type ProducerIdentity } from './producer-batch.ts';

// Sequence numbers wrap to 0 after this (KIP-98).
const SEQUENCE_COUNT = 2 ** 31;

/** The batches of one partition, oldest first: those on the way, those that wait, and the one that is open. */
export class PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  open: ProducerBatch | undefined;
  /** How large the next batch will probably be. */
  expectedBytes: number;
  /** After a failure: not before this time, and only when nothing is on the way any more, so that order is kept. */
  retryAtMs = 0;
  #isRetrying = false;
  #mustRestart = false;
  readonly #waiting: ProducerBatch[] = [];
  readonly #inFlight: ProducerBatch[] = [];
  #identity: ProducerIdentity = NO_IDENTITY;
  #nextSequence = 0;

  constructor(topic: string, partition: number, expectedBytes: number) {
    this.topic = topic;
    this.partition = partition;
    this.expectedBytes = expectedBytes;
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Closes the open batch: no record joins it any more. */
  seal(): ProducerBatch | undefined {
    const batch = this.open;
    if (batch === undefined) return undefined;
    this.open = undefined;
    this.#waiting.push(batch);
    return batch;
  }

  /** The batch to send next, unless the order demands to wait. */
  sendable(nowMs: number, inFlightMax: number): ProducerBatch | undefined {
    if (this.#inFlight.length >= inFlightMax) return undefined;
    if (this.#isRetrying && (this.#inFlight.length > 0 || nowMs < this.retryAtMs)) return undefined;
    return this.#waiting[0];
  }

  /** Takes the batch that {@link sendable} gave, with its place in the sequence of this identity. */
  take(identity: ProducerIdentity): { readonly batch: ProducerBatch; readonly baseSequence: number } {
    const batch = this.#waiting.shift()!;
    this.#isRetrying = false;
    this.#inFlight.push(batch);
    if (this.#identity !== identity) {
      this.#identity = identity;
      this.#nextSequence = 0;
      this.#mustRestart = false;
    }
    if (identity === NO_IDENTITY) return { batch, baseSequence: -1 };
    if (batch.hasSequence(identity)) return { batch, baseSequence: batch.baseSequence };
    const baseSequence = this.#nextSequence;
    this.#nextSequence = (baseSequence + batch.recordCount) % SEQUENCE_COUNT;
    return { batch, baseSequence };
  }

  /**
   * The identity to send under. A changed one is taken up only when nothing that was sent under the old one can still
   * be stored: a batch whose answer was lost would be stored twice.
   */
  identityFor(current: ProducerIdentity): ProducerIdentity {
    const known = this.#identity;
    if (known === NO_IDENTITY || known === current) return current;
    if (this.#inFlight.length > 0) return known;
    return !this.#mustRestart && this.#waiting[0]?.hasSequence(known) === true ? known : current;
  }

  /** The broker refused the sequence of the oldest batch: none of those that wait here was stored. */
  restartSequence(): void {
    this.#mustRestart = true;
  }

  /** The batch succeeded or was given up. */
  remove(batch: ProducerBatch): void {
    removeFrom(this.#inFlight, batch);
    removeFrom(this.#waiting, batch);
    if (this.open === batch) this.open = undefined;
  }

  /** Puts a failed batch back where it was in the order. */
  retry(batch: ProducerBatch, retryAtMs: number): void {
    removeFrom(this.#inFlight, batch);
    const at = this.#waiting.findIndex((other) => other.createdOrder > batch.createdOrder);
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, batch);
    this.#isRetrying = true;
    this.retryAtMs = Math.max(this.retryAtMs, retryAtMs);
  }

  /** Whether an older batch of this partition is still to be delivered. */
  hasOlder(batch: ProducerBatch): boolean {
    const isOlder = (other: ProducerBatch) => other.createdOrder < batch.createdOrder;
    return this.#waiting.some(isOlder) || this.#inFlight.some(isOlder);
  }

  /** All batches, oldest first. */
  *batches(): Generator<ProducerBatch, void, undefined> {
    yield* this.#inFlight;
    yield* this.#waiting;
    if (this.open !== undefined) yield this.open;
  }
}

function removeFrom(list: ProducerBatch[], batch: ProducerBatch): void {
  const at = list.indexOf(batch);
  if (at >= 0) list.splice(at, 1);
}
