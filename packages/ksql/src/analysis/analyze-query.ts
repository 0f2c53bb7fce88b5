import type { Catalog } from '../catalog/catalog.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type {
  Expression,
  FunctionCall,
  Query,
  SelectItem,
  SourceLocation,
  TimeUnit,
  WindowClause,
} from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { isSystemColumn } from '../types/schema.ts';
import { AliasGenerator, joinedName } from './aliases.ts';
import { type AnalyzedJoin, analyzeJoin } from './joins.ts';
import { withResolvedTypes } from './query-expressions.ts';
import { type QuerySources, resolveSources } from './query-sources.ts';
import { forEachPart, functionCallsIn, mapColumns, mapParts } from './rewrite-expression.ts';
import { requireColumns } from './unknown-columns.ts';

/** A projection's item with its name; columns carry the alias of their source. */
export type AnalyzedSelect =
  | {
      readonly kind: 'single';
      readonly expression: Expression;
      readonly alias: string;
      readonly location: SourceLocation | null;
    }
  /** All columns, or those of one source by its alias. */
  | { readonly kind: 'all'; readonly source: string | null }
  | { readonly kind: 'struct-all'; readonly base: Expression };

/** A query whose names are resolved: what the planner starts from. */
export type AnalyzedQuery = {
  readonly sources: QuerySources;
  /** From left to right. */
  readonly joins: readonly AnalyzedJoin[];
  readonly select: readonly AnalyzedSelect[];
  readonly window: WindowClause | null;
  readonly where: Expression | null;
  readonly groupBy: readonly Expression[] | null;
  readonly partitionBy: readonly Expression[] | null;
  readonly having: Expression | null;
  readonly emit: 'CHANGES' | 'FINAL' | null;
  readonly limit: number | null;
  /** Calls of aggregate functions in the projection of a query without GROUP BY: one group for all rows. */
  readonly ungroupedAggregates: readonly FunctionCall[];
  readonly tableFunctions: readonly FunctionCall[];
};

export type QueryContext = {
  readonly catalog: Catalog;
  readonly functions: FunctionRegistry;
  /** Whether results go to a topic; only then the names of system columns are refused in the projection. */
  readonly persistent: boolean;
};

/** @throws KsqlException for names that mean nothing or too much, and for clauses that exclude each other */
export function analyzeQuery(written: Query, context: QueryContext): AnalyzedQuery {
  const sources = resolveSources(written, context.catalog);
  const query = withResolvedTypes(written, context.catalog.customTypes);
  const qualified = (expression: Expression): Expression => {
    checkLambdas(expression, sources);
    return mapColumns(withIntervalUnits(expression, sources), (column) => sources.qualify(column));
  };
  const joins = query.from.joins.map((clause, position) => analyzeJoin(clause, position, sources));
  const groupBy = query.groupBy?.expressions.map(qualified) ?? null;
  const aliases = new AliasGenerator(
    sources.all.flatMap(({ source }) => source.schema.columns.map((each) => each.name)),
  );
  const select = query.select.map((item) => analyzeSelectItem(item, { sources, aliases, qualified }));
  const singles = select.flatMap((item) => (item.kind === 'single' ? [item] : []));
  for (const item of singles) checkSystemName(item, context.persistent);
  const isAggregate = (call: FunctionCall): boolean => context.functions.isAggregate(call.name);
  const aggregates =
    groupBy === null ? singles.flatMap((item) => functionCallsIn(item.expression).filter(isAggregate)) : [];
  const grouped = groupBy !== null || aggregates.length > 0;
  const analyzed: AnalyzedQuery = {
    sources,
    joins,
    select,
    window: query.window,
    where: query.where === null ? null : qualified(query.where),
    groupBy,
    partitionBy: query.partitionBy?.expressions.map(qualified) ?? null,
    having: query.having === null ? null : qualified(query.having),
    emit: query.emit,
    limit: query.limit,
    ungroupedAggregates: aggregates,
    tableFunctions: tableFunctionsOf(singles, { grouped, functions: context.functions }),
  };
  requireKnownColumns(analyzed, context);
  refuseKafkaValues(analyzed);
  return analyzed;
}

type SelectContext = {
  readonly sources: QuerySources;
  readonly aliases: AliasGenerator;
  readonly qualified: (expression: Expression) => Expression;
};

function analyzeSelectItem(item: SelectItem, context: SelectContext): AnalyzedSelect {
  const { sources, aliases, qualified } = context;
  switch (item.kind) {
    case 'select-all':
      if (item.source !== null) sources.requireAlias(item.source);
      return { kind: 'all', source: item.source };
    case 'select-struct-all':
      return { kind: 'struct-all', base: qualified(item.base) };
    case 'select-expression': {
      const expression = qualified(item.expression);
      const alias = item.alias ?? generatedAlias(expression, sources, aliases);
      return { kind: 'single', expression, alias, location: item.location };
    }
  }
}

/** A column keeps its name unless several sources have it: then the source goes in front. */
export function generatedAlias(expression: Expression, sources: QuerySources, aliases: AliasGenerator): string {
  if (expression.kind === 'column' && expression.source !== null && sources.having(expression.name).length > 1) {
    return joinedName(expression.source, expression.name);
  }
  return aliases.aliasFor(expression);
}

