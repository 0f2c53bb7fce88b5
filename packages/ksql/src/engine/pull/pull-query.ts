import type { CloseOptions } from '@millrace/base';
import type { CatalogQuery } from '../../catalog/catalog.ts';
import type { DataSource } from '../../catalog/data-source.ts';
import type { Query } from '../../syntax/ast.ts';
import type { Row } from '../../types/values.ts';
import type { EngineParts } from '../engine-parts.ts';
import { type ResultRow, resultColumns, rowConverter } from '../plain-values.ts';
import type { QueryResult } from '../query-result.ts';
import type { PreparedStatement, Session } from '../request.ts';
import { waitFor } from '../wait.ts';
import { type PullPlan, planPullQuery } from './pull-plan.ts';
import { notMaterialized } from './pull-query-rules.ts';
import { type MaterializedTable, readTable } from './read-table.ts';

/** How long a pull query waits for a query that has just been started, or whose work is being shared out anew. */
const RUNNING_TIMEOUT_MS = 30_000;

/** Answers a SELECT without EMIT from the state of the query that keeps the table. */
export async function startPullQuery(
  { statement }: PreparedStatement<Query>,
  session: Session,
  engine: EngineParts,
): Promise<QueryResult> {
  const { catalog } = engine.state();
  const { functions, logger } = engine;
  const plan = planPullQuery(statement, { catalog, functions, logger });
  const table = await materializedTable(plan.source, session, engine);
  const convert = rowConverter(plan.columns.map(({ type }) => type));
  const rows = resultRows(plan, table, convert);
  const close = async (_options?: CloseOptions): Promise<void> => {
    await rows.return(undefined);
  };
  return {
    kind: 'pull',
    queryId: `query_${engine.clock.wallMs()}`,
    schema: resultColumns(plan.columns),
    rows,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function materializedTable(
  source: DataSource,
  { signal }: Session,
  engine: EngineParts,
): Promise<MaterializedTable> {
  const writer = writerOf(source, engine);
  const run = writer === undefined ? undefined : engine.running.run(writer.id);
  const table = run?.materialization ?? null;
  if (run === undefined || table === null) throw notMaterialized(source.name);
  const { clock } = engine;
  const what = `Waiting for the query ${writer!.id}`;
  await waitFor(run.streams.waitFor('RUNNING'), { clock, timeoutMs: RUNNING_TIMEOUT_MS, what, signal });
  return { ...table, store: run.streams.store<Row, Row>(table.storeName).withTimestamps() };
}

/** The query that made the table, or that materialises a source table. */
function writerOf(source: DataSource, engine: EngineParts): CatalogQuery | undefined {
  const queries = [...engine.state().catalog.queries.values()];
  return queries.find(({ sink, createdSink, sources }) => {
    return sink === null ? source.readOnly && sources.includes(source.name) : createdSink && sink === source.name;
  });
}

async function* resultRows(
  plan: PullPlan,
  table: MaterializedTable,
  convert: (row: Row) => ResultRow,
): AsyncGenerator<ResultRow, undefined, undefined> {
  let left = plan.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for await (const found of readTable(table, plan.access)) {
    const row = plan.evaluate(found);
    if (row === null) continue;
    yield convert(row);
    if (--left === 0) return;
  }
}
