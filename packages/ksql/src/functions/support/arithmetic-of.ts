import { Decimal, fitDecimal } from '../../types/decimal.ts';
import type { DecimalType } from '../../types/sql-type.ts';

/** Sums in one numeric type, with its way of overflowing. */
export type Arithmetic<Value> = {
  readonly zero: Value;
  add(left: Value, right: Value): Value;
  subtract(left: Value, right: Value): Value;
  toDouble(value: Value): number;
};

export const INTEGERS: Arithmetic<number> = {
  zero: 0,
  add: (left, right) => (left + right) | 0,
  subtract: (left, right) => (left - right) | 0,
  toDouble: (value) => value,
};

export const LONGS: Arithmetic<bigint> = {
  zero: 0n,
  add: (left, right) => BigInt.asIntN(64, left + right),
  subtract: (left, right) => BigInt.asIntN(64, left - right),
  toDouble: Number,
};

export const DOUBLES: Arithmetic<number> = {
  zero: 0,
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  toDouble: (value) => value,
};

/** Whatever needs more digits than the type has is an overflow, and throws. */
export function decimals({ precision, scale }: DecimalType): Arithmetic<Decimal> {
  const fit = (unscaled: bigint): Decimal => fitDecimal(new Decimal(unscaled, scale), precision, scale);
  return {
    zero: new Decimal(0n, scale),
    add: (left, right) => fit(left.unscaled + right.unscaled),
    subtract: (left, right) => fit(left.unscaled - right.unscaled),
    toDouble: Number,
  };
}
