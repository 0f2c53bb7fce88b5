import { DECOMPRESSED_BYTES_MAX_DEFAULT, decompress } from '../compression/compression.ts';
import { BATCH_HEADER_BYTES, corruptBatch, type RecordBatchHeader } from './record-batch-header.ts';

export type DecompressOptions = {
  /** The most bytes that the records of one batch may unpack to. Default: 64 MiB. */
  readonly maxBytes?: number;
};

/**
 * The bytes of a batch's records, without the header: a view for an uncompressed batch, new bytes for any other.
 *
 * @throws MillraceError `CORRUPT_MESSAGE` when the batch is cut off or its compressed bytes are damaged,
 *   `DECOMPRESSED_TOO_LARGE` when they would exceed `maxBytes`.
 */
export function decompressRecords(
  header: RecordBatchHeader,
  bytes: Uint8Array,
  options: DecompressOptions = {},
): Uint8Array {
  const end = header.position + header.sizeInBytes;
  if (end > bytes.length) throw corruptBatch('it is cut off', header.position);
  const records = bytes.subarray(header.position + BATCH_HEADER_BYTES, end);
  return decompress(header.compression, records, options.maxBytes ?? DECOMPRESSED_BYTES_MAX_DEFAULT);
}
