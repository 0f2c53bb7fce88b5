/**
 * A value in a row that a query gives, by the engine and by the client alike. One JavaScript type for each SQL type:
 *
 * | SQL | JavaScript |
 * |---|---|
 * | BOOLEAN | boolean |
 * | INTEGER, DOUBLE | number |
 * | BIGINT | bigint, exact (`COUNT(*)` and `ROWTIME` are BIGINT) |
 * | DECIMAL | string with all digits of the scale: `'12.50'` |
 * | STRING | string |
 * | BYTES | Uint8Array |
 * | TIMESTAMP | Date |
 * | DATE, TIME | string: `'2001-01-31'`, `'10:30:15'` |
 * | ARRAY | array |
 * | MAP, STRUCT | object |
 *
 * SQL's NULL is `null`.
 */
export type ResultValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | readonly ResultValue[]
  | { readonly [name: string]: ResultValue };

/** Values in the order of the columns. */
export type ResultRow = readonly ResultValue[];

export type ResultColumn = {
  readonly name: string;
  /** As SQL prints it: `ARRAY<STRING>`, `DECIMAL(4, 2)`. */
  readonly type: string;
};
