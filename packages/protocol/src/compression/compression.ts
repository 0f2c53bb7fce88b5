import { tooLarge } from './decompression-errors.ts';
import type { AllocateOutput } from './growing-output.ts';
import { gunzip, gzip } from './gzip.ts';
import { lz4Compress, lz4Decompress } from './lz4.ts';
import { snappyCompress, snappyDecompress } from './snappy.ts';
import { unzstd, zstd } from './zstd.ts';

/** The codecs of a record batch, at the index that the attributes of the batch carry. */
export const COMPRESSION_TYPES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type CompressionType = (typeof COMPRESSION_TYPES)[number];

/** What a batch may grow to when nobody says otherwise: far above `max.message.bytes`, far below a machine's memory. */
export const DECOMPRESSED_BYTES_MAX_DEFAULT: number = 64 * 1024 * 1024;

/** The codec with this number in a batch's attributes; undefined for the three numbers that have none. */
export function compressionTypeOf(code: number): CompressionType | undefined {
  return COMPRESSION_TYPES[code];
}

export function compress(type: CompressionType, bytes: Uint8Array): Uint8Array {
  switch (type) {
    case 'none':
      return bytes;
    case 'gzip':
      return gzip(bytes);
    case 'snappy':
      return snappyCompress(bytes);
    case 'lz4':
      return lz4Compress(bytes);
    case 'zstd':
      return zstd(bytes);
  }
}

/**
 * Gives the bytes back, never more than `maxBytes` of them: a small batch may claim to hold gigabytes. They lie in memory
 * that `allocate` gave, where the codec is one of ours (snappy, lz4).
 *
 * @throws MillraceError `CORRUPT_MESSAGE` when the bytes are not of this codec, `DECOMPRESSED_TOO_LARGE` when they would
 *   exceed the limit.
 */
export function decompress(
  type: CompressionType,
  bytes: Uint8Array,
  maxBytes: number = DECOMPRESSED_BYTES_MAX_DEFAULT,
  allocate: AllocateOutput = Buffer.allocUnsafe,
): Uint8Array {
  switch (type) {
    case 'none':
      if (bytes.length > maxBytes) throw tooLarge('none', maxBytes);
      return bytes;
    case 'gzip':
      return gunzip(bytes, maxBytes);
    case 'snappy':
      return snappyDecompress(bytes, maxBytes, allocate);
    case 'lz4':
      return lz4Decompress(bytes, maxBytes, allocate);
    case 'zstd':
      return unzstd(bytes, maxBytes);
  }
}
