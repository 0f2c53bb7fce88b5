import { type CacheEntries, NO_ENTRY } from './cache-entries.ts';

const SLOTS_MIN = 64;

/**
 * Finds the entries of one cache by their keys: a hash table of entry numbers with open addressing, linear probing and no
 * tombstones (a deletion moves the entries behind it back).
 */
export class KeyIndex {
  readonly #entries: CacheEntries;
  #slots: Int32Array = new Int32Array(SLOTS_MIN);
  #size = 0;

  constructor(entries: CacheEntries) {
    this.#entries = entries;
  }

  /** The entry of a key, or none. */
  find(key: Uint8Array, hash: number): number {
    const slots = this.#slots;
    const { hashes } = this.#entries;
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = slots[at]!;
      if (entry === NO_ENTRY) return NO_ENTRY;
      if (hashes[entry] === hash && this.#entries.hasKey(entry, key)) return entry;
    }
  }

  /** Adds an entry whose key is not there yet. */
  add(entry: number): void {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow();
    this.#place(entry);
    this.#size++;
  }

  /** Removes an entry that is there. */
  delete(entry: number): void {
    const slots = this.#slots;
    const { hashes } = this.#entries;
    const mask = slots.length - 1;
    let hole = hashes[entry]! & mask;
    while (slots[hole] !== entry) hole = (hole + 1) & mask;
    // Entries behind the hole move into it unless that would put them before the slot where their search begins.
    for (let at = (hole + 1) & mask; slots[at] !== NO_ENTRY; at = (at + 1) & mask) {
      const home = hashes[slots[at]!]! & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at]!;
      hole = at;
    }
    slots[hole] = NO_ENTRY;
    this.#size--;
  }

  clear(): void {
    this.#slots = new Int32Array(SLOTS_MIN);
    this.#size = 0;
  }

  /** All entries, in no particular order. The index must not change meanwhile. */
  *values(): IterableIterator<number> {
    for (const entry of this.#slots) if (entry !== NO_ENTRY) yield entry;
  }

  #place(entry: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = this.#entries.hashes[entry]! & mask;
    while (slots[at] !== NO_ENTRY) at = (at + 1) & mask;
    slots[at] = entry;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    for (const entry of before) if (entry !== NO_ENTRY) this.#place(entry);
  }
}
