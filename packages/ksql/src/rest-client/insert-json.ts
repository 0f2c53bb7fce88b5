import { encodeBase64 } from '../lib/base64.ts';
import { Decimal } from '../types/decimal.ts';
import type { ResultValue } from '../types/result-values.ts';
import { printTimestamp } from '../types/time-text.ts';

/** What may be put into a column: what queries give, and a {@link Decimal}. */
export type InsertValue = ResultValue | Decimal | readonly InsertValue[] | { readonly [name: string]: InsertValue };

/** A row to be inserted, by the names of its columns. Unquoted names mean the upper case, as in SQL. */
export type InsertRow = Readonly<Record<string, InsertValue>>;

/** A row as one line of JSON: BIGINT and DECIMAL with all digits, BYTES in base64, a Date as SQL writes TIMESTAMP. */
export function insertLine(row: InsertRow): string {
  return `${jsonOf(row)}\n`;
}

function jsonOf(value: InsertValue | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Decimal) return value.toString();
  if (value instanceof Date) return JSON.stringify(printTimestamp(value.getTime()));
  if (value instanceof Uint8Array) return JSON.stringify(encodeBase64(value));
  if (Array.isArray(value)) return `[${(value as readonly InsertValue[]).map(jsonOf).join(',')}]`;
  const members = Object.entries(value as InsertRow).map(([name, each]) => `${JSON.stringify(name)}:${jsonOf(each)}`);
  return `{${members.join(',')}}`;
}
