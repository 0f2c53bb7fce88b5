import type { ValueAndTimestamp, VersionedRecord, Windowed } from '../state/stores.ts';
import type { LiveEvent, LiveOptions } from './live-query.ts';

/**
 * Read-only access to a store, from outside the topology: over all partitions that this instance holds, including
 * what is not committed yet. (Kafka Streams: interactive queries.) Which methods can be called depends on the kind of
 * the store; the others throw `INVALID_STATE_STORE`, as all do while the application is not `RUNNING`.
 */
export type StoreHandle<K, V> = {
  readonly name: string;
  /** The same store, with every value in it beside its timestamp: scans and windows included. */
  withTimestamps(): StoreHandle<K, ValueAndTimestamp<V>>;
  /** The value of a key, or null. A versioned store gives its latest version. */
  get(key: K): Promise<V | null>;
  /** The value of a key with its timestamp, from a timestamped store. */
  getWithTimestamp(key: K): Promise<ValueAndTimestamp<V> | null>;
  /** The version that is the latest, or that was valid at a time. */
  getVersion(key: K, asOfMs?: number): Promise<VersionedRecord<V> | null>;
  /** Keys from one to another, both inclusive (null is open): partition by partition, by key within each. */
  range(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]>;
  reverseRange(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]>;
  /** Everything: by key in key-value stores, by window in others; partition by partition. */
  all(): AsyncGenerator<readonly [K, V]>;
  /** How many rows there are, counted. */
  approximateNumEntries(): Promise<number>;
  /** The value of the window of `key` that starts exactly at `startMs`. */
  fetch(key: K, startMs: number): Promise<V | null>;
  /** Windows of `key` that start from one time to another, both inclusive, by start. */
  fetchRange(key: K, fromMs: number, toMs: number): AsyncGenerator<readonly [startMs: number, V]>;
  /** Windows of all keys that start from one time to another, both inclusive; by start and key in each partition. */
  fetchAll(fromMs: number, toMs: number): AsyncGenerator<readonly [Windowed<K>, V]>;
  /** All sessions of a key. */
  sessions(key: K): AsyncGenerator<readonly [Windowed<K>, V]>;
  /**
   * The table as it is and then each change of it, as they are committed: of all partitions, whichever instance has them. Keys
   * are as `all` gives them. Ends with `signal`, or when the loop is left.
   *
   * @throws MillraceError `INVALID_ARGUMENT` for a store without changelog
   */
  live(options?: LiveOptions): AsyncGenerator<LiveEvent<K, V>>;
};
