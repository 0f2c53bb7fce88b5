import { MillraceError } from '@millrace/base';

// 64-bit big-endian numbers without BigInt: two 32-bit halves, exact up to 2^53, which holds every timestamp, offset
// and count. Kafka's own bytes, so sign is two's complement.

const HALF = 2 ** 32;

export function writeInt64(target: Uint8Array, at: number, value: number): void {
  const high = Math.floor(value / HALF);
  const low = value - high * HALF;
  target[at] = high >>> 24;
  target[at + 1] = high >>> 16;
  target[at + 2] = high >>> 8;
  target[at + 3] = high;
  target[at + 4] = low >>> 24;
  target[at + 5] = low >>> 16;
  target[at + 6] = low >>> 8;
  target[at + 7] = low;
}

/** @throws MillraceError `INEXACT_INTEGER` when the value is not exact as a number (beyond ±2^53). */
export function readInt64(source: Uint8Array, at: number): number {
  const high = (source[at]! << 24) | (source[at + 1]! << 16) | (source[at + 2]! << 8) | source[at + 3]!;
  const value = high * HALF + readUint32(source, at + 4);
  if (!Number.isSafeInteger(value)) {
    throw new MillraceError(
      'INEXACT_INTEGER',
      `a 64-bit integer near ${value} does not fit a JavaScript number exactly`,
    );
  }
  return value;
}

export function writeUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}

export function readUint32(source: Uint8Array, at: number): number {
  return ((source[at]! << 24) | (source[at + 1]! << 16) | (source[at + 2]! << 8) | source[at + 3]!) >>> 0;
}
