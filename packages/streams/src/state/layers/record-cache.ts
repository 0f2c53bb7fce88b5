import { hashBytes } from '../../lib/hash-bytes.ts';
import { KeyIndex } from '../../lib/key-index.ts';
import { copyOf } from '../../lib/new-bytes.ts';
import { type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import {
  detachOrigin,
  type RecordContext,
  type RecordOrigin,
  restoreOrigin,
  restoreRecordContext,
  saveRecordContext,
} from '../record-context.ts';
import type { Rows } from '../rows.ts';
import type { FlushListener } from '../stores.ts';
import type { ValueCodec } from '../value-codec.ts';
import type { Values } from '../values.ts';
import { type CacheEntries, type EntryOwner, type Held, NO_ENTRY } from './cache-entries.ts';
import type { CacheMemory } from './cache-memory.ts';
import { DirtyList } from './dirty-list.ts';
import { OverlayCursor } from './overlay-cursor.ts';

/** A dirty row on its way out: by then its entry may be dirty again, evicted, or another key's. */
type Flushing = {
  readonly key: Uint8Array;
  readonly held: Held;
  readonly timeMs: number;
  readonly origin: RecordOrigin;
  readonly offset: number;
  readonly recordTimeMs: number;
};

/**
 * Holds writes back until a flush (commit, eviction, close), so that a key that changes often is written, logged and
 * forwarded once. Reads are served from here too. Plain values are kept as they are, and encoded when they are flushed;
 * of others the bytes are kept, so that nobody can change what is stored. (Kafka Streams: NamedCache and the Caching…Store
 * classes.)
 */
export class RecordCache<V> implements Values<V>, EntryOwner {
  readonly #inner: Rows;
  readonly #codec: ValueCodec<V>;
  readonly #memory: CacheMemory;
  readonly #context: RecordContext;
  readonly #entries: CacheEntries;
  readonly #index: KeyIndex;
  readonly #dirty: DirtyList;
  /** All rows in key order, kept while something scans between flushes: most stores are never scanned. */
  #ordered: OrderedMap<Uint8Array | null> | null = null;
  #hasScanned = false;
  #listener: FlushListener<Uint8Array, V> | null = null;
  #sendsOldValues = false;
  /** What was looked up last: an operator reads and then writes the same key, handed down as the same bytes. */
  #lastKey: Uint8Array | null = null;
  #lastHash = 0;
  #lastEntry: number = NO_ENTRY;
  #lastOrigin: RecordOrigin | null = null;

  constructor(inner: Rows, codec: ValueCodec<V>, memory: CacheMemory, context: RecordContext) {
    this.#inner = inner;
    this.#codec = codec;
    this.#memory = memory;
    this.#context = context;
    this.#entries = memory.entries;
    this.#index = new KeyIndex(memory.entries);
    this.#dirty = new DirtyList(memory.entries);
  }

  /** The listener hears of each key that a flush writes, with the value from before the batch (null unless asked for). */
  setFlushListener(listener: FlushListener<Uint8Array, V>, sendsOldValues: boolean): void {
    this.#listener = listener;
    this.#sendsOldValues = sendsOldValues;
  }

  get(key: Uint8Array): V | null {
    const entry = this.#find(key);
    if (entry !== NO_ENTRY) {
      this.#memory.touch(entry);
      return this.#valueOf(this.#entries.held[entry]!, this.#entries.times[entry]!);
    }
    const row = this.#inner.get(key);
    if (row === null) return null;
    const value = this.#codec.decode(row);
    this.#insert(key, this.#codec.plainOf(value) ?? copyOf(row), this.#codec.timeOf(value));
    this.#ordered?.set(key, copyOf(row));
    this.#memory.evictOver();
    return value;
  }

  put(key: Uint8Array, value: V | null): void {
    const held = value === null ? null : (this.#codec.plainOf(value) ?? this.#codec.encode(value));
    const timeMs = value === null ? 0 : this.#codec.timeOf(value);
    let entry = this.#find(key);
    if (entry === NO_ENTRY) {
      entry = this.#insert(key, held, timeMs);
    } else {
      this.#memory.set(entry, held);
      this.#entries.times[entry] = timeMs;
    }
    this.#dirty.push(entry, this.#entries.isDirty(entry));
    this.#noteOrigin(entry);
    this.#ordered?.set(key, this.#rowOf(held, timeMs));
    if (this.#memory.isOver) this.#memory.evictOver();
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    const lower = this.#inner.scan(range, reverse);
    this.#hasScanned = true;
    this.#ordered ??= this.#order();
    return this.#ordered.size === 0 ? lower : new OverlayCursor(this.#ordered.scan(range, reverse), lower, reverse);
  }

  /** The keys of all rows that are held, in no particular order. */
  *keys(): IterableIterator<Uint8Array> {
    for (const entry of this.#index.values()) yield this.#entries.keyOf(entry);
  }

  flush(): void {
    this.#write(this.#dirty.take().map((entry) => this.#takeDirt(entry)));
    if (!this.#hasScanned) this.#ordered = null;
    this.#hasScanned = false;
  }

  /** Called by the memory at its bound: a dirty entry takes all dirty ones of its store along. */
  evict(entry: number): void {
    const flushing: Flushing[] = [];
    if (this.#entries.isDirty(entry)) {
      this.#dirty.remove(entry);
      flushing.push(this.#takeDirt(entry));
    } else {
      this.#ordered?.delete(this.#entries.keyOf(entry));
    }
    this.#remove(entry);
    if (flushing.length > 0) this.#write([...flushing, ...this.#dirty.take().map((other) => this.#takeDirt(other))]);
  }

  /** Forgets everything, dirty rows too: for a task that is given up. */
  clear(): void {
    for (const entry of this.#index.values()) this.#memory.remove(entry);
    this.#index.clear();
    this.#lastKey = null;
    this.#dirty.take();
    this.#ordered = null;
  }

  #write(flushing: readonly Flushing[]): void {
    if (flushing.length === 0) return;
    const current = saveRecordContext(this.#context);
    try {
      for (const row of flushing) {
        restoreOrigin(this.#context, row.origin, row.offset, row.recordTimeMs);
        this.#writeOne(row);
      }
    } finally {
      restoreRecordContext(this.#context, current);
    }
  }

  #writeOne({ key, held, timeMs }: Flushing): void {
    const listener = this.#listener;
    const needsOld = listener !== null && (held === null || this.#sendsOldValues);
    const old = needsOld ? this.#inner.get(key) : null;
    // A key that came and went within the batch was never there for anyone below or downstream.
    const isNothing = listener !== null && held === null && old === null;
    if (!isNothing) this.#inner.put(key, this.#rowOf(held, timeMs));
    this.#written(key, held);
    if (isNothing || listener === null) return;
    const oldValue = old !== null && this.#sendsOldValues ? this.#codec.decode(old) : null;
    listener(key, this.#valueOf(held, timeMs), oldValue);
  }

  /** A row that was evicted is shown until it is written, a deletion until it has happened below. */
  #written(key: Uint8Array, held: Held): void {
    const entry = this.#find(key);
    if (entry === NO_ENTRY) this.#ordered?.delete(key);
    else if (held === null && !this.#entries.isDirty(entry)) {
      this.#ordered?.delete(key);
      this.#remove(entry);
    }
  }

  #insert(key: Uint8Array, held: Held, timeMs: number): number {
    const hash = this.#lastKey === key ? this.#lastHash : hashBytes(key);
    const entry = this.#memory.add(this, key, hash, held);
    this.#entries.times[entry] = timeMs;
    this.#index.add(entry);
    this.#lastKey = null;
    return entry;
  }

  #remove(entry: number): void {
    this.#lastKey = null;
    this.#index.delete(entry);
    this.#memory.remove(entry);
  }

  #find(key: Uint8Array): number {
    if (this.#lastKey !== key) {
      this.#lastHash = hashBytes(key);
      this.#lastEntry = this.#index.find(key, this.#lastHash);
      this.#lastKey = key;
    }
    return this.#lastEntry;
  }

  /** Makes an entry dirty, written by the record in process. */
  #noteOrigin(entry: number): void {
    const context = this.#context;
    const origin = detachOrigin(context, this.#lastOrigin);
    this.#lastOrigin = origin;
    this.#entries.origins[entry] = origin;
    this.#entries.offsets[entry] = context.offset;
    this.#entries.recordTimes[entry] = context.timestamp;
  }

  /** Makes an entry clean, and hands over what must be written. */
  #takeDirt(entry: number): Flushing {
    const entries = this.#entries;
    const origin = entries.origins[entry]!;
    entries.origins[entry] = null;
    return {
      key: entries.keyOf(entry),
      held: entries.held[entry]!,
      timeMs: entries.times[entry]!,
      origin,
      offset: entries.offsets[entry]!,
      recordTimeMs: entries.recordTimes[entry]!,
    };
  }

  #valueOf(held: Held, timeMs: number): V | null {
    if (held === null) return null;
    return held instanceof Uint8Array ? this.#codec.decode(held) : this.#codec.ofPlain(held, timeMs);
  }

  #rowOf(held: Held, timeMs: number): Uint8Array | null {
    if (held === null || held instanceof Uint8Array) return held;
    return this.#codec.encode(this.#codec.ofPlain(held, timeMs));
  }

  #order(): OrderedMap<Uint8Array | null> {
    const ordered = new OrderedMap<Uint8Array | null>();
    const { held, times } = this.#entries;
    for (const entry of this.#index.values()) {
      ordered.set(this.#entries.keyOf(entry), this.#rowOf(held[entry]!, times[entry]!));
    }
    return ordered;
  }
}
