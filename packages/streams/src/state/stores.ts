import type { Windowed } from '../serdes/windowed.ts';

/**
 * The stores as operators and user code see them, with the semantics of Kafka Streams' interfaces of the same names.
 * Everything is synchronous. Iterators see the store as of their creation and may be left early (`return()`); order is
 * the byte order of the serialised key.
 */

export type { Window, Windowed } from '../serdes/windowed.ts';

export type ValueAndTimestamp<V> = { readonly value: V; readonly timestamp: number };

export interface StateStore {
  readonly name: string;
  /** Whether the store's data outlives the process. */
  readonly persistent: boolean;
}

/**
 * What a record cache does when it lets go of a key: the value now, and, if asked for, the value before the first
 * change it held back. The context is that of the last change of the key while the listener runs.
 */
export type FlushListener<K, V> = (key: K, newValue: V | null, oldValue: V | null) => void;

/** Every built store has it; the operator that writes the store calls it once, before the first record. */
export interface FlushingStore<K, V> {
  /** Whether the store has a record cache: then changes are forwarded by the listener alone. */
  setFlushListener(listener: FlushListener<K, V>, sendOldValues: boolean): boolean;
}

export interface ReadOnlyKeyValueStore<K, V> extends StateStore {
  get(key: K): V | null;
  /** From `from` to `to`, both inclusive, null is open. */
  range(from: K | null, to: K | null): IterableIterator<readonly [K, V]>;
  reverseRange(from: K | null, to: K | null): IterableIterator<readonly [K, V]>;
  all(): IterableIterator<readonly [K, V]>;
  reverseAll(): IterableIterator<readonly [K, V]>;
  /** All entries whose serialised key begins with `prefix`. */
  prefixScan(prefix: Uint8Array): IterableIterator<readonly [K, V]>;
  approximateNumEntries(): number;
}

export interface KeyValueStore<K, V> extends ReadOnlyKeyValueStore<K, V>, FlushingStore<K, V> {
  /** Null deletes. */
  put(key: K, value: V | null): void;
  /** Puts if there is nothing yet; returns what was there. */
  putIfAbsent(key: K, value: V): V | null;
  putAll(entries: Iterable<readonly [K, V | null]>): void;
  /** Returns what was there. */
  delete(key: K): V | null;
}

export type TimestampedKeyValueStore<K, V> = KeyValueStore<K, ValueAndTimestamp<V>>;

export interface ReadOnlyWindowStore<K, V> extends StateStore {
  /** The value of the window of `key` that starts exactly at `startMs`. */
  fetch(key: K, startMs: number): V | null;
  /** Windows of `key` that start from `fromMs` to `toMs` (both inclusive), by start. */
  fetchRange(key: K, fromMs: number, toMs: number): IterableIterator<readonly [startMs: number, V]>;
  backwardFetchRange(key: K, fromMs: number, toMs: number): IterableIterator<readonly [startMs: number, V]>;
  /** Windows of keys from `from` to `to` (null is open) that start from `fromMs` to `toMs`; by key, then start. */
  fetchKeys(from: K | null, to: K | null, fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]>;
  /** Windows of all keys that start from `fromMs` to `toMs`; by start, then key, as a time-ordered store keeps them. */
  fetchAll(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]>;
  backwardFetchAll(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]>;
  all(): IterableIterator<readonly [Windowed<K>, V]>;
}

export interface WindowStore<K, V> extends ReadOnlyWindowStore<K, V>, FlushingStore<Windowed<K>, V> {
  /** Null deletes. A store that keeps duplicates adds one more value and cannot delete. */
  put(key: K, value: V | null, startMs: number): void;
}

export type TimestampedWindowStore<K, V> = WindowStore<K, ValueAndTimestamp<V>>;

export interface ReadOnlySessionStore<K, V> extends StateStore {
  fetchSession(key: K, startMs: number, endMs: number): V | null;
  fetch(key: K): IterableIterator<readonly [Windowed<K>, V]>;
  /** Sessions of `key` that end at `earliestEndMs` or later and start at `latestStartMs` or earlier, by start. */
  findSessions(key: K, earliestEndMs: number, latestStartMs: number): IterableIterator<readonly [Windowed<K>, V]>;
  /** Sessions of all keys that end from `fromMs` to `toMs`; by end, start and key (what emit on close needs). */
  findSessionsByEnd(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]>;
}

export interface SessionStore<K, V> extends ReadOnlySessionStore<K, V>, FlushingStore<Windowed<K>, V> {
  put(session: Windowed<K>, value: V | null): void;
  remove(session: Windowed<K>): void;
}

/** A windowed store whose rows wait until their window has closed. */
export interface HoldingStore<K, V> {
  /** Keeps the rows from this time on, however old they get: unseen by reads, but for `fetchHeld`. */
  holdFrom(timeMs: number): void;
  /** The rows of all keys by time, both ends inclusive: window starts, or for sessions ends; then by key. */
  fetchHeld(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]>;
}

/** `validToMs` is where the next version begins, or null for the latest. */
export type VersionedRecord<V> = { readonly value: V; readonly timestamp: number; readonly validToMs: number | null };

/** What a versioned put did: refused as older than the history, or stored with the given end of validity. */
export type VersionedPut = { readonly kind: 'not-put' } | { readonly kind: 'put'; readonly validToMs: number | null };

export interface VersionedKeyValueStore<K, V> extends StateStore {
  /** Null puts a tombstone into the history. */
  put(key: K, value: V | null, timestamp: number): VersionedPut;
  delete(key: K, timestamp: number): VersionedRecord<V> | null;
  get(key: K): VersionedRecord<V> | null;
  /** The version that was valid at a time. */
  getAsOf(key: K, timestamp: number): VersionedRecord<V> | null;
  /** The versions that were valid at some moment from `fromMs` to `toMs` (both inclusive), the latest first. */
  getRange(key: K, fromMs: number, toMs: number): readonly VersionedRecord<V>[];
}
