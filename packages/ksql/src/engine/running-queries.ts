import { type Closeable, type CloseOptions, describeError, type Logger } from '@millrace/base';
import type { PersistentQuery } from './engine-state.ts';
import type { QueryRun } from './query-run.ts';
import type { QueryState } from './results.ts';

const CLOSE_TIMEOUT_MS = 30_000;

type RunningQueriesOptions = {
  readonly logger: Logger;
  /** Makes a query ready to start. May throw: the query then is in error. */
  readonly open: (query: PersistentQuery) => QueryRun;
};

type Entry = { query: PersistentQuery; run: QueryRun | null };

/**
 * Makes what runs on this engine equal to what should run. It is told the whole of it each time, so that it matters not
 * whether one statement or a replayed thousand changed it: what came and went in between is never started.
 */
export class RunningQueries implements Closeable {
  readonly #options: RunningQueriesOptions;
  readonly #entries = new Map<string, Entry>();
  /** The moves that are being made, and those that wait for them: never more than one, as they make up for all. */
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #wanted: ReadonlyMap<string, PersistentQuery> = new Map();
  #isClosed = false;

  constructor(options: RunningQueriesOptions) {
    this.#options = options;
  }

  /** Resolves when these queries, or later ones, run. A query that fails to start is in error; others go on. */
  follow(queries: ReadonlyMap<string, PersistentQuery>): Promise<void> {
    this.#wanted = queries;
    this.#next ??= this.#current.then(() => {
      this.#next = null;
      return this.#reconcile();
    });
    this.#current = this.#next;
    return this.#next;
  }

  /** The run of a query on this engine; undefined where it could not be started. */
  run(id: string): QueryRun | undefined {
    return this.#entries.get(id)?.run ?? undefined;
  }

  state(id: string): QueryState {
    const entry = this.#entries.get(id);
    if (entry === undefined) return 'RUNNING';
    if (entry.run === null || entry.run.hasFailed) return 'ERROR';
    return entry.query.paused ? 'PAUSED' : 'RUNNING';
  }

  /** Stops all queries and keeps their state: the next engine goes on with them. */
  close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    this.#isClosed = true;
    return this.#current.then(async () => {
      const runs = [...this.#entries.values()].map(({ run }) => run?.close({ timeoutMs }));
      this.#entries.clear();
      await Promise.allSettled(runs);
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #reconcile(): Promise<void> {
    if (this.#isClosed) return;
    const wanted = this.#wanted;
    const ending = [...this.#entries].filter(([id, { query }]) => wanted.get(id)?.plan !== query.plan);
    await Promise.all(ending.map(([id]) => this.#end(id, { forGood: !wanted.has(id) })));
    await Promise.all([...wanted.values()].map((query) => this.#bringTo(query)));
  }

  async #end(id: string, { forGood }: { readonly forGood: boolean }): Promise<void> {
    const { run } = this.#entries.get(id)!;
    this.#entries.delete(id);
    try {
      await run?.close({ timeoutMs: CLOSE_TIMEOUT_MS });
      if (forGood) await run?.cleanUp();
    } catch (thrown) {
      this.#options.logger.warn('A query did not end cleanly', { query: id, error: describeError(thrown) });
    }
  }

  async #bringTo(query: PersistentQuery): Promise<void> {
    const entry = this.#entries.get(query.id);
    if (entry === undefined) return this.#start(query);
    if (entry.query.paused !== query.paused) {
      if (query.paused) entry.run?.pause();
      else entry.run?.resume();
    }
    entry.query = query;
  }

  async #start(query: PersistentQuery): Promise<void> {
    const entry: Entry = { query, run: null };
    this.#entries.set(query.id, entry);
    try {
      const run = this.#options.open(query);
      entry.run = run;
      if (query.paused) run.pause();
      await run.start();
    } catch (thrown) {
      await entry.run?.close({ timeoutMs: CLOSE_TIMEOUT_MS }).catch(() => {});
      entry.run = null;
      this.#options.logger.error('A query failed to start', { query: query.id, error: describeError(thrown) });
    }
  }
}
