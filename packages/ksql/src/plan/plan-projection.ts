import { sameExpression } from '../analysis/rewrite-expression.ts';
import { joinWords } from '../lib/grammatical-joiner.ts';
import { booleanSetting } from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { parseType } from '../syntax/parse.ts';
import { type LogicalSchema, SchemaBuilder, type SimpleColumn } from '../types/schema.ts';
import { numericWidth, printName, printType, sameType } from '../types/sql-type.ts';
import { columnNamed, expandSelect, type SelectOptions } from './expand-select.ts';
import type { NamedExpression, PlanNode, ProjectNode } from './logical-plan.ts';
import { type PlannerContext, typeOf } from './planner-context.ts';
import { AS_VALUE_HINT, requireKeys } from './required-keys.ts';

/**
 * The projection of a query without groups. A persistent one must hold the key, and a column of the key goes to the
 * key of the result; a transient one gives its rows as they are listed.
 */
export function planProjection(options: SelectOptions, target: ProjectionTarget | null): ProjectNode {
  const { input, context } = options;
  const select = overKeys(expandSelect(options), input);
  if (target === null) return transientProjection(select, input, context);
  const keys = booleanSetting(context.config, FREE_PROJECTION)
    ? selectedKeys(select, input)
    : allKeys(options, select, target);
  const values = coercedTo(
    target.schema,
    select.filter(({ expression }) => !isKeyColumn(expression, input.schema)),
    input.schema,
    context,
  );
  const builder = new SchemaBuilder();
  builder.keys(keys.map(({ position, name }) => ({ name, type: input.schema.key[position]!.type })));
  builder.values(typed(values, input.schema, context));
  if (values.length === 0) throw new KsqlException('The projection contains no value columns.');
  return projectNode(input, builder.build(), values, keys);
}

export type ProjectionTarget = {
  readonly name: string;
  /** Of a source that is there already: results are cast to its types where nothing is lost by it. */
  readonly schema: LogicalSchema | null;
};

/** ksqlDB's name for: a projection may leave key columns out, and reorder them. */
const FREE_PROJECTION = 'ksql.new.query.planner.enabled';

function allKeys(
  { query, joinKey, input }: SelectOptions,
  select: readonly NamedExpression[],
  target: ProjectionTarget,
): ProjectNode['keys'] {
  requireKeys(target.name, query, joinKey);
  return input.schema.key.map(({ name }, position) => ({ position, name: keyAlias(name, select) }));
}

function selectedKeys(select: readonly NamedExpression[], { schema }: PlanNode): ProjectNode['keys'] {
  return select.flatMap(({ name, expression }) => {
    const isNamed = (column: SimpleColumn): boolean => expression.kind === 'column' && expression.name === column.name;
    const position = schema.key.findIndex(isNamed);
    return position < 0 ? [] : [{ position, name }];
  });
}

function coercedTo(
  target: LogicalSchema | null,
  values: readonly NamedExpression[],
  schema: LogicalSchema,
  context: PlannerContext,
): readonly NamedExpression[] {
  if (target === null) return values;
  return values.map((item, position) => {
    const wanted = target.value[position]?.type;
    if (wanted === undefined) return item;
    const own = typeOf(item.expression, schema, context, 'Select');
    const [from, to] = [numericWidth(own), numericWidth(wanted)];
    if (sameType(own, wanted) || from === undefined || to === undefined || from > to) return item;
    const type = parseType(printType(wanted));
    return { ...item, expression: { kind: 'cast', operand: item.expression, type, location: null } };
  });
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
  const keys = input.schema.key.map(({ name }, position) => ({ position, name }));
  return projectNode(input, builder.build(), select, keys);
}

function projectNode(
  input: PlanNode,
  schema: LogicalSchema,
  select: readonly NamedExpression[],
  keys: ProjectNode['keys'],
): ProjectNode {
  return {
    kind: 'project',
    id: 'Project',
    output: input.output,
    windowed: input.windowed,
    schema,
    input,
    select,
    keys,
  };
}
