import type { SimpleColumn } from '../types/schema.ts';
import { printName, printType } from '../types/sql-type.ts';

/** Columns as messages list them: ``[`A` INTEGER, `B` STRING]``. */
export function printColumnList(columns: readonly SimpleColumn[]): string {
  return `[${columns.map((column) => `${printName(column.name)} ${printType(column.type)}`).join(', ')}]`;
}
