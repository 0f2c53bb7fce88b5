import { compareBytes } from '../../lib/bytes.ts';
import { hashBytes } from '../../lib/hash-bytes.ts';
import { KeyIndex } from '../../lib/key-index.ts';
import { copyOf } from '../../lib/new-bytes.ts';
import { type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import { RowArena } from '../../lib/row-arena.ts';
import type { EnginePut, StoreEngine } from './store-engine.ts';

/**
 * Keeps a task's stores in memory: gone with the process, and restored from the changelog. Rows stand in a hash table
 * until somebody scans them, in order from then on: most stores are only looked up.
 */
export class MemoryEngine implements StoreEngine {
  readonly persistent = false;
  #hashed: HashedRows | null = new HashedRows();
  #ordered: OrderedMap<Uint8Array> = new OrderedMap();
  readonly #put: EnginePut = (key, value) => {
    if (this.#hashed !== null) this.#hashed.put(key, value);
    else if (value === null) this.#ordered.delete(key);
    else this.#ordered.set(copyOf(key), copyOf(value));
  };

  get(key: Uint8Array): Uint8Array | null {
    return this.#hashed === null ? (this.#ordered.get(key) ?? null) : this.#hashed.get(key);
  }

  getMany(keys: readonly Uint8Array[]): (Uint8Array | null)[] {
    return keys.map((key) => this.get(key));
  }

  write(fill: (put: EnginePut) => void): void {
    fill(this.#put);
  }

  deleteRange(range: KeyRange): void {
    if (this.#hashed !== null) {
      this.#hashed.deleteRange(range);
      return;
    }
    const cursor = this.#ordered.scan(range);
    while (cursor.next()) this.#ordered.delete(cursor.key);
  }

  scan(range: KeyRange, reverse = false): Cursor<Uint8Array> {
    for (const { key, value } of this.#hashed?.rows() ?? []) this.#ordered.set(copyOf(key), copyOf(value));
    this.#hashed = null;
    return this.#ordered.scan(range, reverse);
  }

  close(): Promise<void> {
    this.#hashed = null;
    this.#ordered = new OrderedMap();
    return Promise.resolve();
  }
}

/** Memory that rows leave behind when they change is freed when there is more of it than of rows, from this size on. */
const FREED_BYTES_MIN = 256 * 1024;

/** Rows in an arena, found by their keys. */
class HashedRows {
  #arena = new RowArena();
  #index = new KeyIndex(this.#arena);
  #leftBytes = 0;

  /** A view. */
  get(key: Uint8Array): Uint8Array | null {
    const place = this.#index.find(key, hashBytes(key));
    return place === 0 ? null : this.#arena.value(place);
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    const hash = hashBytes(key);
    const before = this.#index.find(key, hash);
    if (value !== null) {
      const place = this.#arena.append(key, value, hash);
      if (before === 0) this.#index.add(place);
      else this.#index.replace(before, place);
    } else if (before !== 0) this.#index.delete(before);
    if (before !== 0) this.#left(before);
  }

  deleteRange({ from, to }: KeyRange): void {
    for (const place of [...this.#index.values()]) {
      const key = this.#arena.key(place);
      if (from !== null && compareBytes(key, from) < 0) continue;
      if (to !== null && compareBytes(key, to) >= 0) continue;
      this.#index.delete(place);
      this.#leftBytes += this.#arena.rowSize(place);
    }
  }

  *rows(): IterableIterator<{ readonly key: Uint8Array; readonly value: Uint8Array }> {
    for (const place of this.#index.values()) yield { key: this.#arena.key(place), value: this.#arena.value(place)! };
  }

  #left(place: number): void {
    this.#leftBytes += this.#arena.rowSize(place);
    if (this.#leftBytes > FREED_BYTES_MIN && 2 * this.#leftBytes > this.#arena.size) this.#moveTogether();
  }

  #moveTogether(): void {
    const arena = new RowArena();
    const index = new KeyIndex(arena);
    for (const { key, value } of this.rows()) index.add(arena.append(key, value, hashBytes(key)));
    this.#arena = arena;
    this.#index = index;
    this.#leftBytes = 0;
  }
}
