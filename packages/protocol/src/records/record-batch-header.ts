import { MillraceError } from '@millrace/base';
import { crc32c } from '../checksum/crc32c.ts';
import { type CompressionType, compressionTypeOf } from '../compression/compression.ts';
import { getInt16, getInt32, getInt64, getUint32, setInt16, setInt32, setInt64 } from '../lib/big-endian.ts';

/** Where the fields of a record batch of magic 2 lie, in bytes from its start. */
export const BATCH_FIELD = {
  baseOffset: 0,
  batchLength: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
  records: 61,
} as const;

/** The size of the header: records begin here. */
export const BATCH_HEADER_BYTES: number = BATCH_FIELD.records;
/** baseOffset and batchLength, which `batchLength` does not count. */
export const BATCH_OVERHEAD_BYTES: number = BATCH_FIELD.partitionLeaderEpoch;
/** The only format that brokers take since Kafka 4.0. */
export const MAGIC_V2 = 2;
/** The "none" of producerId, producerEpoch, baseSequence, partitionLeaderEpoch and of a missing timestamp. */
export const NONE = -1;

/** The bits of a batch's attributes. */
export const ATTRIBUTE = {
  compression: 0x07,
  logAppendTime: 0x08,
  transactional: 0x10,
  control: 0x20,
  deleteHorizon: 0x40,
} as const;

export type TimestampType = 'createTime' | 'logAppendTime';

export type RecordBatchHeader = {
  /** Where the batch starts in the bytes that it was read from. */
  readonly position: number;
  readonly baseOffset: number;
  readonly batchLength: number;
  readonly partitionLeaderEpoch: number;
  readonly magic: number;
  /** CRC-32C of everything from the attributes on, unsigned. */
  readonly crc: number;
  readonly attributes: number;
  readonly compression: CompressionType;
  readonly timestampType: TimestampType;
  readonly isTransactional: boolean;
  /** The batch holds control records (transaction markers), which are not for users. */
  readonly isControl: boolean;
  /** `baseTimestamp` is when tombstones of this batch may be removed (KIP-534), not a time of a record. */
  readonly hasDeleteHorizon: boolean;
  readonly lastOffsetDelta: number;
  readonly lastOffset: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
  readonly sizeInBytes: number;
};

type BatchAttributes = {
  readonly compression: CompressionType;
  readonly timestampType: TimestampType;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
};

/**
 * Reads the header of the batch that starts at `position`.
 *
 * @throws MillraceError `CORRUPT_MESSAGE` when the header or the batch is cut off or contradicts itself,
 *   `UNSUPPORTED_FOR_MESSAGE_FORMAT` for a magic other than 2, `UNSUPPORTED_COMPRESSION_TYPE` for an unknown codec.
 */
export function readBatchHeader(bytes: Uint8Array, position: number = 0): RecordBatchHeader {
  if (bytes.length - position < BATCH_HEADER_BYTES) {
    throw corruptBatch(`${bytes.length - position} bytes are too few for its header`, position);
  }
  const magic = getMagic(bytes, position);
  if (magic !== MAGIC_V2) {
    throw new MillraceError('UNSUPPORTED_FOR_MESSAGE_FORMAT', `record batches of magic ${magic} are not supported`, {
      context: { position, magic },
    });
  }
  const batchLength = getInt32(bytes, position + BATCH_FIELD.batchLength);
  const sizeInBytes = batchLength + BATCH_OVERHEAD_BYTES;
  if (sizeInBytes < BATCH_HEADER_BYTES) throw corruptBatch(`its length ${batchLength} is less than a header`, position);
  const attributes = getInt16(bytes, position + BATCH_FIELD.attributes);
  const compression = compressionTypeOf(attributes & ATTRIBUTE.compression);
  if (compression === undefined) {
    const code = attributes & ATTRIBUTE.compression;
    throw new MillraceError('UNSUPPORTED_COMPRESSION_TYPE', `compression type ${code} is not known`, {
      context: { position, code },
    });
  }
  const baseOffset = getInt64(bytes, position + BATCH_FIELD.baseOffset);
  const lastOffsetDelta = getInt32(bytes, position + BATCH_FIELD.lastOffsetDelta);
  const recordCount = getInt32(bytes, position + BATCH_FIELD.recordCount);
  if (recordCount < 0 || lastOffsetDelta < 0) {
    throw corruptBatch(`it counts ${recordCount} records and ends at offset +${lastOffsetDelta}`, position);
  }
  return {
    position,
    baseOffset,
    batchLength,
    partitionLeaderEpoch: getInt32(bytes, position + BATCH_FIELD.partitionLeaderEpoch),
    magic,
    crc: getUint32(bytes, position + BATCH_FIELD.crc),
    attributes,
    compression,
    timestampType: attributes & ATTRIBUTE.logAppendTime ? 'logAppendTime' : 'createTime',
    isTransactional: (attributes & ATTRIBUTE.transactional) !== 0,
    isControl: (attributes & ATTRIBUTE.control) !== 0,
    hasDeleteHorizon: (attributes & ATTRIBUTE.deleteHorizon) !== 0,
    lastOffsetDelta,
    lastOffset: baseOffset + lastOffsetDelta,
    baseTimestamp: getInt64(bytes, position + BATCH_FIELD.baseTimestamp),
    maxTimestamp: getInt64(bytes, position + BATCH_FIELD.maxTimestamp),
    producerId: getInt64(bytes, position + BATCH_FIELD.producerId),
    producerEpoch: getInt16(bytes, position + BATCH_FIELD.producerEpoch),
    baseSequence: getInt32(bytes, position + BATCH_FIELD.baseSequence),
    recordCount,
    sizeInBytes,
  };
}

