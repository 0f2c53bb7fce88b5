import { MillraceError } from '@millrace/base';
import type { KafkaStreams } from '@millrace/streams';
import type { CatalogQuery } from '../../catalog/catalog.ts';
import type { DataSource } from '../../catalog/data-source.ts';
import { numberSetting } from '../../lib/ksql-config.ts';
import type { Query } from '../../syntax/ast.ts';
import type { ResultRow } from '../../types/result-values.ts';
import { isWindowBound } from '../../types/schema.ts';
import type { Row } from '../../types/values.ts';
import { compileContext } from '../compile-query.ts';
import type { EngineParts } from '../engine-parts.ts';
import { askingAs, askPeer, linesOf } from '../peers/ask-peer.ts';
import { resultColumns, rowConverter } from '../plain-values.ts';
import type { QueryColumn, QueryEnding, QueryResult } from '../query-result.ts';
import type { PreparedStatement, Session } from '../request.ts';
import { statementContext } from '../statement-context.ts';
import { waitFor } from '../wait.ts';
import { copiesMayAnswer, readCopies, sharesOfCopies } from './copies.ts';
import type { Materialization } from './materialization.ts';
import { inputRow, type PullPlan, planPullQuery, type TableRow } from './pull-plan.ts';
import { notMaterialized } from './pull-query-rules.ts';
import { readStream } from './read-stream.ts';
import { readTable } from './read-table.ts';
import { rowLines } from './row-lines.ts';
import { ownShare, PULL_SHARE_PATH, type PullShareRequest, type Share, sharesOf } from './shares.ts';

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
      : { rows: evaluated(plan, streamRows(plan, queryId, session, engine)), stop: () => {} };
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
  { partitions, ofCopies }: Omit<PullShareRequest, 'sql' | 'properties'>,
  session: Session,
  engine: EngineParts,
): Promise<AsyncGenerator<string>> {
  const plan = planPullQuery(prepared, statementContext(session, engine), engine.logger);
  const { table, streams } = await runningTable(plan.source, session, engine);
  const found = ofCopies
    ? await readCopies(table, plan.access, streams, { partitions, ...ownSettings(session, engine) })
    : readTable(table, ownShare(table, plan.access, streams, partitions), streams);
  const { write } = rowLines(plan.columns);
  const rows = limited(evaluated(plan, inputRows(found)), plan.limit);
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

function streamRows(plan: PullPlan, queryId: string, session: Session, engine: EngineParts): AsyncIterable<Row> {
  const config = { ...engine.config, ...session.overrides };
  const { client } = engine;
  return readStream(plan.step, compileContext({ ...engine, queryId, config }), { client, signal: session.signal });
}

/** How often the engines of a service are asked anew when partitions move while they are asked. */
const ATTEMPTS_MAX = 10;
const RETRY_DELAY_MS = 200;
/** Of other engines, with all their rows. */
const FORWARDING_TIMEOUT = 'ksql.query.pull.forwarding.timeout.ms';
const FORWARDING_TIMEOUT_DEFAULT_MS = 20_000;

/** Rows that are there to be read, and what ends the reading where it has not begun. */
type Found = { readonly rows: AsyncIterable<Row>; stop(): void };

/** The rows of a table wherever they are; resolves when all who hold some have said so. */
async function tableRows(plan: PullPlan, sql: string, session: Session, engine: EngineParts): Promise<Found> {
  for (let attempt = 1; ; attempt++) {
    const asking = new AbortController();
    const stop = (): void => asking.abort();
    try {
      const { table, streams } = await runningTable(plan.source, session, engine);
      const { local, elsewhere } = sharesOf(table, plan.access, streams);
      const others = await askOthers(elsewhere, { plan, sql, table, streams, signal: asking.signal }, session, engine);
      const here = local === null ? [] : [evaluated(plan, inputRows(readTable(table, local, streams)))];
      return { rows: oneAfterTheOther([...here, ...others], stop), stop };
    } catch (thrown) {
      stop();
      const isPassing = thrown instanceof MillraceError && thrown.code === 'PARTITIONS_MOVED';
      if (!isPassing || attempt === ATTEMPTS_MAX) throw thrown;
      await new Promise<void>((resolve) => engine.clock.setTimer(RETRY_DELAY_MS, resolve));
    }
  }
}

type Asked = {
  readonly plan: PullPlan;
  readonly sql: string;
  readonly table: Materialization;
  readonly streams: KafkaStreams;
  readonly signal: AbortSignal;
};

async function askOthers(
  shares: readonly Share[],
  { plan, sql, table, streams, signal: asking }: Asked,
  session: Session,
  engine: EngineParts,
): Promise<readonly AsyncIterable<Row>[]> {
  if (shares.length === 0) return [];
  const { read } = rowLines(plan.columns);
  const { own, config } = ownSettings(session, engine);
  const timeoutMs = numberSetting(config, FORWARDING_TIMEOUT, FORWARDING_TIMEOUT_DEFAULT_MS);
  const signals = session.signal === undefined ? [asking] : [asking, session.signal];
  const options = askingAs(engine, { timeoutMs, signal: AbortSignal.any(signals) });
  const ask = async ({ server, partitions }: Share, ofCopies: boolean): Promise<AsyncIterable<Row>> => {
    const body: PullShareRequest = { sql, properties: session.overrides, partitions, ofCopies };
    return rowsOf(linesOf(await askPeer(server, { path: PULL_SHARE_PATH, body }, options), server), read);
  };
  const copiesOf = async (share: Share): Promise<AsyncIterable<Row>> => {
    if (share.server !== own) return ask(share, true);
    const { partitions } = share;
    return evaluated(plan, inputRows(await readCopies(table, plan.access, streams, { partitions, own, config })));
  };
  const answers = shares.map(async (share) => {
    try {
      return [await ask(share, false)];
    } catch (thrown) {
      const copies = copiesMayAnswer(thrown, config) ? sharesOfCopies(table, share, streams, own) : null;
      if (copies === null) throw thrown;
      return Promise.all(copies.map(copiesOf));
    }
  });
  return (await Promise.all(answers)).flat();
}

function ownSettings({ overrides }: Session, { config, advertised }: EngineParts) {
  return { own: advertised?.server ?? null, config: { ...config, ...overrides } };
}

async function* rowsOf(lines: AsyncIterable<string>, read: (line: string) => Row): AsyncGenerator<Row> {
  for await (const line of lines) yield read(line);
}

async function* oneAfterTheOther(parts: readonly AsyncIterable<Row>[], onEnd: () => void): AsyncGenerator<Row> {
  try {
    for (const part of parts) yield* part;
  } finally {
    onEnd();
  }
}

/** What the rows come to that the condition lets through. */
async function* evaluated(plan: PullPlan, input: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const each of input) {
    const row = plan.evaluate(each);
    if (row !== null) yield row;
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
