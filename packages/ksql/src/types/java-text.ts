/**
 * Java's spellings of numbers. ksqlDB's users see them in casts to STRING, in JSON and in DELIMITED values, so they are
 * part of its behaviour.
 */

const PLAIN_FROM = 1e-3;
const PLAIN_BELOW = 1e7;

/** A double as Java's `Double.toString`: shortest digits, at least one after the point, `E` outside [1E-3, 1E7). */
export function printDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < PLAIN_BELOW) return Object.is(value, -0) ? '-0.0' : `${value}.0`;
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude >= PLAIN_FROM && magnitude < PLAIN_BELOW) return String(value);
  if (Number.isInteger(value) && magnitude >= WHOLE_FROM && magnitude < WHOLE_BELOW) return printWhole(value);
  const shortest = value.toExponential();
  // Where one digit would do Java writes the nearest two: 4.9E-324, not 5.0E-324.
  return (shortest.includes('.') ? shortest : value.toExponential(1)).replace(/e\+?/, 'E');
}

const WHOLE_FROM = 2 ** 53;
const WHOLE_BELOW = 2 ** 63;

/**
 * Whole numbers beyond 53 bits are spelled by the Javas up to 18, which ksqlDB runs on, with all the digits of the long but
 * the ones that the exponent makes meaningless: 2^62 is 4.6116860184273879E18, where 4.611686018427388E18 would do.
 */
function printWhole(value: number): string {
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const meaningless = Math.max(0, Math.floor((exponent - 54) * Math.log10(2)));
  const long = BigInt(Math.abs(value));
  const unit = 10n ** BigInt(meaningless);
  const rounded = long / unit + (meaningless > 0 && long % unit >= unit / 2n ? 1n : 0n);
  const text = rounded.toString();
  const digits = text.replace(/0+$/, '');
  const fraction = digits.length > 1 ? digits.slice(1) : '0';
  return `${value < 0 ? '-' : ''}${digits[0]}.${fraction}E${text.length - 1 + meaningless}`;
}

const WHOLE = /^[+-]?\d+$/;
const FLOATING = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;

/** Java's `Integer.parseInt`; null where Java throws. */
export function parseInteger(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  const value = Number(text);
  return value >= -(2 ** 31) && value < 2 ** 31 ? value + 0 : null;
}

const LONG_DIGITS_MAX = 40;

/** Java's `Long.parseLong`; null where Java throws. */
export function parseLong(text: string): bigint | null {
  if (!WHOLE.test(text) || text.length > LONG_DIGITS_MAX) return null;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value === BigInt.asIntN(64, value) ? value : null;
}

/** A double's text, without NaN and the infinities, which SQL does not have; null where it is none. */
export function parseDouble(text: string): number | null {
  if (!FLOATING.test(text)) return null;
  const value = Number(text.replace(/[fFdD]$/, ''));
  return Number.isFinite(value) ? value : null;
}

const INTEGER_MIN = -(2 ** 31);
const INTEGER_MAX = 2 ** 31 - 1;
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** Java's `(int) double`: cut towards zero, NaN to 0, everything else to the nearest bound. */
export function doubleToInteger(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(Math.max(Math.trunc(value), INTEGER_MIN), INTEGER_MAX) + 0;
}

/** Java's `(long) double`. */
export function doubleToLong(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= 2 ** 63) return LONG_MAX;
  if (value <= -(2 ** 63)) return LONG_MIN;
  return BigInt(Math.trunc(value));
}
