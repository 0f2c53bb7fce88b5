import { type Decimal, decimalFromNumber, decimalToNumber, type Rounding, rescale } from '../../types/decimal.ts';

/** Rounds to a number of digits after the point (before it, if negative) and keeps the scale. */
export function roundDecimal(value: Decimal, places: number, rounding: Rounding): Decimal {
  if (places >= value.scale) return value;
  const rounded = rescale(value, places, rounding);
  return rescale(rounded, value.scale);
}

/** Rounds the shortest spelling of a double, so that 2.675 to two digits is 2.68. @throws where it is no number or infinite */
export function roundDouble(value: number, places: number, rounding: Rounding): number {
  return decimalToNumber(rescale(decimalFromNumber(value), places, rounding));
}

export function roundToWhole(value: Decimal, rounding: Rounding): Decimal {
  return rescale(value, 0, rounding);
}
