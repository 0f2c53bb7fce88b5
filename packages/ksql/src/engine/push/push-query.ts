import { describeError, MillraceError } from '@millrace/base';
import { planTransientQuery } from '../../steps/plan-statement.ts';
import type { Step } from '../../steps/steps.ts';
import type { Query } from '../../syntax/ast.ts';
import type { ResultColumn, ResultRow } from '../../types/result-values.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { Row } from '../../types/values.ts';
import { compileQuery } from '../compile-query.ts';
import type { EngineParts } from '../engine-parts.ts';
import { resultColumns, rowConverter } from '../plain-values.ts';
import { refuseStarAmongOthers } from '../pull/pull-query-rules.ts';
import type { QueryColumn, QueryEnding, QueryResult } from '../query-result.ts';
import { QueryRun, transientApplicationId } from '../query-run.ts';
import type { PreparedStatement, Session } from '../request.ts';
import { statementContext } from '../statement-context.ts';
import { sourceTopics } from '../statement-topics.ts';
import { aborted, waitFor } from '../wait.ts';
import { RowBuffer } from './row-buffer.ts';
import { tapRows } from './row-tap.ts';
import { asStream, isScalable } from './scalable.ts';

/** Rows that wait for their reader before the query stops reading. */
const ROWS_WAITING_MAX = 1_000;
const CLOSE_TIMEOUT_MS = 10_000;
/** How long a query may take to join its group and to restore what it reads. */
const RUNNING_TIMEOUT_MS = 30_000;

/** Runs a SELECT … EMIT CHANGES, from the latest records on unless told otherwise. */
export async function startPushQuery(
  { text, statement }: PreparedStatement<Query>,
  session: Session,
  engine: EngineParts,
): Promise<QueryResult> {
  const { signal } = session;
  if (signal?.aborted) throw aborted('The push query', signal.reason);
  const topics = await sourceTopics(statement, engine.state().catalog, engine.topics, session);
  const context = statementContext(session, engine, { topics });
  const scalable = isScalable(statement, context.catalog, context.config);
  if (scalable) refuseStarAmongOthers(statement, 'Scalable push');
  const plan = planTransientQuery(statement, text, context);
  const { source } = statement.from.first;
  const query = new PushQuery(
    {
      queryId: engine.transient.newId(source, { isScalable: scalable }),
      statement: text,
      step: scalable ? asStream(plan.step) : plan.step,
      columns: plan.root.schema.value,
      limit: statement.limit,
      session,
    },
    engine,
  );
  await query.start();
  return query;
}

type PushQueryOptions = {
  readonly queryId: string;
  readonly statement: string;
  readonly step: Step;
  readonly columns: readonly SimpleColumn[];
  readonly limit: number | null;
  readonly session: Session;
};

/**
 * A query of its own for one reader. It ends at its LIMIT, when the reader leaves, with a failure, and with the engine, and
 * leaves nothing behind: neither here nor on the brokers.
 */
class PushQuery implements QueryResult {
  readonly kind = 'push';
  readonly queryId: string;
  readonly statement: string;
  readonly schema: readonly ResultColumn[];
  readonly columns: readonly QueryColumn[];
  readonly rows: RowBuffer<ResultRow>;
  readonly #engine: EngineParts;
  readonly #run: QueryRun;
  readonly #signal: AbortSignal | undefined;
  readonly #convert: (row: Row) => ResultRow;
  readonly #deletions = new WeakSet<ResultRow>();
  readonly #onAbort = (): void => void this.close();
  #left: number;

  constructor(options: PushQueryOptions, engine: EngineParts) {
    const { queryId, statement, step, columns, limit, session } = options;
    this.queryId = queryId;
    this.statement = statement;
    this.schema = resultColumns(columns);
    this.columns = columns.map(({ name, type }) => ({ name, type, isKey: false }));
    this.#engine = engine;
    this.#signal = session.signal;
    this.#convert = rowConverter(columns.map(({ type }) => type));
    this.#left = limit ?? Number.POSITIVE_INFINITY;
    const config = { ...engine.config, ...session.overrides };
    const attach = (results: Parameters<typeof tapRows>[0]): void =>
      tapRows(results, (row, isDeletion) => this.#take(row, isDeletion));
    const { topology } = compileQuery({ ...engine, queryId, config, steps: step, attach });
    const applicationId = transientApplicationId(engine.serviceId, queryId);
    const onFailure = (failure: unknown): void => this.rows.end(queryFailed(queryId, failure));
    this.#run = new QueryRun({ applicationId, topology, materialization: null, config, onFailure }, engine);
    this.rows = new RowBuffer<ResultRow>({
      rowsMax: ROWS_WAITING_MAX,
      onFull: () => this.#run.pause(),
      onRoom: () => this.#run.resume(),
      onDone: () => this.#end(),
    });
  }

  async start(): Promise<void> {
    this.#engine.transient.add(this);
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (this.#left <= 0) {
      this.rows.end();
      return;
    }
    try {
      await this.#run.start();
      await this.#positioned();
    } catch (thrown) {
      await this.#end();
      throw thrown;
    }
  }

  async close(): Promise<void> {
    await this.rows.return();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Who has the query in hand gets every row that is made from then on: it knows its place in its topics by now. */
  async #positioned(): Promise<void> {
    const { clock } = this.#engine;
    const what = `Waiting for the query ${this.queryId}`;
    const running = this.#run.streams.waitFor('RUNNING');
    try {
      await waitFor(running, { clock, timeoutMs: RUNNING_TIMEOUT_MS, what, signal: this.#signal });
    } catch (thrown) {
      // One task may have made all the rows that are wanted, and so ended the query, before the others run.
      if (this.#left > 0) throw thrown;
    }
  }

  get ending(): QueryEnding | null {
    return this.#left <= 0 ? 'limit-reached' : null;
  }

  isDeletion(row: ResultRow): boolean {
    return this.#deletions.has(row);
  }

  #take(row: Row, isDeletion: boolean): void {
    if (this.#left <= 0) return;
    const result = this.#convert(row);
    if (isDeletion) this.#deletions.add(result);
    this.rows.push(result);
    if (--this.#left === 0) this.rows.end();
  }

  async #end(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#engine.transient.remove(this.queryId);
    try {
      await this.#run.close({ timeoutMs: CLOSE_TIMEOUT_MS });
      await this.#run.cleanUp();
    } catch (thrown) {
      const error = describeError(thrown);
      this.#engine.logger.warn('A push query left something behind', { query: this.queryId, error });
    }
  }
}

function queryFailed(queryId: string, failure: unknown): MillraceError {
  if (failure instanceof MillraceError) return failure;
  return new MillraceError('QUERY_FAILED', `The query ${queryId} failed: ${describeError(failure)}`, {
    cause: failure,
  });
}
