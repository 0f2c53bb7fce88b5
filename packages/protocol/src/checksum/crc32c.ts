import { createRequire } from 'node:module';

// CRC-32C (Castagnoli), reflected polynomial 0x82f63b78: what record batches of magic 2 carry. The one in node:zlib is
// another polynomial.

const TABLE_COUNT = 8;

/** Table k holds the checksum of a byte followed by k zero bytes, so that eight bytes can be taken in one step. */
function makeTables(): readonly Int32Array[] {
  const tables = Array.from({ length: TABLE_COUNT }, () => new Int32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
    tables[0]![byte] = crc;
  }
  for (let byte = 0; byte < 256; byte++) {
    for (let table = 1; table < TABLE_COUNT; table++) {
      const before = tables[table - 1]![byte]!;
      tables[table]![byte] = (before >>> 8) ^ tables[0]![before & 0xff]!;
    }
  }
  return tables;
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = makeTables() as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** CRC-32C of `bytes[start, end)` in plain JavaScript, about 1 GB/s. */
export function crc32cPortable(bytes: Uint8Array, start: number = 0, end: number = bytes.length): number {
  let crc = -1;
  let at = start;
  for (const last = end - 8; at <= last; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      T7[crc & 0xff]! ^
      T6[(crc >>> 8) & 0xff]! ^
      T5[(crc >>> 16) & 0xff]! ^
      T4[crc >>> 24]! ^
      T3[bytes[at + 4]!]! ^
      T2[bytes[at + 5]!]! ^
      T1[bytes[at + 6]!]! ^
      T0[bytes[at + 7]!]!;
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ T0[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

// Below this size the call into native code costs more than it saves.
const NATIVE_BYTES_MIN = 256;

/** The native one is several times faster where its prebuilt binary fits the platform; it is optional. */
function loadNative(): ((bytes: Uint8Array) => number) | undefined {
  try {
    const loaded = createRequire(import.meta.url)('@node-rs/crc32') as { crc32c?: (bytes: Uint8Array) => number };
    return loaded.crc32c;
  } catch {
    return undefined;
  }
}

/** Loaded with the first bytes that are worth it: an idle program does without 7 MB of it. */
let native: ((bytes: Uint8Array) => number) | null | undefined = null;

/** CRC-32C of `bytes[start, end)` as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start: number = 0, end: number = bytes.length): number {
  if (end - start < NATIVE_BYTES_MIN) return crc32cPortable(bytes, start, end);
  if (native === null) native = loadNative();
  return native === undefined ? crc32cPortable(bytes, start, end) : native(bytes.subarray(start, end));
}