/**
 * The headers of the batches in a fetched range, in order. A batch that the range cuts off at its end is legal in a
 * fetch and left out.
 */
export function* recordBatches(
  bytes: Uint8Array,
  start: number = 0,
  end: number = bytes.length,
): Generator<RecordBatchHeader, void, undefined> {
  let position = start;
  while (hasWholeBatch(bytes, position, end)) {
    const header = readBatchHeader(bytes, position);
    yield header;
    position += header.sizeInBytes;
  }
}

/** Whether the batch at `position` ends before `end`. True for a senseless length too, so that reading it throws. */
export function hasWholeBatch(bytes: Uint8Array, position: number, end: number): boolean {
  if (end - position < BATCH_OVERHEAD_BYTES) return false;
  const size = getInt32(bytes, position + BATCH_FIELD.batchLength) + BATCH_OVERHEAD_BYTES;
  return size <= end - position;
}

export function encodeAttributes(attributes: BatchAttributes, code: number): number {
  return (
    code |
    (attributes.timestampType === 'logAppendTime' ? ATTRIBUTE.logAppendTime : 0) |
    (attributes.isTransactional ? ATTRIBUTE.transactional : 0) |
    (attributes.isControl ? ATTRIBUTE.control : 0)
  );
}

/** Stamps the offset of the first record; the checksum does not cover it. */
export function setBaseOffset(bytes: Uint8Array, position: number, baseOffset: number): void {
  setInt64(bytes, position + BATCH_FIELD.baseOffset, baseOffset);
}

/** Stamps the epoch of the leader that appended the batch; the checksum does not cover it. */
export function setPartitionLeaderEpoch(bytes: Uint8Array, position: number, epoch: number): void {
  setInt32(bytes, position + BATCH_FIELD.partitionLeaderEpoch, epoch);
}

/** Makes `maxTimestamp` the time of every record of the batch (`message.timestamp.type=LogAppendTime`). */
export function setLogAppendTime(bytes: Uint8Array, position: number, timestamp: number): void {
  const attributes = getInt16(bytes, position + BATCH_FIELD.attributes);
  setInt16(bytes, position + BATCH_FIELD.attributes, attributes | ATTRIBUTE.logAppendTime);
  setInt64(bytes, position + BATCH_FIELD.maxTimestamp, timestamp);
  setCrc(bytes, position);
}

/** Names the producer and the place of the batch in its sequence, before the batch is first sent. */
export function setProducer(
  bytes: Uint8Array,
  position: number,
  producer: { readonly producerId: number; readonly producerEpoch: number; readonly baseSequence: number },
): void {
  setInt64(bytes, position + BATCH_FIELD.producerId, producer.producerId);
  setInt16(bytes, position + BATCH_FIELD.producerEpoch, producer.producerEpoch);
  setInt32(bytes, position + BATCH_FIELD.baseSequence, producer.baseSequence);
  setCrc(bytes, position);
}

/** Computes the checksum anew, after a change of what it covers. */
export function setCrc(bytes: Uint8Array, position: number): void {
  setInt32(bytes, position + BATCH_FIELD.crc, computeCrc(bytes, position));
}

/** Whether the checksum of the batch at `position` agrees with its bytes. The whole batch must be there. */
export function verifyCrc(bytes: Uint8Array, position: number = 0): boolean {
  return computeCrc(bytes, position) === getUint32(bytes, position + BATCH_FIELD.crc);
}

function computeCrc(bytes: Uint8Array, position: number): number {
  const size = getInt32(bytes, position + BATCH_FIELD.batchLength) + BATCH_OVERHEAD_BYTES;
  return crc32c(bytes, position + BATCH_FIELD.attributes, position + size);
}

function getMagic(bytes: Uint8Array, position: number): number {
  return (bytes[position + BATCH_FIELD.magic]! << 24) >> 24;
}

export function corruptBatch(what: string, position: number): MillraceError {
  return new MillraceError('CORRUPT_MESSAGE', `the record batch at byte ${position} is damaged: ${what}`, {
    context: { position },
  });
}
