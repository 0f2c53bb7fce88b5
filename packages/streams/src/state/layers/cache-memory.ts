import { CacheEntries, type EntryOwner, type Held, NO_ENTRY } from './cache-entries.ts';

/** What an entry costs beside its key and value: its place in each column, and in the index of its cache. */
const ENTRY_OVERHEAD_BYTES = 100;
const PLAIN_BYTES = 8;

/**
 * The one memory bound over the record caches of all stores of a thread (`statestore.cache.max.bytes`): when it is
 * passed, the entries unused for longest are evicted, whatever store they are of.
 */
export class CacheMemory {
  readonly entries: CacheEntries = new CacheEntries();
  readonly #bytesMax: number;
  #bytes = 0;
  #newest: number = NO_ENTRY;
  #oldest: number = NO_ENTRY;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isOver(): boolean {
    return this.#bytes > this.#bytesMax;
  }

  /** Makes an entry, the most recently used one. */
  add(owner: EntryOwner, key: Uint8Array, hash: number, held: Held): number {
    const entry = this.entries.add(owner, key, hash);
    this.entries.held[entry] = held;
    this.entries.heldSizes[entry] = sizeOfHeld(held);
    this.#bytes += this.#sizeOf(entry);
    this.#link(entry);
    return entry;
  }

  /** Sets what an entry holds, which makes it the most recently used one. */
  set(entry: number, held: Held): void {
    const { entries } = this;
    const size = sizeOfHeld(held);
    this.#bytes += size - entries.heldSizes[entry]!;
    entries.heldSizes[entry] = size;
    entries.held[entry] = held;
    this.touch(entry);
  }

  touch(entry: number): void {
    if (this.#newest === entry) return;
    this.#unlink(entry);
    this.#link(entry);
  }

  remove(entry: number): void {
    this.#bytes -= this.#sizeOf(entry);
    this.#unlink(entry);
    this.entries.remove(entry);
  }

  /** Evicts until the bound holds. The owner of a dirty entry flushes, which may forward and so come back here. */
  evictOver(): void {
    while (this.#bytes > this.#bytesMax && this.#oldest !== NO_ENTRY) {
      this.entries.owners[this.#oldest]!.evict(this.#oldest);
    }
  }

  #link(entry: number): void {
    const { newer, older } = this.entries;
    older[entry] = this.#newest;
    newer[entry] = NO_ENTRY;
    if (this.#newest === NO_ENTRY) this.#oldest = entry;
    else newer[this.#newest] = entry;
    this.#newest = entry;
  }

  #unlink(entry: number): void {
    const { newer, older } = this.entries;
    const after = newer[entry]!;
    const before = older[entry]!;
    if (after === NO_ENTRY) this.#newest = before;
    else older[after] = before;
    if (before === NO_ENTRY) this.#oldest = after;
    else newer[before] = after;
  }

  #sizeOf(entry: number): number {
    return this.entries.keySize(entry) + this.entries.heldSizes[entry]! + ENTRY_OVERHEAD_BYTES;
  }
}

function sizeOfHeld(held: Held): number {
  if (held === null) return 0;
  if (typeof held === 'string' || held instanceof Uint8Array) return held.length;
  return typeof held === 'object' ? sizeOfArray(held) : PLAIN_BYTES;
}

/** Roughly: whatever is no text counts as one number. */
function sizeOfArray(values: readonly unknown[]): number {
  let size = PLAIN_BYTES;
  for (const value of values) size += PLAIN_BYTES + (typeof value === 'string' ? value.length : 0);
  return size;
}
