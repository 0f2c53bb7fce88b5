import type { QueryColumn } from '../engine/query-result.ts';
import { printName, printType, quoteAll } from '../types/sql-type.ts';

/** The columns of a result as one SQL text: `` `ID` STRING KEY, `COUNT` BIGINT ``. */
export function printSchemaColumns(columns: readonly QueryColumn[]): string {
  const printed = columns.map(
    ({ name, type, isKey }) => `${printName(name, quoteAll)} ${printType(type, quoteAll)}${isKey ? ' KEY' : ''}`,
  );
  return printed.join(', ');
}
