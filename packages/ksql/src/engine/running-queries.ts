import { type Clock, type Closeable, type CloseOptions, describeError, type Logger, type Timer } from '@millrace/base';
import type { BackOff } from './back-off.ts';
import type { PersistentQuery } from './engine-state.ts';
import { type QueryError, type QueryErrorType, queryError } from './query-errors.ts';
import type { QueryRun } from './query-run.ts';
import type { QueryState } from './results.ts';

const CLOSE_TIMEOUT_MS = 30_000;
/** Of one query; ksqlDB's `ksql.query.error.max.queue.size`. */
const ERRORS_MAX = 10;

type RunningQueriesOptions = {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly backOff: BackOff;
  readonly classify: (thrown: unknown) => QueryErrorType;
  /** Makes a query ready to start, and calls `onFailure` when it ends by one. May throw: the query then has failed. */
  readonly open: (query: PersistentQuery, onFailure: (failure: unknown) => void) => QueryRun;
};

type Entry = {
  query: PersistentQuery;
  run: QueryRun | null;
  /** The last ones, oldest first. */
  errors: readonly QueryError[];
  /** In a row: none since it last ran for longer than the longest back-off. */
  failures: number;
  restarts: number;
  startedMs: number;
  retry: Timer | null;
};

/**
 * Makes what runs on this engine equal to what should run. It is told the whole of it each time, so that it matters not
 * whether one statement or a replayed thousand changed it: what came and went in between is never started. A query that
 * fails is in error, and is started again after a while, with the state and offsets that it had.
 */
export class RunningQueries implements Closeable {
  readonly #options: RunningQueriesOptions;
  readonly #entries = new Map<string, Entry>();
  /** The moves that are being made, and those that wait for them: never more than one, as they make up for all. */
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #wanted: ReadonlyMap<string, PersistentQuery> = new Map();
  #isClosed = false;
  #staysStopped = false;

  constructor(options: RunningQueriesOptions) {
    this.#options = options;
  }

  /** Resolves when these queries, or later ones, run. A query that fails to start is in error; others go on. */
  follow(queries: ReadonlyMap<string, PersistentQuery>): Promise<void> {
    this.#wanted = queries;
    if (this.#next !== null) return this.#next;
    this.#next = this.#inTurn(() => {
      this.#next = null;
      return this.#reconcile();
    });
    return this.#next;
  }

  /** Nothing runs, and what should is in error. */
  stayStopped(): void {
    this.#staysStopped = true;
  }

  /** The run of a query on this engine; undefined where it could not be started. */
  run(id: string): QueryRun | undefined {
    return this.#entries.get(id)?.run ?? undefined;
  }

  state(id: string): QueryState {
    const entry = this.#entries.get(id);
    if (entry === undefined) return this.#staysStopped ? 'ERROR' : 'RUNNING';
    if (entry.run === null || entry.run.hasFailed) return 'ERROR';
    return entry.query.paused ? 'PAUSED' : 'RUNNING';
  }

  /** Why a query failed, the last times. */
  errors(id: string): readonly QueryError[] {
    return this.#entries.get(id)?.errors ?? [];
  }

  /** How often a failed query was started again. */
  restarts(id: string): number {
    return this.#entries.get(id)?.restarts ?? 0;
  }

  /** Stops all queries and keeps their state: the next engine goes on with them. */
  close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    this.#isClosed = true;
    return this.#inTurn(async () => {
      const entries = [...this.#entries.values()];
      this.#entries.clear();
      for (const { retry } of entries) retry?.clear();
      await Promise.allSettled(entries.map(({ run }) => run?.close({ timeoutMs })));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #inTurn(move: () => Promise<void>): Promise<void> {
    this.#current = this.#current.then(move);
    return this.#current;
  }

  async #reconcile(): Promise<void> {
    if (this.#isClosed) return;
    const wanted = this.#wanted;
    const ending = [...this.#entries].filter(([id, { query }]) => wanted.get(id)?.plan !== query.plan);
    await Promise.all(ending.map(([id]) => this.#end(id, { forGood: !wanted.has(id) })));
    await Promise.all([...wanted.values()].map((query) => this.#bringTo(query)));
  }

  async #end(id: string, { forGood }: { readonly forGood: boolean }): Promise<void> {
    const { run, retry } = this.#entries.get(id)!;
    this.#entries.delete(id);
    retry?.clear();
    try {
      await run?.close({ timeoutMs: CLOSE_TIMEOUT_MS });
      if (forGood) await run?.cleanUp();
    } catch (thrown) {
      this.#options.logger.warn('A query did not end cleanly', { query: id, error: describeError(thrown) });
    }
  }

  async #bringTo(query: PersistentQuery): Promise<void> {
    const entry = this.#entries.get(query.id);
    if (entry === undefined) {
      const created: Entry = { query, run: null, errors: [], failures: 0, restarts: 0, startedMs: 0, retry: null };
      this.#entries.set(query.id, created);
      return this.#start(created);
    }
    if (entry.query.paused !== query.paused) {
      if (query.paused) entry.run?.pause();
      else entry.run?.resume();
    }
    entry.query = query;
  }

  async #start(entry: Entry): Promise<void> {
    const { open, clock } = this.#options;
    let run: QueryRun | null = null;
    try {
      run = open(entry.query, (failure) => this.#failed(entry, run, failure));
      entry.run = run;
      entry.startedMs = clock.monotonicMs();
      if (entry.query.paused) run.pause();
      await run.start();
    } catch (thrown) {
      await run?.close({ timeoutMs: CLOSE_TIMEOUT_MS }).catch(() => {});
      this.#failed(entry, run, thrown);
      entry.run = null;
    }
  }

  /** Notes why, and sets the time of the next attempt. Of a run that was given up already nothing is heard. */
  #failed(entry: Entry, run: QueryRun | null, failure: unknown): void {
    const { logger, clock, backOff, classify } = this.#options;
    const { id } = entry.query;
    if (this.#isClosed || this.#entries.get(id) !== entry || entry.run !== run || entry.retry !== null) return;
    const ranMs = entry.run === null ? 0 : clock.monotonicMs() - entry.startedMs;
    entry.failures = ranMs > backOff.maxMs ? 1 : entry.failures + 1;
    const error = queryError(failure, clock.wallMs(), classify);
    entry.errors = [...entry.errors, error].slice(-ERRORS_MAX);
    const delayMs = backOff.delayMs(entry.failures);
    logger.error('A query failed', { query: id, error: error.errorMessage, type: error.type, retryInMs: delayMs });
    entry.retry = clock.setTimer(delayMs, () => {
      entry.retry = null;
      void this.#inTurn(() => this.#restart(entry));
    });
  }

  async #restart(entry: Entry): Promise<void> {
    const { id } = entry.query;
    if (this.#isClosed || this.#entries.get(id) !== entry) return;
    const { run } = entry;
    entry.run = null;
    entry.restarts++;
    await run?.close({ timeoutMs: CLOSE_TIMEOUT_MS }).catch(() => {});
    this.#options.logger.info('Starting a failed query again', { query: id, failures: entry.failures });
    await this.#start(entry);
  }
}
