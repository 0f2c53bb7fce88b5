import { castFunction } from '../types/casts.ts';
import type { SqlType } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';

/** From one flat type to another, as schemas evolve: nothing to do, a widening, or a text; undefined where there is no way. */
export function flatConversion(from: SqlType, to: SqlType): ((value: SqlValue) => SqlValue) | undefined {
  if (from.kind === to.kind) return (value) => value;
  const widens =
    (from.kind === 'INTEGER' && (to.kind === 'BIGINT' || to.kind === 'DOUBLE')) ||
    (from.kind === 'BIGINT' && to.kind === 'DOUBLE') ||
    (to.kind === 'STRING' && from.kind !== 'BYTES');
  if (!widens) return undefined;
  const cast = castFunction(from, to);
  return (value) => (value === null ? null : cast(value));
}
