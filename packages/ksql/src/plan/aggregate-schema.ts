import { assert } from '@millrace/base';
import { typeExpression } from '../analysis/expression-type.ts';
import type { TypedExpression } from '../analysis/expression-type-tree.ts';
import { formatNamed } from '../formats/formats.ts';
import type { BoundAggregate } from '../functions/function.ts';
import { joinWords } from '../lib/grammatical-joiner.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { FunctionCall } from '../syntax/ast.ts';
import { type LogicalSchema, SchemaBuilder, WINDOW_BOUND_COLUMNS } from '../types/schema.ts';
import { SqlTypes } from '../types/sql-type.ts';
import { type AggregateNode, leftmostSource } from './logical-plan.ts';
import { aggregateVariable } from './plan-aggregate.ts';
import { typed } from './plan-projection.ts';
import { type PlannerContext, typeOf, untypedNull } from './planner-context.ts';

/** The schemas on the way through an aggregation. */
export type AggregatedSchemas = {
  /** Kept columns and arguments, under the input's key. */
  readonly prepared: LogicalSchema;
  /** The same under the group's key. */
  readonly grouped: LogicalSchema;
  /** Kept columns and states, as the store has them. */
  readonly state: LogicalSchema;
  /** Kept columns, results, and for windows their bounds. */
  readonly aggregated: LogicalSchema;
};

/** @throws KsqlException where a state can't be stored, or a function can't take rows out again */
export function aggregatedSchema(node: AggregateNode, context: PlannerContext): AggregatedSchemas {
  const columns = typed(node.prepared, node.input.schema, context);
  const keys = node.schema.key;
  const prepared = new SchemaBuilder().keys(node.input.schema.key).values(columns).build();
  const grouped = new SchemaBuilder().keys(keys).values(columns).build();
  const kept = columns.slice(0, node.keptCount);
  const bound = node.calls.map((call) => bindAggregate(call, prepared, context));
  refuseTableSource(node, bound);
  const state = new SchemaBuilder().keys(keys).values(kept);
  const aggregated = new SchemaBuilder().keys(keys).values(kept);
  bound.forEach(({ aggregate }, position) => {
    state.value(aggregateVariable(position), aggregate.stateType);
    aggregated.value(aggregateVariable(position), aggregate.returnType);
  });
  if (node.window !== null) aggregated.values(WINDOW_BOUND_COLUMNS);
  const schemas = { prepared, grouped, state: state.build(), aggregated: aggregated.build() };
  requireStorable(node, schemas.state);
  // Types of results are known only here; the expressions over them were typed with the calls in place.
  for (const { expression } of node.select) typeOf(expression, schemas.aggregated, context, 'Select');
  return schemas;
}

export type BoundCall = {
  readonly name: string;
  readonly aggregate: BoundAggregate;
  /** The arguments that are not settings, over the prepared row. */
  readonly args: readonly TypedExpression[];
};

/** An aggregate call over prepared rows, ready to run. */
export function bindAggregate(
  call: FunctionCall,
  schema: LogicalSchema,
  context: Pick<PlannerContext, 'functions' | 'customTypes' | 'config'>,
): BoundCall {
  const typedCall = typeExpression(call, { schema, functions: context.functions, customTypes: context.customTypes });
  assert(typedCall.kind === 'aggregate-call', `${call.name} is an aggregate`);
  const aggregate = typedCall.overload.bind({
    types: typedCall.args.map((arg) => arg.type ?? SqlTypes.STRING),
    constants: typedCall.constants,
    setting: (name) => {
      const value = context.config[name];
      return value === undefined ? undefined : String(value);
    },
  });
  // Where only presence counts a null needs no type; elsewhere the state would need one.
  if (aggregate.onlyPresence !== true && typedCall.args.some((arg) => arg.type === null)) throw untypedNull();
  return { name: call.name, aggregate, args: typedCall.args };
}

function refuseTableSource(node: AggregateNode, bound: readonly BoundCall[]): void {
  if (node.input.output !== 'TABLE') return;
  if (node.window !== null) throw new KsqlException('Windowing not supported for table aggregations.');
  const refused = bound.filter(({ aggregate }) => aggregate.undo === undefined);
  const names = [...new Set(refused.map(({ name }) => name))];
  if (names.length === 0) return;
  throw new KsqlException(
    `The aggregation function${names.length === 1 ? '' : 's'} ${joinWords(names, 'and')} cannot be applied to a table ` +
      'source, only to a stream source.',
  );
}

function requireStorable(node: AggregateNode, state: LogicalSchema): void {
  const { format } = leftmostSource(node).source.valueFormat;
  try {
    formatNamed(format).checkColumns(state.value);
  } catch (cause) {
    throw new KsqlException(
      'One of the functions used in the statement has an intermediate type that the value format can not handle. ' +
        'Please remove the function or change the format.',
      cause,
    );
  }
}
