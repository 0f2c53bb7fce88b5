import { type CloseOptions, describeError, MillraceError } from '@millrace/base';
import { planTransientQuery } from '../../steps/plan-statement.ts';
import type { Query } from '../../syntax/ast.ts';
import type { Row } from '../../types/values.ts';
import { compileQuery } from '../compile-query.ts';
import type { EngineParts } from '../engine-parts.ts';
import { type ResultRow, resultColumns, rowConverter } from '../plain-values.ts';
import type { QueryResult } from '../query-result.ts';
import { QueryRun, transientApplicationId } from '../query-run.ts';
import type { PreparedStatement, Session } from '../request.ts';
import { sourceTopics } from '../statement-topics.ts';
import { aborted } from '../wait.ts';
import { RowBuffer } from './row-buffer.ts';
import { tapRows } from './row-tap.ts';

/** Rows that wait for their reader before the query stops reading. */
const ROWS_WAITING_MAX = 1_000;
const CLOSE_TIMEOUT_MS = 10_000;

/**
 * Runs a SELECT … EMIT CHANGES: a query of its own for one reader, from the latest records on unless told otherwise. It
 * ends at its LIMIT, when the reader leaves, and with the engine, and leaves nothing behind.
 */
export async function startPushQuery(
  { text, statement }: PreparedStatement<Query>,
  session: Session,
  engine: EngineParts,
): Promise<QueryResult> {
  if (session.signal?.aborted) throw aborted('The push query', session.signal.reason);
  const queryId = engine.transient.newId(statement.from.first.source);
  const config = { ...engine.config, ...session.overrides };
  const { catalog } = engine.state();
  const sources = await sourceTopics(statement, catalog, engine.topics, session);
  const plan = planTransientQuery(statement, text, {
    catalog,
    functions: engine.functions,
    config,
    partitionsOf: (topic) => sources.get(topic)?.partitions,
    queryNumber: 0,
  });
  const columns = plan.root.schema.value;
  const convert = rowConverter(columns.map(({ type }) => type));

  let left = statement.limit ?? Number.POSITIVE_INFINITY;
  const onRow = (row: Row): void => {
    if (left <= 0) return;
    buffer.push(convert(row));
    if (--left === 0) buffer.end();
  };
  const { topology } = compileQuery({
    ...engine,
    queryId,
    config,
    steps: plan.step,
    attach: (results) => tapRows(results, onRow),
  });
  const applicationId = transientApplicationId(engine.serviceId, queryId);
  const onFailure = (failure: unknown): void => buffer.end(queryFailed(queryId, failure));
  const run = new QueryRun({ applicationId, topology, materialization: null, config, onFailure }, engine);
  const onAbort = (): void => void close();
  const end = async (options: CloseOptions = {}): Promise<void> => {
    session.signal?.removeEventListener('abort', onAbort);
    engine.transient.remove(queryId);
    await run.close({ timeoutMs: CLOSE_TIMEOUT_MS, ...options });
    await run.cleanUp().catch((thrown: unknown) => {
      engine.logger.warn('A push query left something behind', { query: queryId, error: describeError(thrown) });
    });
  };
  const buffer = new RowBuffer<ResultRow>({
    rowsMax: ROWS_WAITING_MAX,
    onFull: () => run.pause(),
    onRoom: () => run.resume(),
    onDone: () => end(),
  });
  const close = async (): Promise<void> => void (await buffer.return());
  engine.transient.add({ id: queryId, statement: text, close, [Symbol.asyncDispose]: close });
  session.signal?.addEventListener('abort', onAbort, { once: true });
  if (left <= 0) buffer.end();
  else await startOrEnd(run, end);
  const schema = resultColumns(columns);
  return { kind: 'push', queryId, schema, rows: buffer, close, [Symbol.asyncDispose]: close };
}

async function startOrEnd(run: QueryRun, end: () => Promise<void>): Promise<void> {
  try {
    await run.start();
  } catch (thrown) {
    await end();
    throw thrown;
  }
}

function queryFailed(queryId: string, failure: unknown): MillraceError {
  if (failure instanceof MillraceError) return failure;
  return new MillraceError('QUERY_FAILED', `The query ${queryId} failed: ${describeError(failure)}`, {
    cause: failure,
  });
}
