import {
  BATCH_FIELD,
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  COMPRESSION_TYPES,
  type CompressionType,
  compress,
  setCrc,
} from '@millrace/protocol';

const CODEC_MASK = 0x07;

/** A batch with the same header and records, stored in another codec (`compression.type` of the topic). */
export function recompress(batch: Uint8Array, records: Uint8Array, codec: CompressionType): Uint8Array {
  const packed = compress(codec, records);
  const bytes = Buffer.allocUnsafe(BATCH_HEADER_BYTES + packed.byteLength);
  bytes.set(batch.subarray(0, BATCH_HEADER_BYTES));
  bytes.set(packed, BATCH_HEADER_BYTES);
  bytes.writeInt32BE(bytes.byteLength - BATCH_OVERHEAD_BYTES, BATCH_FIELD.batchLength);
  const attributes = bytes.readInt16BE(BATCH_FIELD.attributes);
  bytes.writeInt16BE((attributes & ~CODEC_MASK) | COMPRESSION_TYPES.indexOf(codec), BATCH_FIELD.attributes);
  setCrc(bytes, 0);
  return bytes;
}
