import type {
  FlushingStore,
  StateStore,
  TimestampedKeyValueStore,
  ValueAndTimestamp,
  VersionedKeyValueStore,
} from '../state/stores.ts';

/** What a put to a table's store did: the row is its latest now, or of the past, or was too old to keep. */
export type TablePut = 'latest' | 'past' | 'refused';

/** An unwindowed table's store, with or without history. */
export interface TableStore {
  get(key: unknown): ValueAndTimestamp<unknown> | null;
  put(key: unknown, value: unknown, timestamp: number): TablePut;
  /** Null for a versioned store, which has no cache. */
  readonly flushing: FlushingStore<unknown, ValueAndTimestamp<unknown>> | null;
}

class TimestampedTableStore implements TableStore {
  readonly flushing: FlushingStore<unknown, ValueAndTimestamp<unknown>>;
  readonly #store: TimestampedKeyValueStore<unknown, unknown>;

  constructor(store: TimestampedKeyValueStore<unknown, unknown>) {
    this.#store = store;
    this.flushing = store;
  }

  get(key: unknown): ValueAndTimestamp<unknown> | null {
    return this.#store.get(key);
  }

  put(key: unknown, value: unknown, timestamp: number): TablePut {
    this.#store.put(key, value === null ? null : { value, timestamp });
    return 'latest';
  }
}

class VersionedTableStore implements TableStore {
  readonly flushing = null;
  readonly #store: VersionedKeyValueStore<unknown, unknown>;

  constructor(store: VersionedKeyValueStore<unknown, unknown>) {
    this.#store = store;
  }

  get(key: unknown): ValueAndTimestamp<unknown> | null {
    return this.#store.get(key);
  }

  put(key: unknown, value: unknown, timestamp: number): TablePut {
    const put = this.#store.put(key, value, timestamp);
    if (put.kind === 'not-put') return 'refused';
    return put.validToMs === null ? 'latest' : 'past';
  }
}

export function tableStore(store: StateStore): TableStore {
  // A table's store is timestamped or versioned, as its spec says; only the latter answers for the past.
  return 'getAsOf' in store
    ? new VersionedTableStore(store as VersionedKeyValueStore<unknown, unknown>)
    : new TimestampedTableStore(store as TimestampedKeyValueStore<unknown, unknown>);
}
