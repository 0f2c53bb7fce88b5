import { assert, type Logger } from '@millrace/base';
import type { DataSource } from '../../catalog/data-source.ts';
import { compilePredicate, compileProjection, type OnFailure } from '../../compile/expressions/compile-expression.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { PlanNode } from '../../plan/logical-plan.ts';
import { planTransientQuery, type StatementContext } from '../../steps/plan-statement.ts';
import { type SourceStep, type Step, stepInputs } from '../../steps/steps.ts';
import type { Query } from '../../syntax/ast.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { Row, SqlValue } from '../../types/values.ts';
import type { PreparedStatement } from '../request.ts';
import { type Lookup, lookupsOf, type TimeBounds, windowBoundsOf } from './lookups.ts';
import { checkPullQuery, refuseSessionScan, refuseStarAmongOthers } from './pull-query-rules.ts';
import { refuseScan, refuseWrongBounds } from './scan-rules.ts';

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
  /** Where records of a stream are read from. */
  readonly step: SourceStep;
  /** Null for a row that the condition keeps out; the input is the source's row as queries see it. */
  evaluate(input: Row): Row | null;
};

/**
 * Plans a pull query as if it were a push query, and keeps what does not depend on records coming by.
 * @throws KsqlException for what can't be asked of a table's present state
 */
export function planPullQuery(
  { text, statement }: PreparedStatement<Query>,
  context: StatementContext,
  logger: Logger,
): PullPlan {
  checkPullQuery(statement);
  const { root, step } = planTransientQuery(statement, text, context);
  const { source, select, predicate } = partsOf(root);
  if (source.source.kind === 'TABLE') {
    refuseStarAmongOthers(statement, 'Pull');
    refuseScan(predicate, source.source, context.config);
    refuseWrongBounds(predicate, source.source);
  }
  const { schema } = source;
  const { functions } = context;
  const scope = { schema, functions, customTypes: context.catalog.customTypes };
  const { schema: declared } = source.source;
  const lookups = lookupsOf(predicate, declared, functions);
  if (lookups === null) refuseSessionScan(source.source);
  const filter = predicate === null ? null : compilePredicate(predicate, 'WHERE', scope);
  const projection = compileProjection(
    select.map(({ expression }) => expression),
    scope,
  );
  const onFailure: OnFailure = ({ expression, error }) =>
    logger.warn('An expression of a pull query failed', { expression, error: String(error) });
  return {
    source: source.source,
    columns: root.schema.value,
    access:
      lookups === null
        ? { kind: 'scan', ...windowBoundsOf(predicate, declared, functions) }
        : { kind: 'lookups', lookups },
    limit: statement.limit,
    step: sourceStepOf(step),
    evaluate(input) {
      if (filter !== null && !filter.test(input, onFailure)) return null;
      return projection.evaluate(input, onFailure);
    },
  };
}

/** A pull query is a projection over a condition over one source, and nothing else. */
function partsOf(root: PlanNode) {
  const node = root.kind === 'project' ? root.input : root;
  const source = node.kind === 'filter' ? node.input : node;
  if (root.kind !== 'project' || source.kind !== 'source') {
    throw new KsqlException("Pull queries don't support aggregate functions and table functions.");
  }
  return { source, select: root.select, predicate: node.kind === 'filter' ? node.predicate : null };
}

function sourceStepOf(step: Step): SourceStep {
  if (step.kind === 'stream-source' || step.kind === 'table-source') return step;
  const [input] = stepInputs(step);
  assert(input !== undefined, 'every step ends in a source');
  return sourceStepOf(input);
}

/** A table's row as expressions see it: the value columns of `withPseudoAndKeyColumnsInValue`, in their order. */
function inputRow({ key, value, timestampMs, window }: TableRow): Row {
  const system: SqlValue[] = [BigInt(timestampMs), 0, 0n, ...key];
  if (window !== null) system.push(BigInt(window.startMs), BigInt(window.endMs));
  return [...value, ...system];
}

/** What rows of a table come to that the condition lets through. */
export async function* rowsThrough(plan: PullPlan, rows: AsyncIterable<TableRow>): AsyncGenerator<Row> {
  for await (const each of rows) {
    const row = plan.evaluate(inputRow(each));
    if (row !== null) yield row;
  }
}
