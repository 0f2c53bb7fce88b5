import { crc32c, type EndTransactionMarker, type RecordBatchHeader } from '@millrace/protocol';
import { type EndedTransaction, OpenTransactions } from './open-transactions.ts';
import type { TransactionEnd } from './transaction-marker.ts';

/** Batches per producer that a retry is recognised by: Java's producer has at most five requests in flight. */
const REMEMBERED_BATCHES = 5;

const SEQUENCE_MAX = 2 ** 31 - 1;
const SNAPSHOT_VERSION = 1;
const SNAPSHOT_HEADER_BYTES = 10;
const SNAPSHOT_ENTRY_BYTES = 46;

/** One appended batch, as far as a retry of it must be recognised. */
export type AppendedBatch = {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly lastOffset: number;
  readonly offsetDelta: number;
  readonly timestamp: number;
};

/** What stands in a snapshot for a producer none of whose batches is remembered, as Kafka writes it. */
const NO_BATCH: AppendedBatch = { firstSequence: -1, lastSequence: -1, lastOffset: -1, offsetDelta: 0, timestamp: -1 };

type Producer = {
  epoch: number;
  lastTimestamp: number;
  batches: AppendedBatch[];
  /** Of the coordinator that wrote the last marker; −1 without one. */
  coordinatorEpoch: number;
};

/** A producer as DescribeProducers tells it. */
export type ActiveProducer = {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  readonly lastTimestamp: number;
  readonly coordinatorEpoch: number;
  readonly currentTxnStartOffset: number;
};

/** What the state of a producer hangs on: its last batch with a sequence number, null without one, and its epoch. */
export type LastRecord = { readonly offset: number | null; readonly producerEpoch: number };

export type SequenceCheck =
  | { readonly kind: 'next' }
  | { readonly kind: 'duplicate'; readonly batch: AppendedBatch }
  | { readonly kind: 'stale-epoch'; readonly currentEpoch: number }
  | { readonly kind: 'not-transactional' }
  | { readonly kind: 'out-of-order'; readonly expectedSequence: number };

/**
 * What a partition remembers of idempotent producers (KIP-98, KIP-360): epoch and the last batches of each, so that a
 * retry after a lost answer is stored once and answered with the old offset. State lasts until the producer has been
 * silent for `producer.id.expiration.ms`; that its records were deleted meanwhile makes no difference. With it goes which
 * of their transactions are open here.
 */
export class ProducerState {
  readonly #producers = new Map<number, Producer>();
  readonly #transactions = new OpenTransactions();

  get size(): number {
    return this.#producers.size;
  }

  /** Whether a batch of a producer fits what came before it. Changes nothing. */
  check(header: RecordBatchHeader): SequenceCheck {
    const producer = this.#producers.get(header.producerId);
    if (producer === undefined) return { kind: 'next' };
    const first = header.baseSequence;
    if (header.producerEpoch < producer.epoch) return { kind: 'stale-epoch', currentEpoch: producer.epoch };
    if (!header.isTransactional && this.isInTransaction(header.producerId)) return { kind: 'not-transactional' };
    // What coordinators write for a producer has no place in its sequence.
    if (first < 0) return { kind: 'next' };
    if (header.producerEpoch > producer.epoch) {
      return first === 0 ? { kind: 'next' } : { kind: 'out-of-order', expectedSequence: 0 };
    }
    const last = sequencePlus(first, header.lastOffsetDelta);
    for (const batch of producer.batches) {
      if (batch.firstSequence === first && batch.lastSequence === last) return { kind: 'duplicate', batch };
    }
    const latest = producer.batches.at(-1);
    const expectedSequence = latest === undefined ? 0 : sequencePlus(latest.lastSequence, 1);
    return first === expectedSequence ? { kind: 'next' } : { kind: 'out-of-order', expectedSequence };
  }

