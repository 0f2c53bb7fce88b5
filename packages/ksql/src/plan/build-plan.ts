import type { AnalyzedQuery } from '../analysis/analyze-query.ts';
import { placePrefix } from '../analysis/place.ts';
import { functionCallsIn, replaceIn, sameExpression } from '../analysis/rewrite-expression.ts';
import { isWindowed } from '../catalog/data-source.ts';
import { booleanSetting, SUPPRESS_ENABLED } from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { SchemaBuilder } from '../types/schema.ts';
import { columnNamed, TABLE_FUNCTION_PREFIX } from './expand-select.ts';
import type { JoinKey } from './join-keys.ts';
import type { FilterNode, FlatMapNode, LogicalPlan, PlanNode } from './logical-plan.ts';
import { planAggregate } from './plan-aggregate.ts';
import { type ProjectionTarget, planProjection } from './plan-projection.ts';
import { type PlanTarget, planSink, type SinkTarget } from './plan-sink.ts';
import { overSources, planSources, rekeyNode } from './plan-sources.ts';
import { type PlannerContext, requireCondition, typeOf } from './planner-context.ts';
import { applyRules } from './rules/apply-rules.ts';

/**
 * The plan of a query, after all rules.
 * @throws KsqlException for what these sources and clauses don't allow
 */
export function planQuery(query: AnalyzedQuery, target: PlanTarget | null, context: PlannerContext): LogicalPlan {
  refuseWindowedTable(query, target);
  const sources = planSources(query, context);
  const grouped = query.groupBy !== null || query.ungroupedAggregates.length > 0;
  let node: PlanNode = sources.node;
  if (query.where !== null) node = filterNode(node, overSources(query, query.where), context);
  if (query.partitionBy !== null) node = partitionNode(node, query.partitionBy, query, context);
  const { input, mapped } = flatMap(node, query, context);
  const sinkName = target === null ? null : target.kind === 'create' ? target.name : target.source.name;
  const root = grouped
    ? planAggregate({ query: mapped, input, joinKey: sources.joinKey, context, persistent: target !== null }, sinkName)
    : projection({ query, mapped, input, joinKey: sources.joinKey, context, target: projectionTarget(target) });
  refuseFinal(query, context);
  if (target === null) return applyRules({ root, sink: null }, context);
  const sinkTarget: SinkTarget = { target, query, root };
  return applyRules({ root, sink: planSink(sinkTarget, context) }, context);
}

function projection(parts: {
  readonly query: AnalyzedQuery;
  readonly mapped: AnalyzedQuery;
  readonly input: PlanNode;
  readonly joinKey: JoinKey | null;
  readonly context: PlannerContext;
  readonly target: ProjectionTarget | null;
}): PlanNode {
  const { query, mapped, input, joinKey, context, target } = parts;
  if (query.window !== null) {
    throw new KsqlException(`${placePrefix(query.window.location)}WINDOW clause requires a GROUP BY clause.`);
  }
  if (query.having !== null) throw new KsqlException('HAVING requires GROUP BY clause.');
  return planProjection({ query: mapped, input, joinKey, context, persistent: target !== null }, target);
}

function projectionTarget(target: PlanTarget | null): ProjectionTarget | null {
  if (target === null) return null;
  if (target.kind === 'create') return { name: target.name, schema: null };
  return { name: target.source.name, schema: target.source.schema };
}

function refuseWindowedTable({ sources }: AnalyzedQuery, target: PlanTarget | null): void {
  if (target === null) return;
  if (sources.all.some(({ source }) => source.kind === 'TABLE' && isWindowed(source))) {
    throw new KsqlException('KSQL does not support persistent queries on windowed tables.');
  }
}

