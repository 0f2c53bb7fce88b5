import { isWindowed } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { ColumnReference, Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { isWindowBound, ROWKEY } from '../types/schema.ts';
import { placePrefix } from './place.ts';
import { columnNames, type QuerySources } from './query-sources.ts';
import { columnsIn } from './rewrite-expression.ts';

export type ClauseName = 'SELECT' | 'WHERE' | 'GROUP BY' | 'PARTITION BY' | 'HAVING' | 'JOIN ON';

type Options = {
  readonly clause: ClauseName;
  /** Whether the query's own window gives WINDOWSTART and WINDOWEND. */
  readonly windowed?: boolean;
  /** Whether a join may have made a key column of its own. */
  readonly syntheticKey?: boolean;
};

/** @throws KsqlException for the first column that no source has */
export function requireColumns(expression: Expression, sources: QuerySources, options: Options): void {
  const unknown = columnsIn(expression).find((column) => !isKnown(column, sources, options));
  if (unknown === undefined) return;
  const name = printExpression(unknown);
  const hint =
    options.clause === 'PARTITION BY'
      ? ` '${name}' must be a column in the source schema since PARTITION BY is applied on the input.`
      : '';
  throw new KsqlException(
    `${placePrefix(unknown.location)}${options.clause} column '${name}' cannot be resolved.${hint}`,
  );
}

function isKnown(column: ColumnReference, sources: QuerySources, options: Options): boolean {
  if (column.source !== null) {
    const source = sources.withAlias(column.source)?.source;
    return source !== undefined && columnNames(source).includes(column.name);
  }
  if (isWindowBound(column.name)) {
    return options.windowed === true || sources.all.every(({ source }) => isWindowed(source));
  }
  return options.syntheticKey === true && sources.isJoin && new RegExp(`^${ROWKEY}(_\\d+)?$`).test(column.name);
}
