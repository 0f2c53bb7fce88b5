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
 * How values of INSERT VALUES come into a column's type. Undefined: never; a function that throws: not this value.
 */
export function insertCoercion(from: SqlType, to: SqlType): CastFunction | undefined {
  if (sameType(from, to)) return (value) => value;
  if (from.kind === 'ARRAY' && to.kind === 'ARRAY') {
    const element = elementCoercion(from.element, to.element);
    return element && ((value) => (value as readonly SqlValue[]).map(element));
  }
  if (from.kind === 'MAP' && to.kind === 'MAP') {
    const [key, value] = [elementCoercion(from.key, to.key), elementCoercion(from.value, to.value)];
    if (key === undefined || value === undefined) return undefined;
    return (map) => new Map([...(map as ReadonlyMap<SqlValue, SqlValue>)].map(([k, v]) => [key(k), value(v)]));
  }
  if (from.kind === 'STRUCT' && to.kind === 'STRUCT') {
    const fields = to.fields.map((target) => {
      const position = from.fields.findIndex(({ name }) => name === target.name);
      if (position < 0) return () => null;
      const field = elementCoercion(from.fields[position]!.type, target.type);
      return field && ((row: readonly SqlValue[]) => field(row[position] ?? null));
    });
    if (fields.includes(undefined)) return undefined;
    return (row) => fields.map((field) => field!(row as readonly SqlValue[]));
  }
  if (WIDENED[from.kind]?.includes(to.kind) !== true) return undefined;
  const cast = castFunction(from, to);
  return from.kind === 'DECIMAL' && to.kind === 'DECIMAL' ? withoutRounding(cast) : cast;
}

function elementCoercion(from: SqlType, to: SqlType): CastFunction | undefined {
  const coerce = insertCoercion(from, to);
  return coerce && ((value) => (value === null ? null : coerce(value)));
}

function withoutRounding(cast: CastFunction): CastFunction {
  return (value) => {
    const rounded = cast(value);
    if (compareDecimals(rounded as Decimal, value as Decimal) !== 0) throw new RangeError('digits would be lost');
    return rounded;
  };
}
