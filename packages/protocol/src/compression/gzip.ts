import { gunzipSync, gzipSync } from 'node:zlib';
import { zlibError } from './zlib-output.ts';

// Level 1 compresses six times as fast as zlib's usual 6 and loses a sixth of the ratio on JSON.
const LEVEL = 1;

export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: LEVEL });
}

export function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (thrown) {
    throw zlibError('gzip', thrown, maxBytes);
  }
}
