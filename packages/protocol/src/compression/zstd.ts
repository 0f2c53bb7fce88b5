import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { zlibError } from './zlib-output.ts';

export function zstd(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes);
}

export function unzstd(bytes: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: maxBytes });
  } catch (thrown) {
    throw zlibError('zstd', thrown, maxBytes);
  }
}