function refuseFinal(query: AnalyzedQuery, { config }: PlannerContext): void {
  if (query.emit !== 'FINAL') return;
  if (booleanSetting(config, SUPPRESS_ENABLED) === false) {
    throw new KsqlException(
      `Suppression is currently disabled. You can enable it by setting ${SUPPRESS_ENABLED} to true`,
    );
  }
  if (query.groupBy === null || query.window === null) {
    throw new KsqlException('EMIT FINAL is only supported for windowed aggregations.');
  }
}

function filterNode(input: PlanNode, predicate: Expression, context: PlannerContext): FilterNode {
  requireCondition(predicate, input.schema, context, 'WHERE');
  const { output, schema, windowed } = input;
  return { kind: 'filter', id: 'WhereFilter', output, schema, windowed, input, predicate, clause: 'WHERE' };
}

function partitionNode(
  input: PlanNode,
  partitionBy: readonly Expression[],
  query: AnalyzedQuery,
  context: PlannerContext,
): PlanNode {
  if (partitionBy.length > 1 && partitionBy.some((expression) => expression.kind === 'null')) {
    throw new KsqlException('Cannot PARTITION BY multiple columns including NULL');
  }
  const expressions = partitionBy.map((expression) => overSources(query, expression));
  if (input.output === 'TABLE') refuseOtherKey(input, expressions);
  if (input.windowed) {
    throw new KsqlException(
      'Implicit repartitioning of windowed sources is not supported. See https://github.com/confluentinc/ksql/issues/4385.',
    );
  }
  return rekeyNode({ id: 'PartitionBy', input, expressions, reason: 'partition-by', context });
}

/** A table stays under its key. */
function refuseOtherKey({ schema: { key } }: PlanNode, expressions: readonly Expression[]): void {
  const isKey = (expression: Expression, position: number): boolean =>
    expression.kind === 'column' && expression.name === key[position]?.name;
  if (expressions.length === key.length && expressions.every(isKey)) return;
  const reason =
    key.length > 1
      ? 'joins on tables with multiple columns is not yet supported.'
      : `make sure that the criteria uses the TABLE's key column ${key[0]?.name} instead of ` +
        `[${expressions.map((each) => printExpression(each, (name) => name)).join(', ')}]`;
  throw new KsqlException(`Cannot repartition a TABLE source. If this is a join, ${reason}`);
}

/** The rows that table functions make, and the query with their calls replaced by the columns that hold the values. */
function flatMap(
  node: PlanNode,
  query: AnalyzedQuery,
  context: PlannerContext,
): { readonly input: PlanNode; readonly mapped: AnalyzedQuery } {
  if (query.tableFunctions.length === 0) return { input: node, mapped: query };
  if (node.output === 'TABLE') throw new KsqlException('Table source is not supported with table functions');
  const calls = query.tableFunctions.map((call, position) => ({ name: `${TABLE_FUNCTION_PREFIX}${position}`, call }));
  const planned = calls.map(({ name, call }) => ({ name, call: overSources(query, call) as typeof call }));
  const builder = new SchemaBuilder().keys(node.schema.key).values(node.schema.value);
  for (const { name, call } of planned) builder.value(name, typeOf(call, node.schema, context, 'Table function'));
  const input: FlatMapNode = {
    kind: 'flat-map',
    id: 'FlatMap',
    output: node.output,
    windowed: node.windowed,
    schema: builder.build(),
    input: node,
    calls: planned,
  };
  const isTableFunction = (part: Expression): boolean =>
    part.kind === 'function-call' && context.functions.isTableFunction(part.name);
  const withColumns = (expression: Expression): Expression =>
    replaceIn(expression, (part) => {
      if (!isTableFunction(part)) return undefined;
      return columnNamed(calls.find(({ call }) => sameExpression(call, part))!.name);
    });
  const select = query.select.map((item) => {
    if (item.kind !== 'single' || !functionCallsIn(item.expression).some(isTableFunction)) return item;
    return { ...item, expression: withColumns(item.expression) };
  });
  return { input, mapped: { ...query, select } };
}
