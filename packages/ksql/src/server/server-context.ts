import type { Clock, Logger } from '@millrace/base';
import type { KsqlEngine } from '../engine/ksql-engine.ts';
import type { QueryResult } from '../engine/query-result.ts';
import type { QueryLimits } from './limits/query-limits.ts';
import type { ServerCounters } from './metrics/server-counters.ts';

/** What the routes share. */
export type ServerContext = {
  readonly engine: KsqlEngine;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly openQueries: OpenQueries;
  readonly counters: ServerCounters;
  readonly limits: QueryLimits;
};

/** The queries whose rows are being sent, by id: `/close-query` ends them, and so does the end of the server. */
export class OpenQueries {
  readonly #queries = new Map<string, QueryResult>();
  #isClosed = false;

  /** A query that comes when the server is ending ends at once. */
  add(result: QueryResult): void {
    this.#queries.set(result.queryId, result);
    if (this.#isClosed) void result.close();
  }

  remove(result: QueryResult): void {
    if (this.#queries.get(result.queryId) === result) this.#queries.delete(result.queryId);
  }

  find(queryId: string): QueryResult | undefined {
    return this.#queries.get(queryId);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#queries.values()].map((query) => query.close()));
  }
}
