import { MillraceError } from '@millrace/base';
import { inGrownHashOrder } from '../../types/map-order.ts';
import type { SqlValue } from '../../types/values.ts';

/**
 * A map of entries, as Java collects a stream into one: neither two entries of a key nor a value that is null can be in it.
 * @throws MillraceError `INVALID_ARGUMENT`
 */
export function collectMap(entries: readonly (readonly [SqlValue, SqlValue])[]): ReadonlyMap<SqlValue, SqlValue> {
  const result = new Map(entries);
  if (result.size < entries.length) throw new MillraceError('INVALID_ARGUMENT', 'Duplicate key in the resulting map');
  for (const [key, value] of entries) {
    if (value === null) throw new MillraceError('INVALID_ARGUMENT', `The value of ${String(key)} is null`);
  }
  return inGrownHashOrder(result);
}

/** What a lambda says of an element. @throws MillraceError `INVALID_ARGUMENT` where it says nothing */
export function isTrue(answer: SqlValue): boolean {
  if (answer === null) throw new MillraceError('INVALID_ARGUMENT', 'The condition of an element is null');
  return answer === true;
}