  /** Whether the producer has a transaction open here, of this epoch if one is given. */
  isInTransaction(producerId: number, producerEpoch?: number): boolean {
    if (this.#transactions.firstOffsetOf(producerId) === undefined) return false;
    return producerEpoch === undefined || this.#producers.get(producerId)?.epoch === producerEpoch;
  }

  /** Whether the end of a transaction comes from whom it may come from; see {@link TransactionEnd}. */
  checkEnd({ producerId, producerEpoch, coordinatorEpoch }: TransactionEnd): 'fine' | 'stale-epoch' | 'fenced' {
    const producer = this.#producers.get(producerId);
    if (producer === undefined) return 'fine';
    if (producerEpoch < producer.epoch) return 'stale-epoch';
    return coordinatorEpoch < producer.coordinatorEpoch ? 'fenced' : 'fine';
  }

  /** Where the part begins that readers of committed records must wait for; infinite without such a part. */
  firstUnstableOffset(highWatermark: number): number {
    return this.#transactions.firstUnstableOffset(highWatermark);
  }

  /**
   * Enters a batch that was appended, with the marker that a control batch is. Answers the transaction that it ended.
   */
  note(header: RecordBatchHeader, marker: EndTransactionMarker | null = null): EndedTransaction | null {
    if (header.producerId < 0) return null;
    let producer = this.#producers.get(header.producerId);
    if (producer === undefined || producer.epoch !== header.producerEpoch) {
      const coordinatorEpoch = producer?.coordinatorEpoch ?? -1;
      producer = { epoch: header.producerEpoch, lastTimestamp: header.maxTimestamp, batches: [], coordinatorEpoch };
      this.#producers.set(header.producerId, producer);
    }
    producer.lastTimestamp = Math.max(producer.lastTimestamp, header.maxTimestamp);
    if (header.isControl) {
      if (marker === null) return null;
      producer.coordinatorEpoch = marker.coordinatorEpoch;
      return this.#transactions.end(header.producerId, header.lastOffset, marker.kind === 'abort');
    }
    if (header.isTransactional) this.#transactions.begin(header.producerId, header.baseOffset);
    if (header.baseSequence < 0) return null;
    producer.batches.push({
      firstSequence: header.baseSequence,
      lastSequence: sequencePlus(header.baseSequence, header.lastOffsetDelta),
      lastOffset: header.lastOffset,
      offsetDelta: header.lastOffsetDelta,
      timestamp: header.maxTimestamp,
    });
    if (producer.batches.length > REMEMBERED_BATCHES) producer.batches.shift();
    return null;
  }

  /**
   * Takes over the producers of a state that was taken back whose first batches were refused with it: they must begin
   * at their beginning all the same, or a batch that was sent behind the refused one would be stored before it.
   */
  expectBeginningsOf(takenBack: ProducerState): void {
    for (const [producerId, { epoch, lastTimestamp, coordinatorEpoch }] of takenBack.#producers) {
      const known = this.#producers.get(producerId);
      if (known !== undefined && known.epoch >= epoch) continue;
      this.#producers.set(producerId, { epoch, lastTimestamp, batches: [], coordinatorEpoch });
    }
  }

  /** Forgets producers whose last batch is older than `beforeMs`, but none with an open transaction. */
  expire(beforeMs: number): void {
    for (const [producerId, producer] of this.#producers) {
      if (producer.lastTimestamp < beforeMs && !this.isInTransaction(producerId)) this.#producers.delete(producerId);
    }
  }

  /** All producers that are remembered. */
  active(): ActiveProducer[] {
    return [...this.#producers].map(([producerId, { epoch, lastTimestamp, batches, coordinatorEpoch }]) => ({
      producerId,
      producerEpoch: epoch,
      lastSequence: batches.at(-1)?.lastSequence ?? -1,
      lastTimestamp,
      coordinatorEpoch,
      currentTxnStartOffset: this.#transactions.firstOffsetOf(producerId) ?? -1,
    }));
  }

  /** Where the last batch of each producer lies: compaction keeps it. */
  lastRecords(): Map<number, LastRecord> {
    const records = new Map<number, LastRecord>();
    for (const [producerId, { epoch, batches }] of this.#producers) {
      records.set(producerId, { offset: batches.at(-1)?.lastOffset ?? null, producerEpoch: epoch });
    }
    return records;
  }

  /**
   * Kafka's `.snapshot`: version, CRC-32C of the rest, count, entries. Kafka keeps one batch for each producer; this one
   * writes an entry for each remembered batch, oldest first, which Kafka's reader takes as well: the last one counts.
   */
  encode(): Uint8Array {
    const entries = [...this.#producers].flatMap(([producerId, producer]) => {
      const { epoch, coordinatorEpoch, batches, lastTimestamp } = producer;
      const remembered = batches.length > 0 ? batches : [{ ...NO_BATCH, timestamp: lastTimestamp }];
      const firstOffset = this.#transactions.firstOffsetOf(producerId) ?? -1;
      return remembered.map((batch) => ({ producerId, epoch, batch, coordinatorEpoch, firstOffset }));
    });
    const bytes = Buffer.alloc(SNAPSHOT_HEADER_BYTES + entries.length * SNAPSHOT_ENTRY_BYTES);
    bytes.writeInt16BE(SNAPSHOT_VERSION, 0);
    bytes.writeInt32BE(entries.length, 6);
    let at = SNAPSHOT_HEADER_BYTES;
    for (const { producerId, epoch, batch, coordinatorEpoch, firstOffset } of entries) {
      at = bytes.writeBigInt64BE(BigInt(producerId), at);
      at = bytes.writeInt16BE(epoch, at);
      at = bytes.writeInt32BE(batch.lastSequence, at);
      at = bytes.writeBigInt64BE(BigInt(batch.lastOffset), at);
      at = bytes.writeInt32BE(batch.offsetDelta, at);
      at = bytes.writeBigInt64BE(BigInt(batch.timestamp), at);
      at = bytes.writeInt32BE(coordinatorEpoch, at);
      at = bytes.writeBigInt64BE(BigInt(firstOffset), at);
    }
    bytes.writeUInt32BE(crc32c(bytes, 6), 2);
    return bytes;
  }

  /** Takes over a snapshot; answers false, and stays as it is, when the bytes are damaged. */
  restore(snapshot: Uint8Array): boolean {
    const bytes = Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
    if (bytes.byteLength < SNAPSHOT_HEADER_BYTES || bytes.readInt16BE(0) !== SNAPSHOT_VERSION) return false;
    const count = bytes.readInt32BE(6);
    if (bytes.byteLength !== SNAPSHOT_HEADER_BYTES + count * SNAPSHOT_ENTRY_BYTES) return false;
    if (bytes.readUInt32BE(2) !== crc32c(bytes, 6)) return false;
    this.#producers.clear();
    const firstOffsets = new Map<number, number>();
    for (let at = SNAPSHOT_HEADER_BYTES; at < bytes.byteLength; at += SNAPSHOT_ENTRY_BYTES) {
      const producerId = Number(bytes.readBigInt64BE(at));
      const epoch = bytes.readInt16BE(at + 8);
      const lastSequence = bytes.readInt32BE(at + 10);
      const offsetDelta = bytes.readInt32BE(at + 22);
      const timestamp = Number(bytes.readBigInt64BE(at + 26));
      let producer = this.#producers.get(producerId);
      if (producer === undefined || producer.epoch !== epoch) {
        producer = { epoch, lastTimestamp: timestamp, batches: [], coordinatorEpoch: bytes.readInt32BE(at + 34) };
        this.#producers.set(producerId, producer);
      }
      producer.lastTimestamp = Math.max(producer.lastTimestamp, timestamp);
      const firstOffset = Number(bytes.readBigInt64BE(at + 38));
      if (firstOffset >= 0) firstOffsets.set(producerId, firstOffset);
      if (lastSequence < 0) continue;
      const firstSequence = sequencePlus(lastSequence, -offsetDelta);
      const lastOffset = Number(bytes.readBigInt64BE(at + 14));
      producer.batches.push({ firstSequence, lastSequence, lastOffset, offsetDelta, timestamp });
    }
    this.#transactions.restore(firstOffsets);
    return true;
  }
}

/** Sequence numbers go from 2^31 − 1 back to 0. */
function sequencePlus(sequence: number, increment: number): number {
  const sum = sequence + increment;
  if (sum > SEQUENCE_MAX) return sum - SEQUENCE_MAX - 1;
  return sum < 0 ? sum + SEQUENCE_MAX + 1 : sum;
}
