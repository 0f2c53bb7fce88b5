import type { RecordContext } from '../record-context.ts';

/** What an entry costs beside its bytes: its objects, the map's slot, the saved context; roughly. */
const ENTRY_OVERHEAD_BYTES = 300;

/** One row in a record cache. Linked twice: by use over all stores of a thread, by dirtiness within its own store. */
export type CacheEntry = {
  readonly owner: EntryOwner;
  readonly key: Uint8Array;
  readonly hash: number;
  value: Uint8Array | null;
  /** The context of the record that wrote the value; null when the entry is clean. */
  context: RecordContext | null;
  newer: CacheEntry | null;
  older: CacheEntry | null;
  dirtyAfter: CacheEntry | null;
  dirtyBefore: CacheEntry | null;
};

export type EntryOwner = { evict(entry: CacheEntry): void };

/**
 * The one memory bound over the record caches of all stores of a thread (`statestore.cache.max.bytes`): when it is
 * passed, the entries unused for longest are evicted, whatever store they are of.
 */
export class CacheMemory {
  readonly #bytesMax: number;
  #bytes = 0;
  #newest: CacheEntry | null = null;
  #oldest: CacheEntry | null = null;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isOver(): boolean {
    return this.#bytes > this.#bytesMax;
  }

  add(entry: CacheEntry): void {
    this.#bytes += sizeOf(entry);
    this.#link(entry);
  }

  /** Tells of a changed value before `evictOver`. */
  resize(previous: Uint8Array | null, entry: CacheEntry): void {
    this.#bytes += (entry.value?.length ?? 0) - (previous?.length ?? 0);
  }

  touch(entry: CacheEntry): void {
    if (this.#newest === entry) return;
    this.#unlink(entry);
    this.#link(entry);
  }

  remove(entry: CacheEntry): void {
    this.#bytes -= sizeOf(entry);
    this.#unlink(entry);
  }

  /** Evicts until the bound holds. The owner of a dirty entry flushes, which may forward and so come back here. */
  evictOver(): void {
    while (this.#bytes > this.#bytesMax && this.#oldest !== null) {
      const entry = this.#oldest;
      this.remove(entry);
      entry.owner.evict(entry);
    }
  }

  #link(entry: CacheEntry): void {
    entry.older = this.#newest;
    entry.newer = null;
    if (this.#newest !== null) this.#newest.newer = entry;
    this.#newest = entry;
    if (this.#oldest === null) this.#oldest = entry;
  }

  #unlink(entry: CacheEntry): void {
    if (entry.newer === null) this.#newest = entry.older;
    else entry.newer.older = entry.older;
    if (entry.older === null) this.#oldest = entry.newer;
    else entry.older.newer = entry.newer;
  }
}

function sizeOf(entry: CacheEntry): number {
  return entry.key.length + (entry.value?.length ?? 0) + ENTRY_OVERHEAD_BYTES;
}
