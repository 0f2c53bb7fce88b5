import { MillraceError } from '@millrace/base';
import type { CatalogQuery } from '../../catalog/catalog.ts';
import type { DataSource } from '../../catalog/data-source.ts';
import type { Query } from '../../syntax/ast.ts';
import type { ResultRow } from '../../types/result-values.ts';
import { isWindowBound } from '../../types/schema.ts';
import type { Row } from '../../types/values.ts';
import { compileContext } from '../compile-query.ts';
import type { EngineParts } from '../engine-parts.ts';
import { resultColumns, rowConverter } from '../plain-values.ts';
import type { QueryColumn, QueryEnding, QueryResult } from '../query-result.ts';
import type { PreparedStatement, Session } from '../request.ts';
import { statementContext } from '../statement-context.ts';
import { waitFor } from '../wait.ts';
import { askForRows, ownSettings, type RunningTable } from './ask-for-rows.ts';
import { type PullPlan, planPullQuery, rowsThrough } from './pull-plan.ts';
import { notMaterialized } from './pull-query-rules.ts';
import { readStream } from './read-stream.ts';
import { rowLines } from './row-lines.ts';
import { type PullShareRequest, readShare } from './shares.ts';

/** How long a pull query waits for a query that has just been started, or whose work is being shared out anew. */
const RUNNING_TIMEOUT_MS = 30_000;

/**
 * Answers a SELECT without EMIT: from the state of the query that keeps the table, here and on the other engines of the
 * service, or from a stream's topic as far as it goes now.
 */
export async function startPullQuery(
  prepared: PreparedStatement<Query>,
  session: Session,
  engine: EngineParts,
): Promise<QueryResult> {
  const plan = planPullQuery(prepared, statementContext(session, engine), engine.logger);
  const queryId = engine.transient.newPullId(engine.clock.wallMs());
  const found =
    plan.source.kind === 'TABLE'
      ? await tableRows(plan, prepared.text, session, engine)
      : { rows: streamRows(plan, queryId, session, engine), stop: () => {} };
  const convert = rowConverter(plan.columns.map(({ type }) => type));
  let ending: QueryEnding | null = null;
  const rows = resultRows(plan, found.rows, convert, (how) => {
    ending = plan.source.kind === 'STREAM' ? how : null;
  });
  const close = async (): Promise<void> => {
    found.stop();
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

/**
 * The rows of a pull query in the partitions that another engine asks for, as lines.
 * @throws MillraceError `PARTITIONS_MOVED` (retriable) where they are not held here, and what planning throws
 */
export async function pullShare(
  prepared: PreparedStatement<Query>,
  share: Omit<PullShareRequest, 'sql' | 'properties'>,
  session: Session,
  engine: EngineParts,
): Promise<AsyncGenerator<string>> {
  const plan = planPullQuery(prepared, statementContext(session, engine), engine.logger);
  const { table, streams } = await runningTable(plan.source, session, engine);
  const { write } = rowLines(plan.columns);
  const found = await readShare(table, plan.access, streams, { ...share, ...ownSettings(session, engine) });
  const rows = limited(rowsThrough(plan, found), plan.limit);
  return (async function* () {
    for await (const row of rows) yield write(row);
  })();
}

/** The columns of a table's key are told by their names, window bounds with them. */
function queryColumns({ source, columns }: PullPlan): readonly QueryColumn[] {
  const isKey = (name: string): boolean =>
    source.kind === 'TABLE' && (isWindowBound(name) || source.schema.key.some((column) => column.name === name));
  return columns.map(({ name, type }) => ({ name, type, isKey: isKey(name) }));
}

async function* streamRows(
  plan: PullPlan,
  queryId: string,
  { overrides, signal }: Session,
  engine: EngineParts,
): AsyncGenerator<Row> {
  const context = compileContext({ ...engine, queryId, config: { ...engine.config, ...overrides } });
  for await (const each of readStream(plan.step, context, { client: engine.client, signal })) {
    const row = plan.evaluate(each);
    if (row !== null) yield row;
  }
}

/** How often the engines of a service are asked anew when partitions move while they are asked. */
const ATTEMPTS_MAX = 10;
const RETRY_DELAY_MS = 200;
/** Made once: every query ends, and a reason of its own would cost as much as finding a row. */
const ENDED = new MillraceError('CLOSED', 'the query has ended');

/** Rows that are there to be read, and what ends the reading where it has not begun. */
type Found = { readonly rows: AsyncIterable<Row>; stop(): void };

/** The rows of a table wherever they are; resolves when all who hold some have said so. */
async function tableRows(plan: PullPlan, sql: string, session: Session, engine: EngineParts): Promise<Found> {
  for (let attempt = 1; ; attempt++) {
    const asking = new AbortController();
    const stop = (): void => asking.abort(ENDED);
    try {
      const running = await runningTable(plan.source, session, engine);
      const parts = await askForRows({ ...running, plan, sql, signal: asking.signal }, session, engine);
      return { rows: oneAfterTheOther(parts, stop), stop };
    } catch (thrown) {
      stop();
      const isPassing = thrown instanceof MillraceError && thrown.code === 'PARTITIONS_MOVED';
      if (!isPassing || attempt === ATTEMPTS_MAX) throw thrown;
      await new Promise<void>((resolve) => engine.clock.setTimer(RETRY_DELAY_MS, resolve));
    }
  }
}

async function* oneAfterTheOther(parts: readonly AsyncIterable<Row>[], onEnd: () => void): AsyncGenerator<Row> {
  try {
    for (const part of parts) yield* part;
  } finally {
    onEnd();
  }
}

async function* limited(rows: AsyncIterable<Row>, limit: number | null): AsyncGenerator<Row> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for await (const row of rows) {
    yield row;
    if (--left === 0) return;
  }
}

async function runningTable(source: DataSource, { signal }: Session, engine: EngineParts): Promise<RunningTable> {
  const writer = writerOf(source, engine);
  const run = writer === undefined ? undefined : engine.running.run(writer.id);
  const table = run?.materialization ?? null;
  if (run === undefined || table === null) throw notMaterialized(source.name);
  const { clock } = engine;
  const what = `Waiting for the query ${writer!.id}`;
  await waitFor(run.streams.waitFor('RUNNING'), { clock, timeoutMs: RUNNING_TIMEOUT_MS, what, signal });
  return { table, streams: run.streams, applicationId: run.applicationId };
}

/** The query that made the table, or that materialises a source table. */
function writerOf(source: DataSource, engine: EngineParts): CatalogQuery | undefined {
  const queries = [...engine.state().catalog.queries.values()];
  return queries.find(({ sink, createdSink, sources }) => {
    return sink === null ? source.readOnly && sources.includes(source.name) : createdSink && sink === source.name;
  });
}

async function* resultRows(
  { limit }: PullPlan,
  rows: AsyncIterable<Row>,
  convert: (row: Row) => ResultRow,
  onEnd: (ending: QueryEnding) => void,
): AsyncGenerator<ResultRow, undefined, undefined> {
  let count = 0;
  for await (const row of limited(rows, limit)) {
    count++;
    yield convert(row);
  }
  onEnd(limit !== null && count >= limit ? 'limit-reached' : 'completed');
}
