import { MillraceError } from '@millrace/base';

/** An exact decimal: `unscaled` × 10^-`scale`. A plain class so that all of its instances have one shape. */
export class Decimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** Plain spelling with all digits of the scale, never an exponent. */
  toString(): string {
    return printDecimal(this);
  }
}

const POWERS: bigint[] = [1n];
const KEPT_MAX = 1_000;
// A type may have any number of digits; a value must not take the memory of as many.
const DIGITS_MAX = 100_000;

/** @throws MillraceError `NUMERIC_OVERFLOW` for numbers that would be longer than any use of them */
export function powerOfTen(exponent: number): bigint {
  if (exponent > KEPT_MAX) {
    if (exponent > DIGITS_MAX) {
      throw new MillraceError('NUMERIC_OVERFLOW', `A number of ${exponent} digits is too long`);
    }
    return 10n ** BigInt(exponent);
  }
  while (POWERS.length <= exponent) POWERS.push(POWERS[POWERS.length - 1]! * 10n);
  return POWERS[exponent]!;
}

function printDecimal({ unscaled, scale }: Decimal): string {
  if (scale <= 0) return (unscaled * powerOfTen(-scale)).toString();
  const negative = unscaled < 0n;
  const digits = digitsOf(unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Without a sign. Of numbers that fit the engine has a quicker way than that of bigints. */
function digitsOf(whole: bigint): string {
  const number = Number(whole);
  if (Number.isSafeInteger(number)) return String(Math.abs(number));
  return (whole < 0n ? -whole : whole).toString();
}

const SPELLING = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
// A short text such as 1E999999999 must not become a number of a billion digits.
const EXPONENT_MAX = 10_000;

/** Reads a number's spelling exactly, exponents included; null when the text is not a number. */
export function parseDecimal(text: string): Decimal | null {
  const match = SPELLING.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole.length + fraction.length === 0) return null;
  const shift = Number(exponent);
  if (Math.abs(shift) > EXPONENT_MAX) return null;
  const magnitude = BigInt(whole + fraction);
  return new Decimal(sign === '-' ? -magnitude : magnitude, fraction.length - shift);
}

export type Rounding = 'half-up' | 'down' | 'up' | 'floor' | 'ceiling' | 'half-even' | 'half-ceiling';

/** `value` ÷ `divisor` (positive) to a whole number. */
function divideRounded(value: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = value / divisor;
  const remainder = value - quotient * divisor;
  if (remainder === 0n) return quotient;
  const away = quotient + (value < 0n ? -1n : 1n);
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  switch (rounding) {
    case 'down':
      return quotient;
    case 'up':
      return away;
    case 'floor':
      return value < 0n ? away : quotient;
    case 'ceiling':
      return value < 0n ? quotient : away;
    case 'half-up':
      return twice >= divisor ? away : quotient;
    case 'half-ceiling':
      if (twice === divisor) return value < 0n ? quotient : away;
      return twice > divisor ? away : quotient;
    case 'half-even':
      if (twice === divisor) return quotient % 2n === 0n ? quotient : away;
      return twice > divisor ? away : quotient;
  }
}

export function rescale(value: Decimal, scale: number, rounding: Rounding = 'half-up'): Decimal {
  if (value.scale === scale) return value;
  if (value.scale < scale) return new Decimal(value.unscaled * powerOfTen(scale - value.scale), scale);
  return new Decimal(divideRounded(value.unscaled, powerOfTen(value.scale - scale), rounding), scale);
}

/** Digits of the unscaled value; 1 for zero. */
export function precisionOf(value: Decimal): number {
  return digitsOf(value.unscaled).length;
}

/** Whether a value has no more than so many digits; sooner told than how many they are. */
export function hasPrecision({ unscaled }: Decimal, precision: number): boolean {
  if (precision > KEPT_MAX) return digitsOf(unscaled).length <= precision;
  const limit = powerOfTen(precision);
  return unscaled < 0n ? unscaled > -limit : unscaled < limit;
}

/**
 * The value in the type DECIMAL(precision, scale), rounded half up.
 * @throws MillraceError `NUMERIC_OVERFLOW` when its whole digits do not fit.
 */
export function fitDecimal(value: Decimal, precision: number, scale: number): Decimal {
  const fitted = rescale(value, scale);
  if (!hasPrecision(fitted, precision)) {
    throw new MillraceError(
      'NUMERIC_OVERFLOW',
      `Numeric field overflow: A field with precision ${precision} and scale ${scale} must round to an absolute ` +
        `value less than 10^${precision - scale}. Got ${value}`,
    );
  }
  return fitted;
}

export function compareDecimals(left: Decimal, right: Decimal): number {
  if (left.scale === right.scale) return left.unscaled < right.unscaled ? -1 : left.unscaled > right.unscaled ? 1 : 0;
  const scale = Math.max(left.scale, right.scale);
  const a = rescale(left, scale).unscaled;
  const b = rescale(right, scale).unscaled;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The double nearest to the decimal. */
export function decimalToNumber(value: Decimal): number {
  return Number(`${value.unscaled}e${-value.scale}`);
}

/** The whole part, cut towards zero. */
export function decimalToBigInt(value: Decimal): bigint {
  return value.scale <= 0 ? value.unscaled * powerOfTen(-value.scale) : value.unscaled / powerOfTen(value.scale);
}

/** The decimal that a double's shortest spelling stands for, as Java's `BigDecimal.valueOf`. */
export function decimalFromNumber(value: number): Decimal {
  const parsed = Number.isFinite(value) ? parseDecimal(String(value)) : null;
  if (parsed === null) throw new MillraceError('NUMERIC_OVERFLOW', `${value} has no decimal value`);
  return parsed.scale < 0 ? rescale(parsed, 0) : parsed;
}
