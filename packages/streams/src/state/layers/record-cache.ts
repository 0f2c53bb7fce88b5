import { BytesTable, hashBytes } from '../../lib/bytes-table.ts';
import { type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import {
  detachRecordContext,
  emptyRecordContext,
  type RecordContext,
  restoreRecordContext,
  saveRecordContext,
} from '../record-context.ts';
import type { Rows } from '../rows.ts';
import type { FlushListener } from '../stores.ts';
import type { CacheEntry, CacheMemory, EntryOwner } from './cache-memory.ts';
import { DirtyList } from './dirty-list.ts';
import { OverlayCursor } from './overlay-cursor.ts';

/** Hears of each key that a flush writes, with the value from before the batch (null unless asked for). */
export type RowFlushListener = FlushListener<Uint8Array, Uint8Array>;

/** Handed from the dirty list to the flush: an entry may become dirty again while its flush forwards. */
type Flushing = { readonly entry: CacheEntry; readonly value: Uint8Array | null; readonly context: RecordContext };

/**
 * Holds writes back until a flush (commit, eviction, close), so that a key that changes often is written, logged and
 * forwarded once. Reads are served from here too. (Kafka Streams: NamedCache and the Caching…Store classes.)
 */
export class RecordCache implements Rows, EntryOwner {
  readonly #inner: Rows;
  readonly #memory: CacheMemory;
  readonly #context: RecordContext;
  readonly #entries = new BytesTable<CacheEntry>();
  readonly #dirty = new DirtyList();
  /** All rows in key order, kept while something scans between flushes: most stores are never scanned. */
  #ordered: OrderedMap<Uint8Array | null> | null = null;
  #hasScanned = false;
  #listener: RowFlushListener | null = null;
  #sendsOldValues = false;
  /** What was looked up last: an operator reads and then writes the same key, handed down as the same bytes. */
  #lastKey: Uint8Array | null = null;
  #lastHash = 0;
  #lastEntry: CacheEntry | undefined;

  constructor(inner: Rows, memory: CacheMemory, context: RecordContext) {
    this.#inner = inner;
    this.#memory = memory;
    this.#context = context;
  }

  setFlushListener(listener: RowFlushListener, sendsOldValues: boolean): void {
    this.#listener = listener;
    this.#sendsOldValues = sendsOldValues;
  }

  get(key: Uint8Array): Uint8Array | null {
    const entry = this.#find(key);
    if (entry !== undefined) {
      this.#memory.touch(entry);
      return entry.value;
    }
    const value = this.#inner.get(key);
    if (value !== null) {
      this.#insert(key, value, null);
      this.#memory.evictOver();
    }
    return value;
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    let entry = this.#find(key);
    if (entry === undefined) {
      entry = this.#insert(key, value, emptyRecordContext());
      this.#dirty.push(entry, false);
    } else {
      const wasDirty = entry.context !== null;
      const previous = entry.value;
      entry.value = value;
      entry.context ??= emptyRecordContext();
      this.#memory.resize(previous, entry);
      this.#memory.touch(entry);
      this.#dirty.push(entry, wasDirty);
    }
    detachRecordContext(entry.context!, this.#context);
    this.#ordered?.set(entry.key, value);
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
    for (const { key } of this.#entries.values()) yield key;
  }

  dropRange(range: KeyRange): void {
    this.#inner.dropRange(range);
  }

  flush(): void {
    this.#write(this.#dirty.take().map(takeDirt));
    if (!this.#hasScanned) this.#ordered = null;
    this.#hasScanned = false;
  }

  /** Called by the memory, which has let go of the entry: a dirty one takes all dirty ones of its store along. */
  evict(entry: CacheEntry): void {
    this.#drop(entry);
    if (entry.context === null) {
      this.#ordered?.delete(entry.key);
      return;
    }
    this.#dirty.remove(entry);
    this.#write([takeDirt(entry), ...this.#dirty.take().map(takeDirt)]);
  }

  /** Forgets everything, dirty rows too: for a task that is given up. */
  clear(): void {
    for (const entry of this.#entries.values()) this.#memory.remove(entry);
    this.#entries.clear();
    this.#lastKey = null;
    this.#dirty.take();
    this.#ordered = null;
  }

  #write(flushing: readonly Flushing[]): void {
    if (flushing.length === 0) return;
    const current = saveRecordContext(this.#context);
    try {
      for (const { entry, value, context } of flushing) {
        restoreRecordContext(this.#context, context);
        this.#writeOne(entry, value);
      }
    } finally {
      restoreRecordContext(this.#context, current);
    }
  }

  #writeOne(entry: CacheEntry, value: Uint8Array | null): void {
    const listener = this.#listener;
    const needsOld = listener !== null && (value === null || this.#sendsOldValues);
    const old = needsOld ? this.#inner.get(entry.key) : null;
    // A key that came and went within the batch was never there for anyone below or downstream.
    const isNothing = listener !== null && value === null && old === null;
    if (!isNothing) this.#inner.put(entry.key, value);
    // A row that was evicted is shown until it is written, a deletion until it has happened below.
    if (entry.context === null && (value === null || this.#find(entry.key) !== entry)) this.#forget(entry);
    if (!isNothing) listener?.(entry.key, value, this.#sendsOldValues ? old : null);
  }

  #forget(entry: CacheEntry): void {
    if ((this.#find(entry.key) ?? entry) === entry) this.#ordered?.delete(entry.key);
    if (this.#drop(entry)) this.#memory.remove(entry);
  }

  #insert(key: Uint8Array, value: Uint8Array | null, context: RecordContext | null): CacheEntry {
    const entry: CacheEntry = {
      owner: this,
      key,
      hash: this.#lastKey === key ? this.#lastHash : hashBytes(key),
      value,
      context,
      newer: null,
      older: null,
      dirtyAfter: null,
      dirtyBefore: null,
    };
    this.#entries.add(entry);
    if (context === null) this.#ordered?.set(key, value);
    this.#lastKey = null;
    this.#memory.add(entry);
    return entry;
  }

  #find(key: Uint8Array): CacheEntry | undefined {
    if (this.#lastKey !== key) {
      this.#lastHash = hashBytes(key);
      this.#lastEntry = this.#entries.get(key, this.#lastHash);
      this.#lastKey = key;
    }
    return this.#lastEntry;
  }

  /** Whether the entry was there. */
  #drop(entry: CacheEntry): boolean {
    this.#lastKey = null;
    return this.#entries.delete(entry);
  }

  #order(): OrderedMap<Uint8Array | null> {
    const ordered = new OrderedMap<Uint8Array | null>();
    for (const entry of this.#entries.values()) ordered.set(entry.key, entry.value);
    return ordered;
  }
}

function takeDirt(entry: CacheEntry): Flushing {
  const context = entry.context!;
  entry.context = null;
  return { entry, value: entry.value, context };
}
