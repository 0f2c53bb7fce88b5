import type { AnalyzedQuery } from '../analysis/analyze-query.ts';
import { sameExpression } from '../analysis/rewrite-expression.ts';
import { joinWords } from '../lib/grammatical-joiner.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { ColumnReference, Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { printName } from '../types/sql-type.ts';
import { isSelected, type JoinKey } from './join-keys.ts';

/** The rule that a persistent query's projection holds the key of its result. */

export const AS_VALUE_HINT: string =
  'Each key column must only be in the projection once. If you intended to copy the key into the value, then consider ' +
  'using the AS_VALUE function to indicate which key reference should be copied.';

/** @throws KsqlException where the projection lacks what the rows are keyed by */
export function requireKeys(sink: string, query: AnalyzedQuery, joinKey: JoinKey | null): void {
  if (query.partitionBy !== null) {
    requirePartitionKeys(sink, query, query.partitionBy);
  } else if (joinKey !== null) {
    requireJoinKey(sink, query, joinKey);
  } else {
    requireSourceKeys(sink, query);
  }
}

function requirePartitionKeys(sink: string, query: AnalyzedQuery, partitionBy: readonly Expression[]): void {
  const missing = partitionBy.filter((expression) => expression.kind !== 'null' && !isIncluded(expression, query));
  if (missing.length > 0) throw missingKeys(sink, 'partitioning expression', missing.map(withoutColumnSource));
}

function isIncluded(expression: Expression, { select }: AnalyzedQuery): boolean {
  return select.some(
    (item) =>
      (item.kind === 'single' && sameExpression(item.expression, expression)) ||
      (item.kind === 'all' &&
        (item.source === null || (expression.kind === 'column' && item.source === expression.source))),
  );
}

/** A column is told as it was meant; an expression as it stands. */
function withoutColumnSource(expression: Expression): Expression {
  return expression.kind === 'column' ? { ...expression, source: null } : expression;
}

function requireSourceKeys(sink: string, { sources, select }: AnalyzedQuery): void {
  const { alias, source } = sources.first;
  const references = source.schema.key.map(
    (column): ColumnReference => ({ kind: 'column', source: alias, name: column.name, location: null }),
  );
  const missing = references.filter((reference) => !isSelected(reference, select));
  if (missing.length > 0) throw missingKeys(sink, 'key column', missing.map(withoutColumnSource));
}

function requireJoinKey(sink: string, { select, sources }: AnalyzedQuery, joinKey: JoinKey): void {
  if (joinKey.foreignKey) {
    requireForeignJoinKeys(joinKey, { select, sources });
    return;
  }
  if (joinKey.column === null) {
    const isNamed = select.some(
      (item) =>
        (item.kind === 'all' && item.source === null) ||
        (item.kind === 'single' && item.expression.kind === 'column' && item.expression.source === null),
    );
    if (!isNamed) throw missingSyntheticKey(sink, sources);
    return;
  }
  if (joinKey.viable.some((column) => isSelected(column, select))) return;
  throw missingKeys(sink, 'join expression', joinKey.viable, 'or');
}

function requireForeignJoinKeys(
  joinKey: JoinKey,
  { select, sources }: Pick<AnalyzedQuery, 'select' | 'sources'>,
): void {
  const missing = joinKey.viable.filter((column) => !isSelected(column, select));
  if (missing.length === 0) return;
  const [word, table] = [missing.length === 1 ? 'column' : 'columns', sources.first.source.name];
  throw new KsqlException(
    `Primary key ${word} missing in projection. For foreign-key table-table joins, the projection must include all ` +
      `primary key columns from the left input table (${printName(table)}). ` +
      `Missing ${word}: ${missing.map((column) => printName(column.name)).join(', ')}.`,
  );
}

function missingSyntheticKey(sink: string, sources: AnalyzedQuery['sources']): KsqlException {
  const used = sources.all.flatMap(({ source }) => source.schema.columns.map((column) => column.name));
  const name = used.includes('ROWKEY') ? 'ROWKEY_1' : 'ROWKEY';
  const column: ColumnReference = { kind: 'column', source: null, name, location: null };
  const { message } = missingKeys(sink, 'join expression', [column]);
  return new KsqlException(
    `${message}\n${name} was added as a synthetic key column because the join criteria did not match any source ` +
      'column. This expression must be included in the projection and may be aliased. ',
  );
}

/** The error for keys that a projection lacks; `kind` in the singular. */
export function missingKeys(
  sink: string,
  kind: string,
  missing: readonly Expression[],
  conjunction: 'and' | 'or' = 'and',
): KsqlException {
  const printed = missing.map((expression) => printExpression(expression));
  const example = conjunction === 'or' ? printed[0] : printed.join(', ');
  return new KsqlException(
    'Key missing from projection (ie, SELECT). See https://cnfl.io/2LV7ouS.\n' +
      `The query used to build ${printName(sink)} must include the ${kind}${missing.length === 1 ? '' : 's'} ` +
      `${joinWords(printed, conjunction)} in its projection (eg, SELECT ${example}...).`,
  );
}
