import { MillraceError } from '@millrace/base';

/** Java's `Long.MAX_VALUE` as a number: "no limit" or "unknown" in Kafka's protocol, and written back exactly. */
export const LONG_MAX: number = 2 ** 63;

/** The high words between which a 64-bit integer is exact as a number: from -2^53 up to 2^53 - 1. */
export const EXACT_HIGH_WORD_MIN = -0x200000;
export const EXACT_HIGH_WORD_MAX = 0x1fffff;

/** A 64-bit integer that a number can't hold exactly; nothing in Kafka's own use reaches such values. */
export function inexactInt64(high: number, low: number): MillraceError {
  const value = (BigInt(high) << 32n) | BigInt(low);
  return new MillraceError('INEXACT_INT64', `The 64-bit integer ${value} is not exact as a number.`, {
    context: { value: String(value) },
  });
}
