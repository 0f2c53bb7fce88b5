import { AliasGenerator, joinedName } from '../analysis/aliases.ts';
import type { AnalyzedQuery } from '../analysis/analyze-query.ts';
import { refuseMapKeys } from '../analysis/format-rules.ts';
import { type AnalyzedJoin, printCondition, printJoinKind } from '../analysis/joins.ts';
import type { AliasedDataSource } from '../analysis/query-sources.ts';
import { mapColumns, sameExpression } from '../analysis/rewrite-expression.ts';
import { isWindowed } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { ColumnReference, Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { type LogicalSchema, ROWKEY, SchemaBuilder, withPseudoAndKeyColumnsInValue } from '../types/schema.ts';
import { printName, printType, type SqlType, sameType } from '../types/sql-type.ts';
import { type JoinKey, joinKeyOf } from './join-keys.ts';
import {
  type JoinNode,
  leftmostSource,
  type PlanNode,
  type PrefixNode,
  type RekeyNode,
  type SourceNode,
} from './logical-plan.ts';
import { type PlannerContext, typeOf } from './planner-context.ts';

/** The FROM clause: a source, or a tree of joins that grows to the left. */
export type PlannedSources = {
  readonly node: PlanNode;
  /** What the key of a join is made of; null where there is no join. */
  readonly joinKey: JoinKey | null;
};

/** @throws KsqlException for joins that these sources don't allow */
export function planSources(query: AnalyzedQuery, context: PlannerContext): PlannedSources {
  const { sources, joins } = query;
  if (joins.length === 0) return { node: sourceNode('KsqlTopic', sources.first), joinKey: null };
  return planJoin(joins.length - 1, '', query, context);
}

function sourceNode(id: string, { alias, source }: AliasedDataSource): SourceNode {
  const windowed = isWindowed(source);
  const schema = withPseudoAndKeyColumnsInValue(source.schema, { windowed });
  return { kind: 'source', id, output: source.kind, schema, windowed, alias, source };
}

type Side = {
  readonly node: PlanNode;
  /** The source, where the side is one; null where it is a join itself. */
  readonly leaf: AliasedDataSource | null;
  readonly key: JoinKey | null;
};

function planJoin(
  position: number,
  prefix: string,
  query: AnalyzedQuery,
  context: PlannerContext,
): Required<PlannedSources> {
  const join = query.joins[position]!;
  const left = leftSide(position, prefix, query, context);
  const right: Side = { node: sourceNode(`KafkaTopic_${prefix}Right`, join.right), leaf: join.right, key: null };
  const foreignKey = verifyJoin(join, left, right, context);
  const key = joinKeyOf({ join, left: left.key, foreignKey, select: query.select });
  const prepared = [
    prepareSide(left, { prefix: `${prefix}Left`, expression: join.leftExpression, foreignKey, context }),
    prepareSide(right, { prefix: `${prefix}Right`, expression: join.rightExpression, foreignKey, context }),
  ] as const;
  if (foreignKey === null) {
    requireSameTypes(prepared[0].schema.key[0]!.type, prepared[1].schema.key[0]!.type, join);
    refuseUnequalPartitions(prepared[0], prepared[1], context);
  }
  const node = joinNode({ join, left: prepared[0], right: prepared[1], key, foreignKey, prefix, query });
  return { node, joinKey: key };
}

function leftSide(position: number, prefix: string, query: AnalyzedQuery, context: PlannerContext): Side {
  if (position > 0) {
    const { node, joinKey } = planJoin(position - 1, `${prefix}L_`, query, context);
    return { node, leaf: null, key: joinKey };
  }
  const { first } = query.sources;
  return { node: sourceNode(`KafkaTopic_${prefix}Left`, first), leaf: first, key: null };
}

/** What the other side of the condition is checked against; the left side's expression, if it is a foreign key. */
function verifyJoin(join: AnalyzedJoin, left: Side, right: Side, context: PlannerContext): Expression | null {
  const names = `${join.left.source.name} ${printJoinKind(join.kind)} ${join.right.source.name}`;
  if (left.node.output === 'STREAM') {
    if (right.node.output === 'STREAM') return null;
    if (join.kind === 'FULL') {
      throw new KsqlException(`Invalid join type: full-outer join not supported for stream-table join. Got ${names}.`);
    }
    if (join.kind === 'RIGHT') {
      throw new KsqlException(`Invalid join type: right-outer join not supported for stream-table join. Got ${names}.`);
    }
    if (!isKeyOf(join.rightExpression, join.right)) {
      throw new KsqlException(
        "Invalid join condition: stream-table joins require to join on the table's primary key. " +
          `Got ${printCondition(join)}.`,
      );
    }
    return null;
  }
  if (right.node.output === 'STREAM') {
    throw new KsqlException(
      `Invalid join order: table-stream joins are not supported; only stream-table joins. Got ${names}.`,
    );
  }
  if (!isKeyOf(join.rightExpression, join.right)) {
    throw new KsqlException(
      'Invalid join condition: table-table joins require to join on the primary key of the right input table. ' +
        `Got ${printCondition(join)}.`,
    );
  }
  return isKeyOf(join.leftExpression, join.left) && onLeftKey(join, left)
    ? null
    : verifyForeignKeyJoin(join, left, right, { context, names });
}

/** In a join of joins the source's key is the key of the whole only where it is part of what was joined on. */
function onLeftKey(join: AnalyzedJoin, left: Side): boolean {
  return left.leaf !== null || left.key?.foreignKey !== true || left.key.source === join.left.alias;
}

function isKeyOf(expression: Expression, { source }: AliasedDataSource): boolean {
  const { key } = source.schema;
  return expression.kind === 'column' && key.length === 1 && expression.name === key[0]!.name;
}

function verifyForeignKeyJoin(
  join: AnalyzedJoin,
  left: Side,
  right: Side,
  { context, names }: { readonly context: PlannerContext; readonly names: string },
): Expression {
  if (join.kind === 'FULL') {
    throw new KsqlException(
      `Invalid join type: full-outer join not supported for foreign-key table-table join. Got ${names}.`,
    );
  }
  if (join.kind === 'RIGHT') throw new KsqlException('RIGHT OUTER JOIN on a foreign key is not supported');
  if (left.leaf === null) {
    throw new KsqlException(
      'Invalid join condition: foreign-key table-table joins are not supported as part of n-way joins. ' +
        `Got ${printCondition(join)}.`,
    );
  }
  const type = typeOf(unqualified(join.leftExpression), left.node.schema, context, 'Join');
  requireSameTypes(type, right.node.schema.key[0]!.type, join);
  if (right.node.windowed) {
    throw new KsqlException('Foreign-key table-table joins are not supported on windowed tables.');
  }
  return prefixed(join.leftExpression);
}

function requireSameTypes(left: SqlType, right: SqlType, join: AnalyzedJoin): void {
  if (sameType(left, right)) return;
  const sides = [
    `${printExpression(join.leftExpression)}{${printType(left)}}`,
    `${printExpression(join.rightExpression)}{${printType(right)}}`,
  ];
  const [first, second] = join.flipped ? [...sides].reverse() : sides;
  throw new KsqlException(`Invalid join condition: types don't match. Got ${first} = ${second}.`);
}

type Preparation = {
  readonly prefix: string;
  readonly expression: Expression;
  readonly foreignKey: Expression | null;
  readonly context: PlannerContext;
};

/** The side under the key of the join, its columns under names that are unique in the join. */
function prepareSide(side: Side, { prefix, expression, foreignKey, context }: Preparation): PlanNode {
  const id = `${prefix}SourceKeyed`;
  if (side.leaf !== null) {
    const keyed =
      foreignKey === null
        ? rekeyNode({ id, input: side.node, expressions: [unqualified(expression)], reason: 'join', context })
        : side.node;
    return prefixNode(`PrependAlias${prefix}`, keyed, side.leaf.alias);
  }
  if (foreignKey !== null || side.key?.equivalent.some((each) => sameExpression(each, expression))) return side.node;
  return rekeyNode({ id, input: side.node, expressions: [prefixed(expression)], reason: 'join', context });
}

/** A node that changes the key; rules take it out where the key is that already. */
export function rekeyNode(options: {
  readonly id: string;
  readonly input: PlanNode;
  readonly expressions: readonly Expression[];
  readonly reason: RekeyNode['reason'];
  readonly context: PlannerContext;
}): RekeyNode {
  const { id, input, expressions, reason, context } = options;
  const schema = rekeyedSchema(input.schema, expressions, context);
  return {
    kind: 'rekey',
    id,
    output: input.output,
    windowed: input.windowed,
    schema,
    input,
    expressions,
    reason,
    keyFormat: null,
  };
}

/** Columns that are no expression get names; the value holds the new key columns besides all that it had. */
function rekeyedSchema(
  schema: LogicalSchema,
  expressions: readonly Expression[],
  context: PlannerContext,
): LogicalSchema {
  const builder = new SchemaBuilder();
  const aliases = new AliasGenerator(schema.columns.map((column) => column.name));
  const keys = expressions
    .filter((expression) => expression.kind !== 'null')
    .map((expression) => ({
      name: aliases.aliasFor(expression),
      type: typeOf(expression, schema, context, 'Partition By'),
    }));
  builder.keys(keys).values(schema.value);
  return builder.values(keys.filter((key) => !schema.value.some((column) => column.name === key.name))).build();
}

function prefixNode(id: string, input: PlanNode, alias: string): PrefixNode {
  const renamed = ({ name, type }: { readonly name: string; readonly type: SqlType }) => ({
    name: joinedName(alias, name),
    type,
  });
  const schema = new SchemaBuilder()
    .keys(input.schema.key.map(renamed))
    .values(input.schema.value.map(renamed))
    .build();
  return { kind: 'prefix', id, output: input.output, windowed: input.windowed, schema, input, alias };
}

type JoinParts = {
  readonly join: AnalyzedJoin;
  readonly left: PlanNode;
  readonly right: PlanNode;
  readonly key: JoinKey;
  readonly foreignKey: Expression | null;
  readonly prefix: string;
  readonly query: AnalyzedQuery;
};

function joinNode({ join, left, right, key, foreignKey, prefix, query }: JoinParts): JoinNode {
  const output = left.output === 'TABLE' && right.output === 'TABLE' ? 'TABLE' : 'STREAM';
  refuseWrongWithin(join, left, right);
  const values = [...left.schema.value, ...right.schema.value];
  const keyName = key.column === null ? syntheticKeyName(query) : joinedName(key.column.source!, key.column.name);
  const builder = new SchemaBuilder();
  if (foreignKey !== null) {
    builder.keys(left.schema.key).values(values);
  } else {
    if (left.schema.key.length > 1) {
      const printed = left.schema.key.map((column) => `${printName(column.name)} ${printType(column.type)} KEY`);
      throw new KsqlException(`JOINs are not supported with multiple key columns: [${printed.join(', ')}]`);
    }
    const { type } = left.schema.key[0]!;
    refuseMapKeys([{ name: keyName, type }]);
    builder.key(keyName, type).values(values);
    if (!values.some((column) => column.name === keyName)) builder.value(keyName, type);
  }
  return {
    kind: 'join',
    id: `${prefix}Join`,
    output,
    windowed: left.windowed,
    schema: builder.build(),
    join: join.kind,
    left,
    right,
    keyName,
    foreignKey,
    within: join.within,
    keyFormat: null,
  };
}

/** `ROWKEY`, or with a number behind it where a source has a column of that name. */
function syntheticKeyName({ sources }: AnalyzedQuery): string {
  const used = new Set(sources.all.flatMap(({ source }) => source.schema.columns.map((column) => column.name)));
  let name = ROWKEY;
  for (let number = 1; used.has(name); number++) name = `${ROWKEY}_${number}`;
  return name;
}

function refuseWrongWithin({ within }: AnalyzedJoin, left: PlanNode, right: PlanNode): void {
  const isStreams = left.output === 'STREAM' && right.output === 'STREAM';
  if (isStreams && within === null) {
    throw new KsqlException(
      'Stream-Stream joins must have a WITHIN clause specified. None was provided. To learn about how to specify a ' +
        'WITHIN clause with a stream-stream join, please visit: https://docs.confluent.io/current/ksql/docs/syntax-' +
        'reference.html#create-stream-as-select',
    );
  }
  if (isStreams || within === null) return;
  const [kind, its, your] =
    left.output === 'STREAM' ? ['Stream-Table', '(ie. the', 'your'] : ['Table-Table', '(i.e. the', 'your Table-Table'];
  throw new KsqlException(
    `A window definition was provided for a ${kind} join. These joins are not windowed. Please drop the window ` +
      `definition ${its} WITHIN clause) and try to execute ${your} join again.`,
  );
}

/** Partitions of one number on both sides belong together; foreign keys are looked up over all of them. */
function refuseUnequalPartitions(left: PlanNode, right: PlanNode, context: PlannerContext): void {
  const [first, second] = [left, right].map((node) => {
    const { alias, source } = leftmostSource(node);
    return { alias: printName(alias), partitions: context.partitionsOf(source.topic) };
  }) as [{ alias: string; partitions?: number }, { alias: string; partitions?: number }];
  if (first.partitions === undefined || second.partitions === undefined) return;
  if (first.partitions === second.partitions) return;
  throw new KsqlException(
    `Can't join ${first.alias} with ${second.alias} since the number of partitions don't match. ${first.alias} ` +
      `partitions = ${first.partitions}; ${second.alias} partitions = ${second.partitions}. Please repartition either ` +
      'one so that the number of partitions match.',
  );
}

function unqualified(expression: Expression): Expression {
  return mapColumns(expression, (column) => ({ ...column, source: null }));
}

/** Columns as a join names them. */
export function prefixed(expression: Expression): Expression {
  return mapColumns(expression, inJoin);
}

function inJoin(column: ColumnReference): ColumnReference {
  return column.source === null ? column : { ...column, source: null, name: joinedName(column.source, column.name) };
}

/** Expressions of the query as the planned sources name their columns. */
export function overSources(query: AnalyzedQuery, expression: Expression): Expression {
  return query.sources.isJoin ? prefixed(expression) : unqualified(expression);
}
