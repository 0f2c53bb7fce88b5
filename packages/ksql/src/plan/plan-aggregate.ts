import { AliasGenerator, joinedName } from '../analysis/aliases.ts';
import type { AnalyzedQuery } from '../analysis/analyze-query.ts';
import { columnsIn, forEachPart, functionCallsIn, replaceIn, sameExpression } from '../analysis/rewrite-expression.ts';
import { joinWords } from '../lib/grammatical-joiner.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Expression, FunctionCall } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import {
  isWindowBound,
  type LogicalSchema,
  ROWTIME,
  SchemaBuilder,
  type SimpleColumn,
  withPseudoAndKeyColumnsInValue,
} from '../types/schema.ts';
import { printName } from '../types/sql-type.ts';
import { checkAggregates } from './aggregate-rules.ts';
import { columnNamed, expandSelect, type SelectOptions } from './expand-select.ts';
import type { AggregateNode, NamedExpression } from './logical-plan.ts';
import { typed } from './plan-projection.ts';
import { overSources } from './plan-sources.ts';
import { type PlannerContext, requireCondition, typeOf } from './planner-context.ts';
import { AS_VALUE_HINT, missingKeys } from './required-keys.ts';

/** The column that holds the result of the aggregate at a position. */
export function aggregateVariable(position: number): string {
  return `KSQL_AGG_VARIABLE_${position}`;
}

/** GROUP BY, or aggregates over all rows where there is none. */
export function planAggregate(options: SelectOptions, sink: string | null): AggregateNode {
  const { query, input, context } = options;
  const grouped = groupingOf(query);
  const withDefault = (expression: Expression): Expression => countRows(expression, query, context);
  const select = expandSelect(options).map((item) => ({ ...item, expression: withDefault(item.expression) }));
  const having = query.having === null ? null : withDefault(overSources(query, query.having));
  const schemaOfRows = withBounds(input.schema, query.window !== null || input.windowed);
  const selectColumns = typed(select, schemaOfRows, context);
  refuseRepeatedNames(selectColumns);
  refuseUngrouped(query, context);
  checkAggregates({ select: select.map((item) => item.expression), groupBy: grouped, having, query, context });
  if (having !== null) requireCondition(having, schemaOfRows, context, 'HAVING');
  refuseUngroupedSink(query, sink, withDefault);
  const groupBy = namedGroups(grouped, select, input.schema, sink);
  const isKey = (item: NamedExpression): boolean => grouped.some((each) => sameExpression(each, item.expression));
  const values = sink === null ? select : select.filter((item) => !isKey(item));
  if (values.length === 0) throw new KsqlException('The projection contains no value columns.');
  const schema = new SchemaBuilder()
    .keys(
      groupBy.map(({ name, expression }) => ({ name, type: typeOf(expression, input.schema, context, 'Group By') })),
    )
    .values(selectColumns.filter((_, position) => values.includes(select[position]!)))
    .build();
  const internal = internalColumns({ select: values, groupBy: grouped, having, query, context });
  return {
    kind: 'aggregate',
    id: 'Aggregate',
    output: 'TABLE',
    windowed: query.window !== null || input.windowed,
    schema,
    input,
    groupBy,
    ...internal,
    window: query.window,
    emitFinal: query.emit === 'FINAL',
  };
}

/** Two columns of one name are refused even where one of them goes to the key. */
function refuseRepeatedNames(columns: readonly SimpleColumn[]): void {
  new SchemaBuilder().values(columns);
}

/** The grouping expressions; without GROUP BY one constant, under which all rows are one group. */
function groupingOf(query: AnalyzedQuery): readonly Expression[] {
  if (query.groupBy === null) return [{ kind: 'integer', value: 1, location: null }];
  const groupBy = query.groupBy.map((expression) => overSources(query, expression));
  groupBy.forEach((expression, position) => {
    if (groupBy.findIndex((each) => sameExpression(each, expression)) === position) return;
    throw new KsqlException(`Duplicate GROUP BY expression: ${printExpression(query.groupBy![position]!)}`);
  });
  return groupBy;
}

/** `COUNT()` and `COUNT(*)` count rows: every row has a time. */
function countRows(expression: Expression, { sources }: AnalyzedQuery, { functions }: PlannerContext): Expression {
  const rowtime = sources.isJoin ? joinedName(sources.first.alias, ROWTIME) : ROWTIME;
  const visit = (part: Expression): Expression | undefined => {
    if (part.kind !== 'function-call' || !functions.isAggregate(part.name)) return undefined;
    const star = part.args.length === 1 && part.args[0]!.kind === 'star-argument';
    return part.args.length === 0 || star ? { ...part, args: [columnNamed(rowtime)] } : part;
  };
  return replaceIn(expression, visit);
}

