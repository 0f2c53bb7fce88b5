import type { StreamedQueryResult } from '../rest-client/streamed-query-result.ts';
import { rowWriter } from '../server/row-json.ts';
import type { ResultRow } from '../types/result-values.ts';
import { cellPrinter } from './cell-text.ts';
import type { CliOutput } from './cli-output.ts';
import { gridLines, rowHeader } from './tables.ts';

/** The text of a query's rows, from their header on. */
export type RowPrinter = { readonly header: string; row(row: ResultRow): string };

export function rowPrinter(query: StreamedQueryResult, output: CliOutput): RowPrinter {
  return output.format === 'JSON' ? jsonPrinter(query) : tablePrinter(query, output);
}

function tablePrinter(query: StreamedQueryResult, output: CliOutput): RowPrinter {
  const cells = cellPrinter(query.columns.map(({ type }) => type));
  const names = query.schema.map(({ name }) => name);
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  return {
    header: text(rowHeader(names, output.rowLayout)),
    row(row) {
      const shown = cells(row);
      // What is null in the row of a deletion is what is gone.
      const isGone = query.isDeletion(row);
      const values = isGone ? shown.map((cell, at) => (row[at] === null ? '<TOMBSTONE>' : cell)) : shown;
      return text(gridLines(values, output.rowLayout));
    },
  };
}

/** As ksqlDB's CLI has them, but an object a line. */
function jsonPrinter(query: StreamedQueryResult): RowPrinter {
  const write = rowWriter(query.columns.map(({ type }) => type));
  const { queryId } = query;
  const schema = query.schema.map(({ name, type }) => `\`${name}\` ${type}`).join(', ');
  return {
    header: `${JSON.stringify({ queryId, schema })}\n`,
    row: (row) => `{"columns":${write(row)}${query.isDeletion(row) ? ',"tombstone":true' : ''}}\n`,
  };
}
