import { afterKey, afterPrefix } from '../../lib/bytes.ts';
import { ALL_KEYS, type Cursor, type KeyRange } from '../../lib/ordered-map.ts';
import type { RecordCache } from '../layers/record-cache.ts';
import type { Scans } from '../rows.ts';
import type { FlushListener, KeyValueStore } from '../stores.ts';
import type { ValueCodec } from '../value-codec.ts';
import type { Values } from '../values.ts';
import { Entries } from './entries.ts';
import type { KeyBytes } from './key-bytes.ts';

export type KeyValueStoreParts<K, V> = {
  readonly name: string;
  readonly persistent: boolean;
  readonly keys: KeyBytes<K>;
  readonly codec: ValueCodec<V>;
  readonly values: Values<V>;
  readonly rows: Scans;
  readonly cache: RecordCache<V> | null;
};

/** Key-value stores, plain and timestamped: what differs is the value codec. */
export class RowKeyValueStore<K, V> implements KeyValueStore<K, V> {
  readonly name: string;
  readonly persistent: boolean;
  readonly #keys: KeyBytes<K>;
  readonly #codec: ValueCodec<V>;
  readonly #values: Values<V>;
  readonly #rows: Scans;
  readonly #cache: RecordCache<V> | null;

  constructor(parts: KeyValueStoreParts<K, V>) {
    this.name = parts.name;
    this.persistent = parts.persistent;
    this.#keys = parts.keys;
    this.#codec = parts.codec;
    this.#values = parts.values;
    this.#rows = parts.rows;
    this.#cache = parts.cache;
  }

  get(key: K): V | null {
    return this.#values.get(this.#keys.of(key));
  }

  put(key: K, value: V | null): void {
    this.#values.put(this.#keys.of(key), value);
  }

  putIfAbsent(key: K, value: V): V | null {
    const existing = this.get(key);
    if (existing === null) this.put(key, value);
    return existing;
  }

  putAll(entries: Iterable<readonly [K, V | null]>): void {
    for (const [key, value] of entries) this.put(key, value);
  }

  delete(key: K): V | null {
    const existing = this.get(key);
    this.put(key, null);
    return existing;
  }

  range(from: K | null, to: K | null): IterableIterator<readonly [K, V]> {
    return this.#scan(this.#between(from, to), false);
  }

  reverseRange(from: K | null, to: K | null): IterableIterator<readonly [K, V]> {
    return this.#scan(this.#between(from, to), true);
  }

  all(): IterableIterator<readonly [K, V]> {
    return this.#scan(ALL_KEYS, false);
  }

  reverseAll(): IterableIterator<readonly [K, V]> {
    return this.#scan(ALL_KEYS, true);
  }

  prefixScan(prefix: Uint8Array): IterableIterator<readonly [K, V]> {
    return this.#scan({ from: prefix, to: afterPrefix(prefix) }, false);
  }

  /** Counts by a scan: exact, and as dear as the store is large. */
  approximateNumEntries(): number {
    const cursor = this.#rows.scan(ALL_KEYS, false);
    let count = 0;
    while (cursor.next()) count++;
    return count;
  }

  setFlushListener(listener: FlushListener<K, V>, sendOldValues: boolean): boolean {
    this.#cache?.setFlushListener((key, newValue, oldValue) => {
      listener(this.#keys.from(key), newValue, oldValue);
    }, sendOldValues);
    return this.#cache !== null;
  }

  #between(from: K | null, to: K | null): KeyRange {
    return {
      from: from === null ? null : this.#keys.of(from),
      to: to === null ? null : afterKey(this.#keys.of(to)),
    };
  }

  #scan(range: KeyRange, reverse: boolean): IterableIterator<readonly [K, V]> {
    return new Entries(this.#rows.scan(range, reverse), (cursor) => this.#entry(cursor));
  }

  #entry(cursor: Cursor<Uint8Array>): readonly [K, V] {
    return [this.#keys.from(cursor.key), this.#codec.decode(cursor.value)];
  }
}
