import type { Logger } from '@millrace/base';
import { type AnalyzedSelect, analyzeQuery } from '../../analysis/analyze-query.ts';
import { expressionType } from '../../analysis/expression-type.ts';
import { mapColumns } from '../../analysis/rewrite-expression.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { type DataSource, isWindowed } from '../../catalog/data-source.ts';
import {
  compilePredicate,
  compileProjection,
  type OnFailure,
  requireType,
} from '../../compile/expressions/compile-expression.ts';
import type { FunctionRegistry } from '../../functions/registry.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { Expression, Query } from '../../syntax/ast.ts';
import {
  type LogicalSchema,
  type SimpleColumn,
  WINDOW_BOUND_COLUMNS,
  withPseudoAndKeyColumnsInValue,
} from '../../types/schema.ts';
import type { Row, SqlValue } from '../../types/values.ts';
import { type Lookup, lookupsOf, type TimeBounds, windowBoundsOf } from './lookups.ts';
import { checkPullQuery, notOnStreams } from './pull-query-rules.ts';

/** A row of a table as its store has it. */
export type TableRow = {
  readonly key: Row;
  /** The declared value columns. */
  readonly value: Row;
  readonly timestampMs: number;
  /** Null in tables without windows. */
  readonly window: { readonly startMs: number; readonly endMs: number } | null;
};

type Scan = { readonly kind: 'scan'; readonly start: TimeBounds; readonly end: TimeBounds };
export type Access = { readonly kind: 'lookups'; readonly lookups: readonly Lookup[] } | Scan;

/** A pull query made ready: where to look, and what a row found there comes to. */
export type PullPlan = {
  readonly source: DataSource;
  readonly columns: readonly SimpleColumn[];
  readonly access: Access;
  readonly limit: number | null;
  /** Null for a row that the condition keeps out. */
  evaluate(row: TableRow): Row | null;
};

type PullContext = {
  readonly catalog: Catalog;
  readonly functions: FunctionRegistry;
  readonly logger: Logger;
};

/** @throws KsqlException for what can't be asked of a table's present state */
export function planPullQuery(query: Query, { catalog, functions, logger }: PullContext): PullPlan {
  checkPullQuery(query);
  const analyzed = analyzeQuery(query, { catalog, functions, persistent: false });
  const { source } = analyzed.sources.first;
  if (source.kind === 'STREAM') throw notOnStreams();
  const schema = withPseudoAndKeyColumnsInValue(source.schema, { windowed: isWindowed(source) });
  const scope = { schema, functions, customTypes: catalog.customTypes };
  const where = analyzed.where === null ? null : unqualified(analyzed.where);
  const items = analyzed.select.flatMap((item) => expand(item, source, (base) => expressionType(base, scope)));
  refuseRepeated(items);
  const lookups = lookupsOf(where, source.schema, functions);
  const access: Access =
    lookups === null
      ? { kind: 'scan', ...windowBoundsOf(where, source.schema, functions) }
      : { kind: 'lookups', lookups };
  const predicate = where === null ? null : compilePredicate(where, 'WHERE', scope);
  const projection = compileProjection(
    items.map(({ expression }) => expression),
    scope,
  );
  const onFailure: OnFailure = ({ expression, error }) =>
    logger.warn('An expression of a pull query failed', { expression, error: String(error) });
  return {
    source,
    columns: items.map(({ name }, position) => ({ name, type: requireType(projection.types[position]!) })),
    access,
    limit: query.limit,
    evaluate(row) {
      const input = inputRow(row, schema);
      if (predicate !== null && !predicate.test(input, onFailure)) return null;
      return projection.evaluate(input, onFailure);
    },
  };
}

type Item = { readonly name: string; readonly expression: Expression };

/** Only one source is there, so that no column needs its name. */
function unqualified(expression: Expression): Expression {
  return mapColumns(expression, (column) => ({ ...column, source: null }));
}

function columnItem(name: string): Item {
  return { name, expression: { kind: 'column', source: null, name, location: null } };
}

/** `*` gives the key, in windowed tables its window, and the values. */
function expand(
  item: AnalyzedSelect,
  source: DataSource,
  typeOf: (expression: Expression) => ReturnType<typeof expressionType>,
): readonly Item[] {
  switch (item.kind) {
    case 'single':
      return [{ name: item.alias, expression: unqualified(item.expression) }];
    case 'all': {
      if (!isWindowed(source)) return source.schema.columns.map(({ name }) => columnItem(name));
      return [...source.schema.key, ...WINDOW_BOUND_COLUMNS, ...source.schema.value].map(({ name }) =>
        columnItem(name),
      );
    }
    case 'struct-all': {
      const base = unqualified(item.base);
      const type = typeOf(base);
      if (type?.kind !== 'STRUCT')
        throw new KsqlException('Cannot use a field selection on a column that is no STRUCT.');
      return type.fields.map(({ name }) => ({
        name,
        expression: { kind: 'field-access', base, field: name, location: item.base.location },
      }));
    }
  }
}

function refuseRepeated(items: readonly Item[]): void {
  const seen = new Set<string>();
  for (const { name } of items) {
    if (seen.has(name)) throw new KsqlException(`Duplicate column names: ${name}`);
    seen.add(name);
  }
}

/** The row as expressions see it: the value columns of `withPseudoAndKeyColumnsInValue`, in their order. */
function inputRow({ key, value, timestampMs, window }: TableRow, schema: LogicalSchema): Row {
  const system: SqlValue[] = [BigInt(timestampMs), 0, 0n, ...key];
  if (window !== null) system.push(BigInt(window.startMs), BigInt(window.endMs));
  const headers = schema.value.length - value.length - system.length;
  return [...value, ...Array<null>(headers).fill(null), ...system];
}
