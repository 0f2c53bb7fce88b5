import { type Column, printColumn, type SimpleColumn } from '../types/schema.ts';
import { printName, printType } from '../types/sql-type.ts';

/** Columns as messages list them: ``[`A` INTEGER KEY, `B` STRING]``. */
export function printColumnList(columns: readonly (SimpleColumn | Column)[]): string {
  return `[${columns.map(printOne).join(', ')}]`;
}

function printOne(column: SimpleColumn | Column): string {
  return 'namespace' in column ? printColumn(column) : `${printName(column.name)} ${printType(column.type)}`;
}
