import type { QueryResult } from '../engine/query-result.ts';
import type { RequestOptions } from '../engine/request.ts';
import { statementFailed } from '../engine/statement-failed.ts';
import { parse } from '../syntax/parse.ts';
import type { Admitted } from './limits/query-limits.ts';
import { badRequest, queryError, RestError } from './rest-error.ts';
import type { ServerContext } from './server-context.ts';

/** A query whose rows are on their way to a client. */
export type OpenQuery = {
  readonly result: QueryResult;
  /** Counts a row that is sent. @throws RestError where it was too much */
  sent(bytes: number): void;
  /** The query failed while its rows were read. */
  failed(): void;
  /** Once: nobody reads it any more. */
  ended(): void;
};

/** Starts a query that ends with its reader, or with the server. @throws RestError, StatementFailedException */
export async function startQuery(sql: string, options: RequestOptions, context: ServerContext): Promise<OpenQuery> {
  if (sql.trim() === '') throw badRequest('"ksql" field must be populated');
  const { engine, openQueries, counters, clock } = context;
  const startMs = clock.monotonicMs();
  const admitted = admit(sql, context);
  try {
    const result = await engine.query(sql, options);
    const ofKind = counters[result.kind];
    ofKind.requests++;
    openQueries.add(result);
    const onEnd = (): void => {
      openQueries.remove(result);
      admitted?.end();
      ofKind.times.add(clock.monotonicMs() - startMs, clock.monotonicMs());
    };
    return openQuery(result, { admitted, onEnd }, context);
  } catch (thrown) {
    admitted?.end();
    const isPush = isPushQuery(sql);
    const ofKind = counters[isPush ? 'push' : 'pull'];
    ofKind.requests++;
    ofKind.errors++;
    throw queryError(thrown, isPush);
  }
}

function openQuery(
  result: QueryResult,
  { admitted, onEnd }: { admitted: Admitted | null; onEnd: () => void },
  { counters, limits }: ServerContext,
): OpenQuery {
  const ofKind = counters[result.kind];
  const isScalable = result.queryId.startsWith('SCALABLE_PUSH_QUERY_');
  return {
    result,
    sent(bytes) {
      ofKind.rows++;
      ofKind.responseBytes += bytes;
      admitted?.sent(bytes);
      if (isScalable) limits.sentToPush(bytes);
    },
    failed() {
      ofKind.errors++;
    },
    ended: onEnd,
  };
}

/** Null where nothing limits it. @throws RestError, StatementFailedException */
function admit(sql: string, { limits }: ServerContext): Admitted | null {
  if (!limits.limitsPulls || isPushQuery(sql)) return null;
  try {
    return limits.admitPull();
  } catch (thrown) {
    throw thrown instanceof RestError ? thrown : statementFailed(thrown, sql, []);
  }
}

function isPushQuery(sql: string): boolean {
  try {
    const statement = parse(sql)[0]?.build();
    return statement?.kind === 'query' && statement.emit !== null;
  } catch {
    // Told with the failure that brought us here.
    return false;
  }
}
