import { type CastFunction, castFunction } from '../types/casts.ts';
import { compareDecimals, type Decimal } from '../types/decimal.ts';
import type { SqlType } from '../types/sql-type.ts';
import { sameType } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';

/** What a value that was written down may become without losing anything: wider numbers, and what texts alone can spell. */
const WIDENED: Readonly<Record<string, readonly SqlType['kind'][]>> = {
  INTEGER: ['BIGINT', 'DECIMAL', 'DOUBLE'],
  BIGINT: ['DECIMAL', 'DOUBLE'],
  DECIMAL: ['DECIMAL', 'DOUBLE'],
  STRING: ['BYTES', 'TIME', 'DATE', 'TIMESTAMP'],
};

/**
 * How values of INSERT VALUES come into a column's type: a function that throws for a value that can't. Null is of every
 * type, inside lists, maps and structs, too.
 */
export function insertCoercion(from: SqlType, to: SqlType): CastFunction {
  if (sameType(from, to)) return (value) => value;
  if (from.kind === 'ARRAY' && to.kind === 'ARRAY') {
    const element = nullable(insertCoercion(from.element, to.element));
    return (value) => (value as readonly SqlValue[]).map(element);
  }
  if (from.kind === 'MAP' && to.kind === 'MAP') {
    const key = nullable(insertCoercion(from.key, to.key));
    const value = nullable(insertCoercion(from.value, to.value));
    return (map) => new Map([...(map as ReadonlyMap<SqlValue, SqlValue>)].map(([k, v]) => [key(k), value(v)]));
  }
  if (from.kind === 'STRUCT' && to.kind === 'STRUCT') {
    const fields = to.fields.map((target) => {
      const position = from.fields.findIndex(({ name }) => name === target.name);
      if (position < 0) return () => null;
      const field = nullable(insertCoercion(from.fields[position]!.type, target.type));
      return (row: readonly SqlValue[]) => field(row[position] ?? null);
    });
    return (row) => fields.map((field) => field(row as readonly SqlValue[]));
  }
  if (WIDENED[from.kind]?.includes(to.kind) !== true) return refusing;
  const cast = castFunction(from, to);
  if (cast === undefined) return refusing;
  return from.kind === 'DECIMAL' && to.kind === 'DECIMAL' ? withoutRounding(cast) : cast;
}

function nullable(coerce: CastFunction): CastFunction {
  return (value) => (value === null ? null : coerce(value));
}

/** @throws RangeError */
function refusing(): never {
  throw new RangeError('the types do not go together');
}

function withoutRounding(cast: CastFunction): CastFunction {
  return (value) => {
    const rounded = cast(value);
    if (compareDecimals(rounded as Decimal, value as Decimal) !== 0) throw new RangeError('digits would be lost');
    return rounded;
  };
}
