import { MillraceError } from '@millrace/base';
import { Decimal, hasPrecision, powerOfTen, rescale } from './decimal.ts';
import { exactDecimalType } from './implicit-casts.ts';
import { type DecimalType, decimalType, isNumeric, numericWidth, type SqlType, SqlTypes } from './sql-type.ts';

export type Operator = '+' | '-' | '*' | '/' | '%';

/**
 * The type of `left operator right`: the wider of the two; decimals have rules of their own, by which no digit is lost.
 * Undefined when the types do not go together.
 */
export function arithmeticType(operator: Operator, left: SqlType, right: SqlType): SqlType | undefined {
  if (operator === '+' && left.kind === 'STRING' && right.kind === 'STRING') return SqlTypes.STRING;
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  const wider = numericWidth(left)! >= numericWidth(right)! ? left : right;
  if (wider.kind !== 'DECIMAL') return wider;
  return decimalResultType(operator, exactDecimalType(left)!, exactDecimalType(right)!);
}

const DIVISION_SCALE_MIN = 6;

function decimalResultType(operator: Operator, left: DecimalType, right: DecimalType): DecimalType {
  const leftWhole = left.precision - left.scale;
  const rightWhole = right.precision - right.scale;
  const scale = Math.max(left.scale, right.scale);
  switch (operator) {
    case '+':
    case '-':
      return decimalType(scale + Math.max(leftWhole, rightWhole) + 1, scale);
    case '*':
      return decimalType(left.precision + right.precision + 1, left.scale + right.scale);
    case '/': {
      const quotientScale = Math.max(DIVISION_SCALE_MIN, left.scale + right.precision + 1);
      return decimalType(leftWhole + right.scale + quotientScale, quotientScale);
    }
    case '%':
      return decimalType(Math.min(leftWhole, rightWhole) + scale, scale);
  }
}

const divisionByZero = (): MillraceError => new MillraceError('DIVISION_BY_ZERO', '/ by zero');

export function divideIntegers(left: number, right: number): number {
  if (right === 0) throw divisionByZero();
  return (left / right) | 0;
}

export function integerRemainder(left: number, right: number): number {
  if (right === 0) throw divisionByZero();
  return (left % right) | 0;
}

export function divideLongs(left: bigint, right: bigint): bigint {
  if (right === 0n) throw divisionByZero();
  return BigInt.asIntN(64, left / right);
}

export function longRemainder(left: bigint, right: bigint): bigint {
  if (right === 0n) throw divisionByZero();
  return left % right;
}

/**
 * The operation on two decimals with a result of exactly `type`. More digits than the type has are an overflow, and so
 * are quotients that end behind its last digit or never: nothing is rounded, as ksqlDB rounds nothing.
 */
export function decimalOperation(operator: Operator, type: DecimalType): (left: Decimal, right: Decimal) => Decimal {
  const raw = RAW[operator];
  return (left, right) => {
    const result = raw(left, right, type);
    if (!hasPrecision(result, type.precision)) {
      throw new MillraceError(
        'NUMERIC_OVERFLOW',
        `Numeric field overflow: A field with precision ${type.precision} and scale ${type.scale} ` +
          `must round to an absolute value less than 10^${type.precision - type.scale}. Got ${result}`,
      );
    }
    return result;
  };
}

type RawOperation = (left: Decimal, right: Decimal, type: DecimalType) => Decimal;

const inexact = (): MillraceError => new MillraceError('ROUNDING_NECESSARY', 'Rounding necessary');

const RAW: Readonly<Record<Operator, RawOperation>> = {
  '+': (left, right, { scale }) => new Decimal(rescale(left, scale).unscaled + rescale(right, scale).unscaled, scale),
  '-': (left, right, { scale }) => new Decimal(rescale(left, scale).unscaled - rescale(right, scale).unscaled, scale),
  '*': (left, right, { scale }) =>
    rescale(new Decimal(left.unscaled * right.unscaled, left.scale + right.scale), scale),
  '/': (left, right, { scale }) => {
    if (right.unscaled === 0n) throw divisionByZero();
    const shift = scale + right.scale - left.scale;
    const numerator = shift >= 0 ? left.unscaled * powerOfTen(shift) : left.unscaled;
    const denominator = shift >= 0 ? right.unscaled : right.unscaled * powerOfTen(-shift);
    if (numerator % denominator !== 0n) throw inexact();
    return new Decimal(numerator / denominator, scale);
  },
  '%': (left, right, { precision, scale }) => {
    if (right.unscaled === 0n) throw divisionByZero();
    const [dividend, divisor] = [rescale(left, scale).unscaled, rescale(right, scale).unscaled];
    if (!hasPrecision(new Decimal(dividend / divisor, 0), precision)) throw inexact();
    return new Decimal(dividend % divisor, scale);
  },
};

export function negateDecimal(value: Decimal): Decimal {
  return new Decimal(-value.unscaled, value.scale);
}
