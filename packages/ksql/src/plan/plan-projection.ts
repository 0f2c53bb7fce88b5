import { sameExpression } from '../analysis/rewrite-expression.ts';
import { joinWords } from '../lib/grammatical-joiner.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { type LogicalSchema, SchemaBuilder, type SimpleColumn } from '../types/schema.ts';
import { printName } from '../types/sql-type.ts';
import { columnNamed, expandSelect, type SelectOptions } from './expand-select.ts';
import type { NamedExpression, PlanNode, ProjectNode } from './logical-plan.ts';
import { type PlannerContext, typeOf } from './planner-context.ts';
import { AS_VALUE_HINT, requireKeys } from './required-keys.ts';

/**
 * The projection of a query without groups. A persistent one must hold the key, and a column of the key goes to the
 * key of the result; a transient one gives its rows as they are listed.
 */
export function planProjection(options: SelectOptions, sink: string | null): ProjectNode {
  const { input, context } = options;
  const select = overKeys(expandSelect(options), input);
  if (sink === null) return transientProjection(select, input, context);
  requireKeys(sink, options.query, options.joinKey);
  const keyNames = input.schema.key.map((column) => keyAlias(column.name, select));
  const values = select.filter(({ expression }) => !isKeyColumn(expression, input.schema));
  const builder = new SchemaBuilder();
  builder.keys(input.schema.key.map(({ type }, position) => ({ name: keyNames[position]!, type })));
  builder.values(typed(values, input.schema, context));
  if (values.length === 0) throw new KsqlException('The projection contains no value columns.');
  return projectNode(input, builder.build(), values, keyNames);
}

/** What PARTITION BY has computed stands in the key already: the same expression in the projection means that column. */
function overKeys(select: readonly NamedExpression[], input: PlanNode): readonly NamedExpression[] {
  if (input.kind === 'flat-map') return overKeys(select, input.input);
  if (input.kind !== 'rekey' || input.reason !== 'partition-by') return select;
  const { expressions, schema } = input;
  return select.map((item) => {
    const position = expressions.findIndex((each) => sameExpression(each, item.expression));
    return position < 0 ? item : { ...item, expression: columnNamed(schema.key[position]!.name) };
  });
}

export function typed(
  select: readonly NamedExpression[],
  schema: LogicalSchema,
  context: PlannerContext,
): readonly SimpleColumn[] {
  return select.map(({ name, expression }) => ({ name, type: typeOf(expression, schema, context, 'Select') }));
}

function isKeyColumn(expression: NamedExpression['expression'], { key }: LogicalSchema): boolean {
  return expression.kind === 'column' && key.some((column) => column.name === expression.name);
}

/** The name that the projection gives a key column; its own where only its equals are in it. */
function keyAlias(name: string, select: readonly NamedExpression[]): string {
  const aliases = select.filter(({ expression }) => expression.kind === 'column' && expression.name === name);
  if (aliases.length > 1) {
    const names = aliases.map((each) => each.name).sort();
    throw new KsqlException(
      `The projection contains a key column (${printName(name)}) more than once, aliased as: ${joinWords(names, 'and')}.\n` +
        AS_VALUE_HINT,
    );
  }
  return aliases[0]?.name ?? name;
}

function transientProjection(
  select: readonly NamedExpression[],
  input: PlanNode,
  context: PlannerContext,
): ProjectNode {
  const builder = new SchemaBuilder().keys(input.schema.key).values(typed(select, input.schema, context));
  const keyNames = input.schema.key.map((column) => column.name);
  return projectNode(input, builder.build(), select, keyNames);
}

function projectNode(
  input: PlanNode,
  schema: LogicalSchema,
  select: readonly NamedExpression[],
  keyNames: readonly string[],
): ProjectNode {
  return {
    kind: 'project',
    id: 'Project',
    output: input.output,
    windowed: input.windowed,
    schema,
    input,
    select,
    keyNames,
  };
}
