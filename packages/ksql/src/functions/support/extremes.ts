import { type Comparator, orderOf } from '../../types/compare.ts';
import { type Decimal, rescale } from '../../types/decimal.ts';
import { SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { boundNullableOverload, type ScalarOverload } from '../function.ts';
import {
  BIGINT,
  BYTES,
  DATE,
  DECIMAL,
  DOUBLE,
  INTEGER,
  type Parameter,
  STRING,
  TIME,
  TIMESTAMP,
  variadic,
} from '../parameter.ts';
import { widestType } from './decimal-types.ts';

/** The greatest (direction 1) or least (-1) of the values that are not null. */
export function extremeOf(values: Iterable<SqlValue>, compare: Comparator, direction: 1 | -1): SqlValue {
  let best: SqlValue = null;
  for (const value of values) {
    if (value !== null && (best === null || compare(value, best) * direction > 0)) best = value;
  }
  return best;
}

/** The overloads of GREATEST and LEAST. */
export function extremeOverloads(direction: 1 | -1): readonly ScalarOverload[] {
  const flat = [INTEGER, BIGINT, DOUBLE, STRING, BYTES, DATE, TIME, TIMESTAMP].map((type: Parameter) =>
    boundNullableOverload({
      parameters: [type, variadic(type)],
      returns: type,
      bind: () => {
        const compare = orderOf(type.type.kind === 'type' ? type.type.type : SqlTypes.STRING);
        return (...values) => extremeOf(values as readonly SqlValue[], compare, direction);
      },
    }),
  );
  const decimals = boundNullableOverload({
    parameters: [DECIMAL, variadic(DECIMAL)],
    returns: DECIMAL,
    returnType: widestType,
    bind: (types) => {
      const type = widestType(types);
      const compare = orderOf(type);
      return (...values) => {
        const best = extremeOf(values, compare, direction);
        return best === null ? null : rescale(best as Decimal, type.scale);
      };
    },
  });
  return [...flat, decimals];
}
