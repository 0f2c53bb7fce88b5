import { MillraceError } from '@millrace/base';
import type { KafkaStreams } from '@millrace/streams';
import type { CatalogQuery } from '../../catalog/catalog.ts';
import type { DataSource } from '../../catalog/data-source.ts';
import type { Query } from '../../syntax/ast.ts';
import { isWindowBound } from '../../types/schema.ts';
import type { Row } from '../../types/values.ts';
import { compileContext } from '../compile-query.ts';
import type { EngineParts } from '../engine-parts.ts';
import { type ResultRow, resultColumns, rowConverter } from '../plain-values.ts';
import type { QueryColumn, QueryEnding, QueryResult } from '../query-result.ts';
import type { PreparedStatement, Session } from '../request.ts';
import { statementContext } from '../statement-context.ts';
import { waitFor } from '../wait.ts';
import type { Lookup } from './lookups.ts';
import type { Materialization } from './materialization.ts';
import { type Access, inputRow, type PullPlan, planPullQuery, type TableRow } from './pull-plan.ts';
import { notMaterialized } from './pull-query-rules.ts';
import { readStream } from './read-stream.ts';
import { readTable } from './read-table.ts';

/** How long a pull query waits for a query that has just been started, or whose work is being shared out anew. */
const RUNNING_TIMEOUT_MS = 30_000;

/**
 * Answers a SELECT without EMIT: from the state of the query that keeps the table, or from a stream's topic as far as it
 * goes now.
 */
export async function startPullQuery(
  prepared: PreparedStatement<Query>,
  session: Session,
  engine: EngineParts,
): Promise<QueryResult> {
  const plan = planPullQuery(prepared, statementContext(session, engine), engine.logger);
  const queryId = engine.transient.newPullId(engine.clock.wallMs());
  const input =
    plan.source.kind === 'TABLE' ? await tableRows(plan, session, engine) : streamRows(plan, queryId, session, engine);
  const convert = rowConverter(plan.columns.map(({ type }) => type));
  let ending: QueryEnding | null = null;
  const rows = resultRows(plan, input, convert, (how) => {
    ending = plan.source.kind === 'STREAM' ? how : null;
  });
  const close = async (): Promise<void> => {
    await rows.return(undefined);
  };
  return {
    kind: 'pull',
    queryId,
    schema: resultColumns(plan.columns),
    columns: queryColumns(plan),
    rows,
    get ending() {
      return ending;
    },
    isDeletion: () => false,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The columns of a table's key are told by their names, window bounds with them. */
function queryColumns({ source, columns }: PullPlan): readonly QueryColumn[] {
  const isKey = (name: string): boolean =>
    source.kind === 'TABLE' && (isWindowBound(name) || source.schema.key.some((column) => column.name === name));
  return columns.map(({ name, type }) => ({ name, type, isKey: isKey(name) }));
}

function streamRows(plan: PullPlan, queryId: string, session: Session, engine: EngineParts): AsyncIterable<Row> {
  const config = { ...engine.config, ...session.overrides };
  const { client } = engine;
  return readStream(plan.step, compileContext({ ...engine, queryId, config }), { client, signal: session.signal });
}

async function tableRows(plan: PullPlan, session: Session, engine: EngineParts): Promise<AsyncIterable<Row>> {
  const { table, streams } = await runningTable(plan.source, session, engine);
  refuseUnlessHere(table, plan.access, streams);
  return inputRows(readTable(table, plan.access, streams));
}

async function* inputRows(rows: AsyncIterable<TableRow>): AsyncGenerator<Row> {
  for await (const row of rows) yield inputRow(row);
}

async function runningTable(
  source: DataSource,
  { signal }: Session,
  engine: EngineParts,
): Promise<{ readonly table: Materialization; readonly streams: KafkaStreams }> {
  const writer = writerOf(source, engine);
  const run = writer === undefined ? undefined : engine.running.run(writer.id);
  const table = run?.materialization ?? null;
  if (run === undefined || table === null) throw notMaterialized(source.name);
  const { clock } = engine;
  const what = `Waiting for the query ${writer!.id}`;
  await waitFor(run.streams.waitFor('RUNNING'), { clock, timeoutMs: RUNNING_TIMEOUT_MS, what, signal });
  return { table, streams: run.streams };
}

/** Rows that live on other engines of the service are told of; they must not be missing in silence. */
function refuseUnlessHere({ storeName }: Materialization, access: Access, streams: KafkaStreams): void {
  if (access.kind === 'lookups') {
    const isHere = ({ key }: Lookup): boolean => streams.queryMetadataForKey<Row>(storeName, key).isLocal;
    if (!access.lookups.every(isHere)) throw onOtherEngines('keys that the query asks for');
    return;
  }
  const { total, local } = streams.storePartitions(storeName);
  if (local.length < total) throw onOtherEngines(`${total - local.length} of ${total} partitions of the table`);
}

function onOtherEngines(what: string): MillraceError {
  const message = `Other engines of this service hold ${what}: ask there`;
  return new MillraceError('ON_OTHER_ENGINE', message, { retriable: true });
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
  input: AsyncIterable<Row>,
  convert: (row: Row) => ResultRow,
  onEnd: (ending: QueryEnding) => void,
): AsyncGenerator<ResultRow, undefined, undefined> {
  let left = plan.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) {
    onEnd('limit-reached');
    return;
  }
  for await (const each of input) {
    const row = plan.evaluate(each);
    if (row === null) continue;
    yield convert(row);
    if (--left > 0) continue;
    onEnd('limit-reached');
    return;
  }
  onEnd('completed');
}
