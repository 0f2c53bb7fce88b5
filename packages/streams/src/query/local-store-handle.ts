import { StreamsError } from '../errors.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type {
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyWindowStore,
  StateStore,
  ValueAndTimestamp,
  VersionedKeyValueStore,
  VersionedRecord,
  Windowed,
} from '../state/stores.ts';
import type { StoreHandle } from './store-handle.ts';
import { isTimestamped, wrongKind } from './store-kinds.ts';

/** The partitions of one store that this instance holds, as of the moment of asking. */
export type LocalPartitions = {
  /** @throws MillraceError `INVALID_STATE_STORE` (retriable) while tasks are being shared out. */
  stores(): readonly StateStore[];
  /** Whether these are still the partitions: rows of one that moved away must not pass as all there are. */
  areCurrent(stores: readonly StateStore[]): boolean;
};

/** A store of which all partitions of this instance are in this thread. */
export class LocalStoreHandle<K, V> implements StoreHandle<K, V> {
  readonly name: string;
  readonly #spec: StoreSpec;
  readonly #partitions: LocalPartitions;
  readonly #keepsTimestamps: boolean;

  constructor(spec: StoreSpec, partitions: LocalPartitions, options: { readonly keepsTimestamps?: boolean } = {}) {
    this.name = spec.name;
    this.#spec = spec;
    this.#partitions = partitions;
    this.#keepsTimestamps = options.keepsTimestamps ?? false;
  }

  withTimestamps(): StoreHandle<K, ValueAndTimestamp<V>> {
    if (!isTimestamped(this.#spec)) throw wrongKind(this.#spec, 'timestamped');
    return new LocalStoreHandle(this.#spec, this.#partitions, { keepsTimestamps: true });
  }

  async get(key: K): Promise<V | null> {
    if (this.#spec.kind === 'versioned') return (await this.getVersion(key))?.value ?? null;
    return this.#plain(this.#first((store) => this.#keyValue(store).get(key)));
  }

  async getWithTimestamp(key: K): Promise<ValueAndTimestamp<V> | null> {
    if (!isTimestamped(this.#spec)) throw wrongKind(this.#spec, 'timestamped key-value');
    return this.#first((store) => this.#keyValue(store).get(key)) as ValueAndTimestamp<V> | null;
  }

  async getVersion(key: K, asOfMs?: number): Promise<VersionedRecord<V> | null> {
    if (this.#spec.kind !== 'versioned') throw wrongKind(this.#spec, 'versioned');
    return this.#first((store) => {
      const versioned = store as VersionedKeyValueStore<K, V>;
      return asOfMs === undefined ? versioned.get(key) : versioned.getAsOf(key, asOfMs);
    });
  }

  range(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#all((store) => this.#keyValue(store).range(from, to));
  }

  reverseRange(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#all((store) => this.#keyValue(store).reverseRange(from, to));
  }

  all(): AsyncGenerator<readonly [K, V]>;
  all(): AsyncGenerator<readonly [unknown, V]> {
    if (this.#spec.kind === 'window') return this.#all((store) => this.#window(store).all());
    return this.#all((store) => this.#keyValue(store).all());
  }

  async approximateNumEntries(): Promise<number> {
    return this.#partitions.stores().reduce((sum, store) => sum + this.#keyValue(store).approximateNumEntries(), 0);
  }

  async fetch(key: K, startMs: number): Promise<V | null> {
    return this.#plain(this.#first((store) => this.#window(store).fetch(key, startMs)));
  }

  fetchRange(key: K, fromMs: number, toMs: number): AsyncGenerator<readonly [startMs: number, V]> {
    return this.#all((store) => this.#window(store).fetchRange(key, fromMs, toMs));
  }

  fetchAll(fromMs: number, toMs: number): AsyncGenerator<readonly [Windowed<K>, V]> {
    return this.#all((store) => this.#window(store).fetchAll(fromMs, toMs));
  }

  sessions(key: K): AsyncGenerator<readonly [Windowed<K>, V]> {
    if (this.#spec.kind !== 'session') throw wrongKind(this.#spec, 'session');
    return this.#all((store) => (store as ReadOnlySessionStore<K, V>).fetch(key));
  }

  #first<T>(read: (store: StateStore) => T | null): T | null {
    for (const store of this.#partitions.stores()) {
      const found = read(store);
      if (found !== null) return found;
    }
    return null;
  }

  async *#all<Key>(scan: (store: StateStore) => Iterable<readonly [Key, unknown]>): AsyncGenerator<readonly [Key, V]> {
    const stores = this.#partitions.stores();
    // All are opened before the first row is given out: the answer is as of one moment.
    const scans = stores.map(scan);
    for (const rows of scans) {
      for (const [key, value] of rows) yield [key, this.#plain(value) as V];
    }
    if (this.#partitions.areCurrent(stores)) return;
    throw new StreamsError('INVALID_STATE_STORE', `partitions of store ${this.name} moved away while it was read`, {
      retriable: true,
    });
  }

  #plain(value: unknown): V | null {
    if (value === null || this.#keepsTimestamps || !isTimestamped(this.#spec)) return value as V | null;
    return (value as ValueAndTimestamp<V>).value;
  }

  #keyValue(store: StateStore): ReadOnlyKeyValueStore<K, unknown> {
    if (this.#spec.kind !== 'key-value') throw wrongKind(this.#spec, 'key-value');
    return store as ReadOnlyKeyValueStore<K, unknown>;
  }

  #window(store: StateStore): ReadOnlyWindowStore<K, unknown> {
    if (this.#spec.kind !== 'window') throw wrongKind(this.#spec, 'window');
    return store as ReadOnlyWindowStore<K, unknown>;
  }
}
