import { unreachable } from '@millrace/base';
import { joinedName } from '../analysis/aliases.ts';
import type { AnalyzedQuery } from '../analysis/analyze-query.ts';
import { isWindowed } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { ColumnReference, Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { isPseudoColumn, isWindowBound, type LogicalSchema, withPseudoAndKeyColumnsInValue } from '../types/schema.ts';
import { printName, type StructType } from '../types/sql-type.ts';
import type { JoinKey } from './join-keys.ts';
import type { NamedExpression, PlanNode } from './logical-plan.ts';
import { overSources } from './plan-sources.ts';
import { type PlannerContext, typeOf } from './planner-context.ts';

export type SelectOptions = {
  readonly query: AnalyzedQuery;
  /** What the projection reads; stars mean its columns. */
  readonly input: PlanNode;
  readonly joinKey: JoinKey | null;
  readonly context: PlannerContext;
  /** Whether rows go to a topic: its key has the window bounds, so a star leaves them out. */
  readonly persistent: boolean;
};

/** The projection with stars written out, over the columns of the planned sources. */
export function expandSelect({
  query,
  input,
  joinKey,
  context,
  persistent,
}: SelectOptions): readonly NamedExpression[] {
  return query.select.flatMap((item): readonly NamedExpression[] => {
    switch (item.kind) {
      case 'single':
        return [{ name: item.alias, expression: overSources(query, item.expression) }];
      case 'all':
        return starColumns(item.source, { query, input, joinKey, persistent }).map((name) => ({
          name,
          expression: columnNamed(name),
        }));
      case 'struct-all':
        return structFields(overSources(query, item.base), input.schema, context);
      default:
        return unreachable(item);
    }
  });
}

export function columnNamed(name: string): ColumnReference {
  return { kind: 'column', source: null, name, location: null };
}

function starColumns(
  source: string | null,
  { query, input, joinKey, persistent }: Omit<SelectOptions, 'context'>,
): readonly string[] {
  // Behind PARTITION BY a join's columns are all alike, those that were pseudo columns of its sources included.
  if (!query.sources.isJoin || (query.partitionBy !== null && source === null)) {
    return declaredColumns(input.schema, persistent);
  }
  const chosen = query.sources.all.filter(({ alias }) => source === null || alias === source);
  const names = chosen.flatMap((each) => {
    const schema = withPseudoAndKeyColumnsInValue(each.source.schema, { windowed: isWindowed(each.source) });
    // A join's own names leave no doubt whose bounds they are.
    return declaredColumns(schema, false).map((name) => joinedName(each.alias, name));
  });
  const synthetic = source === null && joinKey?.column === null ? [joinNodeBelow(input).schema.key[0]!.name] : [];
  return [...synthetic, ...names];
}

function joinNodeBelow(node: PlanNode): PlanNode {
  return node.kind === 'filter' || node.kind === 'flat-map' || node.kind === 'rekey' ? joinNodeBelow(node.input) : node;
}

/** Key columns, window bounds, then the other columns of the value; pseudo columns have to be named. */
function declaredColumns({ key, value }: LogicalSchema, persistent: boolean): readonly string[] {
  const names = value.map((column) => column.name);
  const isKey = (name: string): boolean => key.some((column) => column.name === name);
  return [
    ...key.map((column) => column.name).filter((name) => names.includes(name)),
    ...(persistent ? [] : names.filter(isWindowBound)),
    ...names.filter((name) => !isKey(name) && !isWindowBound(name) && !isPseudoColumn(name) && !isInternal(name)),
  ];
}

/** Columns that hold results of table functions belong to the expressions that call them. */
const isInternal = (name: string): boolean => name.startsWith(TABLE_FUNCTION_PREFIX);

export const TABLE_FUNCTION_PREFIX = 'KSQL_SYNTH_';

function structFields(base: Expression, schema: LogicalSchema, context: PlannerContext): readonly NamedExpression[] {
  const type = structOf(base, schema, context);
  return type.fields.map(({ name }) => ({
    name,
    expression: { kind: 'field-access', base, field: name, location: null },
  }));
}

/** The type of a column, or of a field within fields: nothing else has a star. */
function structOf(base: Expression, schema: LogicalSchema, context: PlannerContext): StructType {
  const refuse = (problem: string): KsqlException => new KsqlException(problem);
  switch (base.kind) {
    case 'column': {
      const type = typeOf(base, schema, context, 'Select');
      if (type.kind !== 'STRUCT') throw refuse(`Column ${printName(base.name)} is not a STRUCT type.`);
      return type;
    }
    case 'field-access': {
      const field = structOf(base.base, schema, context).fields.find(({ name }) => name === base.field);
      if (field === undefined) throw refuse(`Field ${base.field} was not found on STRUCT.`);
      if (field.type.kind !== 'STRUCT') throw refuse(`Field ${base.field} is not a STRUCT type.`);
      return field.type;
    }
    default:
      throw refuse(`Unsupported struct column expression: ${printExpression(base)}`);
  }
}
