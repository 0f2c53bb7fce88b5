import { hashBytes } from '../../lib/hash-bytes.ts';
import { KeyIndex } from '../../lib/key-index.ts';
import { copyOf } from '../../lib/new-bytes.ts';
import type { Rows } from '../rows.ts';
import type { ValueCodec } from '../value-codec.ts';
import type { Values } from '../values.ts';
import { type CacheEntries, type EntryOwner, type Held, NO_ENTRY } from './cache-entries.ts';
import type { CacheMemory } from './cache-memory.ts';

/**
 * Remembers what was read and written of a store without a record cache, so that a key that is asked for often does not
 * cost a look into the engine each time. It holds nothing back: every write goes down at once, and nothing is forwarded
 * later; all that it has may be forgotten at any time. Keys that are not there are remembered, too.
 */
export class ReadCache<V> implements Values<V>, EntryOwner {
  readonly #rows: Rows;
  readonly #codec: ValueCodec<V>;
  readonly #memory: CacheMemory;
  readonly #entries: CacheEntries;
  readonly #index: KeyIndex;

  constructor(rows: Rows, codec: ValueCodec<V>, memory: CacheMemory) {
    this.#rows = rows;
    this.#codec = codec;
    this.#memory = memory;
    this.#entries = memory.entries;
    this.#index = new KeyIndex(memory.entries);
  }

  get(key: Uint8Array): V | null {
    const hash = hashBytes(key);
    const entry = this.#index.find(key, hash);
    if (entry !== NO_ENTRY) {
      this.#memory.touch(entry);
      return this.#valueOf(entry);
    }
    const row = this.#rows.get(key);
    const value = row === null ? null : this.#codec.decode(row);
    this.#insert(key, hash, value, row);
    return value;
  }

  put(key: Uint8Array, value: V | null): void {
    const row = value === null ? null : this.#codec.encode(value);
    this.#rows.put(key, row);
    const hash = hashBytes(key);
    const entry = this.#index.find(key, hash);
    if (entry === NO_ENTRY) {
      this.#insert(key, hash, value, row);
      return;
    }
    this.#memory.set(entry, this.#heldOf(value, row));
    this.#entries.times[entry] = value === null ? 0 : this.#codec.timeOf(value);
    this.#memory.evictOver();
  }

  evict(entry: number): void {
    this.#index.delete(entry);
    this.#memory.remove(entry);
  }

  /** Forgets everything: the rows below have changed by another way. */
  clear(): void {
    for (const entry of this.#index.values()) this.#memory.remove(entry);
    this.#index.clear();
  }

  #insert(key: Uint8Array, hash: number, value: V | null, row: Uint8Array | null): void {
    const entry = this.#memory.add(this, key, hash, this.#heldOf(value, row));
    this.#entries.times[entry] = value === null ? 0 : this.#codec.timeOf(value);
    this.#index.add(entry);
    this.#memory.evictOver();
  }

  #heldOf(value: V | null, row: Uint8Array | null): Held {
    return value === null || row === null ? null : (this.#codec.plainOf(value) ?? copyOf(row));
  }

  #valueOf(entry: number): V | null {
    const held = this.#entries.held[entry]!;
    if (held === null) return null;
    return held instanceof Uint8Array
      ? this.#codec.decode(held)
      : this.#codec.ofPlain(held, this.#entries.times[entry]!);
  }
}
