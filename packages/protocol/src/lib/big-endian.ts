import { EXACT_HIGH_WORD_MAX, EXACT_HIGH_WORD_MIN, inexactInt64, LONG_MAX } from './int64.ts';

// Kafka's fixed-width integers are big-endian. Plain shifts on a Uint8Array: no DataView per buffer, no BigInt, and the
// caller has checked the bounds (a read outside gives 0, never a throw).

const TWO_32 = 2 ** 32;

export function getInt16(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16)) >> 16;
}

export function getInt32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

export function getUint32(bytes: Uint8Array, at: number): number {
  return getInt32(bytes, at) >>> 0;
}

/**
 * An int64 as a number; Long.MAX keeps its meaning.
 *
 * @throws MillraceError `INEXACT_INT64` when the value lies beyond 2^53, where numbers skip whole ones.
 */
export function getInt64(bytes: Uint8Array, at: number): number {
  const high = getInt32(bytes, at);
  const low = getUint32(bytes, at + 4);
  if (high <= EXACT_HIGH_WORD_MAX && high >= EXACT_HIGH_WORD_MIN) return high * TWO_32 + low;
  if (high === 0x7fffffff && low === 0xffffffff) return LONG_MAX;
  throw inexactInt64(high, low);
}

export function setInt16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function setInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** Writes a whole number of at most 2^53 in size, or Long.MAX, as an int64. */
export function setInt64(bytes: Uint8Array, at: number, value: number): void {
  if (value === LONG_MAX) {
    setInt32(bytes, at, 0x7fffffff);
    setInt32(bytes, at + 4, -1);
    return;
  }
  const high = Math.floor(value / TWO_32);
  setInt32(bytes, at, high);
  setInt32(bytes, at + 4, value - high * TWO_32);
}
