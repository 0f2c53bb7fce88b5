import { assert } from '@millrace/base';
import { widerDecimal } from '../../types/implicit-casts.ts';
import { type DecimalType, decimalType, type SqlType } from '../../types/sql-type.ts';

/** For return types of overloads whose parameters are decimals. */
export function asDecimal(type: SqlType | undefined): DecimalType {
  assert(type?.kind === 'DECIMAL', 'the overload takes decimals only');
  return type;
}

export const firstType = (types: readonly SqlType[]): SqlType => types[0]!;

/** A decimal without the digits after the point. */
export function wholeType(types: readonly SqlType[]): DecimalType {
  const { precision, scale } = asDecimal(types[0]);
  return decimalType(precision - scale, 0);
}

/** Wide enough for all of them; what is no decimal is a literal NULL. */
export function widestType(types: readonly SqlType[]): DecimalType {
  return types.filter((type) => type.kind === 'DECIMAL').reduce(widerDecimal);
}
