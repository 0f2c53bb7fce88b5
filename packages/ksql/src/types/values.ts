import type { Decimal } from './decimal.ts';

/**
 * How a value of each SQL type is held, everywhere in this package. One representation per type, so that compiled
 * code never asks what it got (docs/decisions/0010-sql-values.md):
 *
 * | SQL | JavaScript |
 * |---|---|
 * | BOOLEAN | boolean |
 * | INTEGER | number, a 32-bit integer |
 * | BIGINT | bigint, wrapped to 64 bits |
 * | DOUBLE | number |
 * | DECIMAL | {@link Decimal} whose scale is the type's |
 * | STRING | string |
 * | BYTES | Uint8Array |
 * | TIME | number, milliseconds of the day |
 * | DATE | number, days since 1970-01-01 |
 * | TIMESTAMP | number, milliseconds since 1970-01-01 UTC |
 * | ARRAY | readonly array |
 * | MAP | ReadonlyMap in insertion order |
 * | STRUCT | readonly array, by the position of the field in the type |
 *
 * SQL's NULL is `null` in all of them; `undefined` never occurs.
 */
export type SqlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | Uint8Array
  | readonly SqlValue[]
  | ReadonlyMap<SqlValue, SqlValue>;

/** A row, or its key: values by column position. */
export type Row = readonly SqlValue[];
