import { StreamsError } from '../errors.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { ValueAndTimestamp, VersionedRecord, Windowed } from '../state/stores.ts';
import type { PartitionAnswer } from './answer-question.ts';
import type { LiveEvent, LiveOptions } from './live-query.ts';
import type { QueryFailure } from './query-result.ts';
import {
  countQuery,
  keyQuery,
  type Query,
  type QueryRows,
  rangeQuery,
  type StateQuery,
  sessionKeyQuery,
  timestampedKeyQuery,
  timestampedRangeQuery,
  versionedKeyQuery,
  windowKeyQuery,
  windowRangeQuery,
} from './state-query.ts';
import type { StoreHandle } from './store-handle.ts';
import { isTimestamped, wrongKind } from './store-kinds.ts';

/** Asks all partitions of this instance, all of them now. @throws MillraceError `INVALID_STATE_STORE` */
export type AskStore = (
  query: StateQuery,
  options: { readonly firstOnly: boolean },
) => Promise<readonly PartitionAnswer[]>;

/** What a handle stands on. */
export type StoreAccess = {
  readonly ask: AskStore;
  /** @throws MillraceError `INVALID_ARGUMENT` for a store without changelog */
  live<K, V>(options: LiveOptions): AsyncGenerator<LiveEvent<K, V>>;
};

/** A store as a list of methods, each of which is a query. */
export class QueriedStoreHandle<K, V> implements StoreHandle<K, V> {
  readonly name: string;
  readonly #spec: StoreSpec;
  readonly #access: StoreAccess;
  readonly #keepsTimestamps: boolean;

  constructor(
    spec: StoreSpec,
    access: StoreAccess,
    { keepsTimestamps = false }: { readonly keepsTimestamps?: boolean } = {},
  ) {
    this.name = spec.name;
    this.#spec = spec;
    this.#access = access;
    this.#keepsTimestamps = keepsTimestamps;
  }

  withTimestamps(): StoreHandle<K, ValueAndTimestamp<V>> {
    if (!isTimestamped(this.#spec)) throw wrongKind(this.#spec, 'timestamped');
    return new QueriedStoreHandle(this.#spec, this.#access, { keepsTimestamps: true });
  }

  async get(key: K): Promise<V | null> {
    if (this.#spec.kind === 'versioned') return (await this.getVersion(key))?.value ?? null;
    return await this.#first<V>(this.#keepsTimestamps ? timestampedKeyQuery(key) : keyQuery(key));
  }

  getWithTimestamp(key: K): Promise<ValueAndTimestamp<V> | null> {
    return this.#first<ValueAndTimestamp<V>>(timestampedKeyQuery(key));
  }

  getVersion(key: K, asOfMs?: number): Promise<VersionedRecord<V> | null> {
    return this.#first<VersionedRecord<V>>(versionedKeyQuery(key, { asOfMs: asOfMs ?? null }));
  }

  range(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#range({ from, to, order: 'ascending' });
  }

  reverseRange(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#range({ from, to, order: 'descending' });
  }

  all(): AsyncGenerator<readonly [K, V]> {
    if (this.#spec.kind !== 'window') return this.range(null, null);
    // The keys of a store of windows are windows.
    return this.fetchAll(0, Number.MAX_SAFE_INTEGER) as AsyncGenerator<readonly [unknown, V]> as AsyncGenerator<
      readonly [K, V]
    >;
  }

  async approximateNumEntries(): Promise<number> {
    const counts = await this.#results<number>(countQuery());
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async fetch(key: K, startMs: number): Promise<V | null> {
    for await (const [, value] of this.fetchRange(key, startMs, startMs)) return value;
    return null;
  }

  fetchRange(key: K, fromMs: number, toMs: number): AsyncGenerator<readonly [number, V]> {
    return this.#rows(this.#withTimestamps(windowKeyQuery<K, V>(key, { fromMs, toMs })));
  }

  fetchAll(fromMs: number, toMs: number): AsyncGenerator<readonly [Windowed<K>, V]> {
    return this.#rows(this.#withTimestamps(windowRangeQuery<K, V>({ fromMs, toMs })));
  }

  sessions(key: K): AsyncGenerator<readonly [Windowed<K>, V]> {
    return this.#rows(sessionKeyQuery<K, V>(key));
  }

  live(options: LiveOptions = {}): AsyncGenerator<LiveEvent<K, V>> {
    return this.#access.live(options);
  }

  #range({
    from,
    to,
    order,
  }: {
    from: K | null;
    to: K | null;
    order: 'ascending' | 'descending';
  }): AsyncGenerator<readonly [K, V]> {
    const range = { ...(from === null ? {} : { lower: from }), ...(to === null ? {} : { upper: to }), order };
    const query = this.#keepsTimestamps ? timestampedRangeQuery<K, V>(range) : rangeQuery<K, V>(range);
    return this.#rows(query as Query<QueryRows<readonly [K, V]>>);
  }

  #withTimestamps<Q extends { readonly withTimestamps: boolean }>(query: Q): Q {
    return { ...query, withTimestamps: this.#keepsTimestamps };
  }

  async #first<R>(query: StateQuery): Promise<R | null> {
    const results = await this.#results<R | null>(query, { firstOnly: true });
    return results.find((result) => result !== null) ?? null;
  }

  /** Of all partitions; one that does not answer takes the answer of the others with it. */
  async #results<R>(query: StateQuery, options = { firstOnly: false }): Promise<readonly R[]> {
    const results: R[] = [];
    let refused: QueryFailure | null = null;
    for (const { outcome } of await this.#access.ask(query, options)) {
      if (outcome.kind === 'success') results.push(outcome.result as R);
      // Where running tasks are asked for, all of them answer: what is not active is a copy, which has no say.
      else if (outcome.reason !== 'NOT_ACTIVE') refused ??= outcome;
    }
    if (refused === null) return results;
    await closeAll(results);
    const retriable = refused.reason !== 'UNKNOWN_QUERY_TYPE' && refused.reason !== 'STORE_EXCEPTION';
    throw new StreamsError('INVALID_STATE_STORE', refused.message, { retriable });
  }

  /** All partitions are opened before the first row is given out: the answer is as of one moment. */
  async *#rows<Row>(query: Query<QueryRows<Row>>): AsyncGenerator<Row> {
    const parts = await this.#results<QueryRows<Row>>(query);
    try {
      for (const rows of parts) yield* rows;
    } finally {
      await closeAll(parts);
    }
  }
}

async function closeAll(results: readonly unknown[]): Promise<void> {
  for (const result of results) {
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
      await (result as QueryRows<unknown>).return?.();
    }
  }
}
