export type { ApiCodec, MessageCodec } from './api.ts';
export { apiName } from './api-keys.ts';
export { crc32c, crc32cPortable } from './checksum/crc32c.ts';
export {
  COMPRESSION_TYPES,
  type CompressionType,
  compress,
  DECOMPRESSED_BYTES_MAX_DEFAULT,
  decompress,
} from './compression/compression.ts';
export type { Connection, Dial, HostPort, SendOptions } from './connection.ts';
export {
  ErrorCode,
  type ErrorName,
  errorMessage,
  errorName,
  isRetriableError,
  needsMetadataRefresh,
} from './error-codes.ts';
// Interfaces, defaults and codecs of all messages: an explicit list that is written from the declarations.
export * from './generated/public.ts';
export { LONG_MAX } from './lib/int64.ts';
export { ZERO_UUID } from './lib/uuid.ts';
export { murmur2, partitionForKey, toPositive } from './murmur2.ts';
export { Reader } from './reader.ts';
export {
  buildMarkerBatch,
  type ControlRecord,
  decodeControlRecord,
  type EndTransactionMarker,
  type MarkerBatchOptions,
} from './records/control-records.ts';
export { type DecompressOptions, decompressRecords } from './records/decompress-records.ts';
export { type MaterializedRecord, NO_HEADERS, type RecordHeader } from './records/record.ts';
export { type BuildBatchOptions, RecordBatchBuilder } from './records/record-batch-builder.ts';
export {
  BATCH_FIELD,
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  hasWholeBatch,
  MAGIC_V2,
  NONE,
  type RecordBatchHeader,
  readBatchHeader,
  recordBatches,
  setBaseOffset,
  setCrc,
  setLogAppendTime,
  setPartitionLeaderEpoch,
  setProducer,
  type TimestampType,
  verifyCrc,
} from './records/record-batch-header.ts';
export { RecordCursor, type RecordCursorOptions } from './records/record-cursor.ts';
export { recordSizeMax } from './records/record-encoding.ts';
export { type RewriteOptions, rewriteBatch } from './records/rewrite-batch.ts';
export {
  type DecodeVersionedOptions,
  decodeRecordKey,
  decodeVersioned,
  encodeRecordKey,
  encodeVersioned,
  readRecordType,
} from './versioned.ts';
export { BY_REFERENCE_BYTES_MIN, Writer } from './writer.ts';