function checkSystemName({ alias, expression }: { alias: string; expression: Expression }, persistent: boolean): void {
  const name = alias.toUpperCase();
  if (!isSystemColumn(name)) return;
  const text = printExpression(expression);
  const own = text.slice(text.indexOf('.') + 1);
  if (own.toUpperCase() !== name) {
    throw new KsqlException(`\`${name}\` is a reserved column name. You cannot use it as an alias for a column.`);
  }
  if (persistent) {
    throw new KsqlException(`Reserved column name in select: \`${name}\`. Please remove or alias the column.`);
  }
}

function tableFunctionsOf(
  items: readonly { readonly expression: Expression }[],
  { grouped, functions }: { readonly grouped: boolean; readonly functions: FunctionRegistry },
): readonly FunctionCall[] {
  const found: FunctionCall[] = [];
  const visit = (
    part: Expression,
    outer: { readonly call: string | null; readonly inCase: Expression | null },
  ): void => {
    const isTableFunction = part.kind === 'function-call' && functions.isTableFunction(part.name);
    if (isTableFunction) {
      if (outer.call !== null) {
        throw new KsqlException(`Table functions cannot be nested: ${outer.call}(${part.name}())`);
      }
      if (grouped) throw new KsqlException('Table functions cannot be used with aggregations.');
      if (outer.inCase !== null) {
        throw new KsqlException(`Table functions cannot be used in CASE: ${printExpression(outer.inCase)}`);
      }
      found.push(part);
    }
    const inner = {
      call: isTableFunction ? part.name : outer.call,
      inCase: part.kind === 'searched-case' ? part : outer.inCase,
    };
    forEachPart(part, (each) => visit(each, inner));
  };
  for (const { expression } of items) visit(expression, { call: null, inCase: null });
  return found;
}

function requireKnownColumns(query: AnalyzedQuery, { persistent }: QueryContext): void {
  const { sources } = query;
  // A join's rows have no bounds of their own, and those of its windows would belong to no source.
  const windowed = query.window !== null && !sources.isJoin;
  const syntheticKey = query.groupBy === null && (persistent || query.emit !== null);
  const check = (expression: Expression, clause: 'SELECT' | 'WHERE' | 'GROUP BY' | 'PARTITION BY' | 'HAVING'): void =>
    requireColumns(expression, sources, { clause, windowed, syntheticKey });
  if (query.where !== null) check(query.where, 'WHERE');
  for (const expression of query.groupBy ?? []) check(expression, 'GROUP BY');
  for (const expression of query.partitionBy ?? []) check(expression, 'PARTITION BY');
  if (query.having !== null) check(query.having, 'HAVING');
  for (const item of query.select) if (item.kind === 'single') check(item.expression, 'SELECT');
}

const SINGULAR_UNITS: readonly string[] = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];

/** The first of several arguments that is called like a unit of time, and that no source has as a column, is the unit. */
function withIntervalUnits(expression: Expression, sources: QuerySources): Expression {
  const visit = (part: Expression): Expression => {
    const inner = mapParts(part, visit);
    const [first, ...others] = inner.kind === 'function-call' ? inner.args : [];
    if (inner.kind !== 'function-call' || first?.kind !== 'column' || others.length === 0) return inner;
    if (first.source !== null || !SINGULAR_UNITS.includes(first.name) || sources.having(first.name).length > 0)
      return inner;
    const unit: Expression = { kind: 'interval-unit', unit: `${first.name}S` as TimeUnit, location: first.location };
    return { ...inner, args: [unit, ...others] };
  };
  return visit(expression);
}

/** A lambda's parameters may hide neither columns nor the parameters around them. */
function checkLambdas(expression: Expression, sources: QuerySources): void {
  const visit = (part: Expression, bound: readonly string[]): void => {
    if (part.kind !== 'lambda') {
      forEachPart(part, (each) => visit(each, bound));
      return;
    }
    for (const name of part.parameters) {
      if (sources.all.some(({ source }) => source.schema.columns.some((column) => column.name === name))) {
        throw new KsqlException(`Lambda function argument can't be a column name: ${name}`);
      }
    }
    const inner = [...bound, ...part.parameters];
    if (new Set(inner).size < inner.length) {
      throw new KsqlException('Reusing lambda arguments in nested lambda is not allowed');
    }
    visit(part.body, inner);
  };
  visit(expression, []);
}

const KAFKA_FORMAT_HINT =
  'The KAFKA format is primarily intended for use as a key format. It can be used as a value format, but can not be ' +
  'used in any operation that requires a repartition or changelog topic.\n' +
  'Removing this limitation requires enhancements to the core of KSQL. This will come in a future release. Until then, ' +
  'avoid using the KAFKA format for values.\nIf you have an existing topic with KAFKA formatted values you can duplicate ' +
  "the data and serialize using Avro or JSON with a statement such as: \n\n'CREATE STREAM <new-stream-name> " +
  "WITH(VALUE_FORMAT='Avro') AS SELECT * FROM <existing-kafka-formated-stream-name>;'\n" +
  'For more info see https://github.com/confluentinc/ksql/issues/3060';

function refuseKafkaValues({ sources, groupBy }: AnalyzedQuery): void {
  const operation = sources.isJoin ? 'JOIN' : groupBy === null ? null : 'GROUP BY';
  const kafka = sources.all.filter(({ source }) => source.valueFormat.format === 'KAFKA').map(({ alias }) => alias);
  if (operation === null || kafka.length === 0) return;
  throw new KsqlException(
    `Source(s) ${kafka.join(', ')} are using the 'KAFKA' value format. This format does not yet support ${operation}.\n` +
      KAFKA_FORMAT_HINT,
  );
}