function withBounds(schema: LogicalSchema, windowed: boolean): LogicalSchema {
  if (!windowed || schema.value.some((column) => isWindowBound(column.name))) return schema;
  const bounds = withPseudoAndKeyColumnsInValue(new SchemaBuilder().build(), { windowed });
  return new SchemaBuilder()
    .keys(schema.key)
    .values(schema.value)
    .values(bounds.value.filter((column) => isWindowBound(column.name)))
    .build();
}

function refuseUngrouped(query: AnalyzedQuery, { functions }: PlannerContext): void {
  for (const expression of query.groupBy ?? []) {
    const aggregate = functionCallsIn(expression).find((call) => functions.isAggregate(call.name));
    if (aggregate === undefined) continue;
    throw new KsqlException(
      `GROUP BY does not support aggregate functions: ${aggregate.name} is an aggregate function.`,
    );
  }
}

function refuseUngroupedSink(
  query: AnalyzedQuery,
  sink: string | null,
  withDefault: (expression: Expression) => Expression,
): void {
  if (sink === null || query.groupBy !== null) return;
  const calls = query.ungroupedAggregates.map((call) => printExpression(withDefault(overSources(query, call))));
  throw new KsqlException(
    `CREATE TABLE AS SELECT statement does not support aggregate function [${calls.join(', ')}] without a GROUP BY ` +
      'clause.',
  );
}

/** Key columns take the names that the projection gives their expressions. */
function namedGroups(
  groupBy: readonly Expression[],
  select: readonly NamedExpression[],
  schema: LogicalSchema,
  sink: string | null,
): readonly NamedExpression[] {
  const aliases = new AliasGenerator(schema.columns.map((column) => column.name));
  const missing: Expression[] = [];
  const named = groupBy.map((expression): NamedExpression => {
    const found = select.filter((item) => sameExpression(item.expression, expression));
    if (found.length > 1) {
      const names = found.map((item) => printName(item.name));
      throw new KsqlException(
        `The projection contains a key column more than once: ${joinWords(names, 'and')}.\n${AS_VALUE_HINT}`,
      );
    }
    if (found.length === 0) missing.push(expression);
    return { name: found[0]?.name ?? aliases.aliasFor(expression), expression };
  });
  if (sink !== null && missing.length > 0) throw missingKeys(sink, 'grouping expression', missing);
  return named;
}

type InternalParts = {
  readonly select: readonly NamedExpression[];
  readonly groupBy: readonly Expression[];
  readonly having: Expression | null;
  readonly query: AnalyzedQuery;
  readonly context: PlannerContext;
};

/** Splits the query into what is prepared for the aggregation, the aggregation, and what is made of its results. */
function internalColumns({
  select,
  groupBy,
  having,
  context,
}: InternalParts): Pick<AggregateNode, 'prepared' | 'keptCount' | 'calls' | 'having' | 'select'> {
  const isAggregate = (part: Expression): part is FunctionCall =>
    part.kind === 'function-call' && context.functions.isAggregate(part.name);
  const wholes = [...select.map((item) => item.expression), ...(having === null ? [] : [having])];
  const kept = new Set<string>();
  for (const expression of [...groupBy, ...wholes]) {
    for (const name of columnsOutside(expression, isAggregate)) if (!isWindowBound(name)) kept.add(name);
  }
  const prepared: NamedExpression[] = [...kept].map((name) => ({ name, expression: columnNamed(name) }));
  const argument = (expression: Expression): Expression => {
    if (isConstant(expression)) return expression;
    const known = prepared.find((each) => sameExpression(each.expression, expression));
    if (known !== undefined) return columnNamed(known.name);
    const name = expression.kind === 'column' ? expression.name : `KSQL_INTERNAL_COL_${prepared.length}`;
    prepared.push({ name, expression });
    return columnNamed(name);
  };
  const calls: FunctionCall[] = [];
  const results: Expression[] = [];
  const overResults = (expression: Expression): Expression =>
    replaceIn(expression, (part) => {
      if (!isAggregate(part)) return undefined;
      const known = results.findIndex((each) => sameExpression(each, part));
      if (known >= 0) return columnNamed(aggregateVariable(known));
      results.push(part);
      calls.push({ ...part, args: part.args.map(argument) });
      return columnNamed(aggregateVariable(results.length - 1));
    });
  const keptCount = prepared.length;
  const selectOverResults = select.map((item) => ({ ...item, expression: overResults(item.expression) }));
  const havingOverResults = having === null ? null : overResults(having);
  return { prepared, keptCount, calls, having: havingOverResults, select: selectOverResults };
}

/** Literals configure an aggregate and stay in its call. */
function isConstant(expression: Expression): boolean {
  return columnsIn(expression).length === 0 && functionCallsIn(expression).length === 0;
}

function columnsOutside(expression: Expression, isAggregate: (part: Expression) => boolean): readonly string[] {
  if (isAggregate(expression)) return [];
  if (expression.kind === 'column') return [expression.name];
  if (expression.kind === 'lambda') return columnsIn(expression).map((column) => column.name);
  const names: string[] = [];
  forEachPart(expression, (part) => names.push(...columnsOutside(part, isAggregate)));
  return names;
}
