const SLOTS_MIN = 16;
/** No entry: an empty slot. */
const NONE = 0;

/** What is found by its key: an entry is a positive number. */
export interface KeyedEntries {
  hashOf(entry: number): number;
  hasKey(entry: number, key: Uint8Array): boolean;
}

/**
 * Finds entries by their keys: a hash table of numbers with open addressing, linear probing and no tombstones (a deletion
 * moves the entries behind it back).
 */
export class KeyIndex {
  readonly #entries: KeyedEntries;
  #slots: Int32Array = new Int32Array(SLOTS_MIN);
  #size = 0;

  constructor(entries: KeyedEntries) {
    this.#entries = entries;
  }

  /** The entry of a key, or 0. */
  find(key: Uint8Array, hash: number): number {
    const slots = this.#slots;
    const entries = this.#entries;
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = slots[at]!;
      if (entry === NONE) return NONE;
      if (entries.hashOf(entry) === hash && entries.hasKey(entry, key)) return entry;
    }
  }

  /** Adds an entry whose key is not there yet. */
  add(entry: number): void {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow();
    this.#place(entry);
    this.#size++;
  }

  /** Puts an entry in the place of one with the same key, which must be there. */
  replace(before: number, entry: number): void {
    this.#slots[this.#slotOf(before)] = entry;
  }

  /** Removes an entry, which must be there. */
  delete(entry: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#slotOf(entry);
    // Entries behind the hole move into it unless that would put them before the slot where their search begins.
    for (let at = (hole + 1) & mask; slots[at] !== NONE; at = (at + 1) & mask) {
      const home = this.#entries.hashOf(slots[at]!) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at]!;
      hole = at;
    }
    slots[hole] = NONE;
    this.#size--;
  }

  clear(): void {
    this.#slots = new Int32Array(SLOTS_MIN);
    this.#size = 0;
  }

  /** All entries, in no particular order. The index must not change meanwhile. */
  *values(): IterableIterator<number> {
    for (const entry of this.#slots) if (entry !== NONE) yield entry;
  }

  #slotOf(entry: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = this.#entries.hashOf(entry) & mask;
    while (slots[at] !== entry) at = (at + 1) & mask;
    return at;
  }

  #place(entry: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = this.#entries.hashOf(entry) & mask;
    while (slots[at] !== NONE) at = (at + 1) & mask;
    slots[at] = entry;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    for (const entry of before) if (entry !== NONE) this.#place(entry);
  }
}
