import { MillraceError } from '@millrace/base';

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
 * An int64 as a number.
 *
 * @throws MillraceError `INT64_NOT_EXACT` when the value lies beyond 2^53, where numbers skip whole ones; Kafka's
 *   offsets, timestamps and producer ids never do.
 */
export function getInt64(bytes: Uint8Array, at: number): number {
  const value = getInt32(bytes, at) * TWO_32 + getUint32(bytes, at + 4);
  if (!Number.isSafeInteger(value)) {
    throw new MillraceError('INT64_NOT_EXACT', `the int64 at byte ${at} lies beyond 2^53: about ${value}`, {
      context: { at },
    });
  }
  return value;
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

/** Writes a whole number of at most 2^53 in size as an int64. */
export function setInt64(bytes: Uint8Array, at: number, value: number): void {
  const high = Math.floor(value / TWO_32);
  setInt32(bytes, at, high);
  setInt32(bytes, at + 4, value - high * TWO_32);
}
