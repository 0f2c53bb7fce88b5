import { assert } from '@millrace/base';
import { COMPRESSION_TYPES, type CompressionType, compress } from '../compression/compression.ts';
import { setInt16, setInt32, setInt64 } from '../lib/big-endian.ts';
import type { RecordHeader } from './record.ts';
import {
  BATCH_FIELD,
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  encodeAttributes,
  MAGIC_V2,
  NONE,
  setCrc,
} from './record-batch-header.ts';
import { putRecord, recordSizeMax } from './record-encoding.ts';

export type BuildBatchOptions = {
  /** Default: none. */
  readonly compression?: CompressionType;
  /** Default: 0; the broker stamps its own. */
  readonly baseOffset?: number;
  readonly partitionLeaderEpoch?: number;
  /** Default: −1, a producer without idempotence. */
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
};

const CAPACITY_DEFAULT = 16 * 1024;

/**
 * Writes records straight into the bytes of a batch. `append` until `isFull`, then `build` once: the bytes then belong
 * to whoever sends them, and the builder must not be used again.
 */
export class RecordBatchBuilder {
  #bytes: Uint8Array;
  #position = BATCH_HEADER_BYTES;
  #recordCount = 0;
  #baseTimestamp = NONE;
  #maxTimestamp = NONE;
  #isBuilt = false;

  constructor(capacityBytes: number = CAPACITY_DEFAULT) {
    this.#bytes = Buffer.allocUnsafe(Math.max(capacityBytes, BATCH_HEADER_BYTES));
  }

  get recordCount(): number {
    return this.#recordCount;
  }

  /** The size of the batch as it stands, header included, before compression. */
  get sizeInBytes(): number {
    return this.#position;
  }

  get maxTimestamp(): number {
    return this.#maxTimestamp;
  }

  isFull(maxBytes: number): boolean {
    return this.#position >= maxBytes;
  }

  /** Appends a record and returns its place in the batch; key, value and headers are copied. */
  append(
    timestamp: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: readonly RecordHeader[] | null = null,
  ): number {
    assert(!this.#isBuilt, 'a built batch takes no more records');
    const sizeMax = recordSizeMax(key, value, headers);
    if (this.#position + sizeMax > this.#bytes.length) this.#grow(sizeMax);
    if (this.#recordCount === 0) this.#baseTimestamp = timestamp;
    if (timestamp > this.#maxTimestamp) this.#maxTimestamp = timestamp;
    const place = this.#recordCount++;
    const timestampDelta = timestamp - this.#baseTimestamp;
    this.#position = putRecord(this.#bytes, this.#position, timestampDelta, place, key, value, headers);
    return place;
  }

  /**
   * The finished batch, with its checksum. Without compression it is the builder's own memory, not a copy.
   * A batch without records is allowed only for tests of those who must refuse it.
   */
  build(options: BuildBatchOptions = {}): Uint8Array {
    assert(!this.#isBuilt, 'a batch is built once');
    this.#isBuilt = true;
    const compression = options.compression ?? 'none';
    const batch = compression === 'none' ? this.#bytes.subarray(0, this.#position) : this.#compressed(compression);
    const code = COMPRESSION_TYPES.indexOf(compression);
    const attributes = encodeAttributes(
      {
        compression,
        timestampType: 'createTime',
        isTransactional: options.isTransactional ?? false,
        isControl: options.isControl ?? false,
      },
      code,
    );
    setInt64(batch, BATCH_FIELD.baseOffset, options.baseOffset ?? 0);
    setInt32(batch, BATCH_FIELD.batchLength, batch.length - BATCH_OVERHEAD_BYTES);
    setInt32(batch, BATCH_FIELD.partitionLeaderEpoch, options.partitionLeaderEpoch ?? NONE);
    batch[BATCH_FIELD.magic] = MAGIC_V2;
    setInt16(batch, BATCH_FIELD.attributes, attributes);
    setInt32(batch, BATCH_FIELD.lastOffsetDelta, Math.max(this.#recordCount - 1, 0));
    setInt64(batch, BATCH_FIELD.baseTimestamp, this.#baseTimestamp);
    setInt64(batch, BATCH_FIELD.maxTimestamp, this.#maxTimestamp);
    setInt64(batch, BATCH_FIELD.producerId, options.producerId ?? NONE);
    setInt16(batch, BATCH_FIELD.producerEpoch, options.producerEpoch ?? NONE);
    setInt32(batch, BATCH_FIELD.baseSequence, options.baseSequence ?? NONE);
    setInt32(batch, BATCH_FIELD.recordCount, this.#recordCount);
    setCrc(batch, 0);
    return batch;
  }

  #compressed(compression: CompressionType): Uint8Array {
    const records = compress(compression, this.#bytes.subarray(BATCH_HEADER_BYTES, this.#position));
    const batch = Buffer.allocUnsafe(BATCH_HEADER_BYTES + records.length);
    batch.set(records, BATCH_HEADER_BYTES);
    return batch;
  }

  #grow(byBytes: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#position + byBytes, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#position));
    this.#bytes = larger;
  }
}
