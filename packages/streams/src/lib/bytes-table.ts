import { equalBytes } from './bytes.ts';

const CAPACITY_MIN = 64;

/** What a table holds: each entry knows its key and keeps the key's hash for the table. */
export type TableEntry = { readonly key: Uint8Array; readonly hash: number };

/** FNV-1a: cheap for the short keys that stores have, and spread well enough for a table of this kind. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

/**
 * A hash table of entries by their key's bytes: open addressing, linear probing, no tombstones (a deletion moves the
 * entries behind it back). Faster than a `Map` of strings, since no string is made of the key.
 */
export class BytesTable<E extends TableEntry> {
  #slots: (E | undefined)[] = new Array<E | undefined>(CAPACITY_MIN).fill(undefined);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: Uint8Array, hash: number): E | undefined {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = slots[at];
      if (entry === undefined) return undefined;
      if (entry.hash === hash && (entry.key === key || equalBytes(entry.key, key))) return entry;
    }
  }

  /** Adds an entry whose key is not there yet. */
  add(entry: E): void {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow();
    this.#place(entry);
    this.#size++;
  }

  /** Removes this very entry; false if it is not there. */
  delete(entry: E): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = entry.hash & mask;
    while (slots[hole] !== entry) {
      if (slots[hole] === undefined) return false;
      hole = (hole + 1) & mask;
    }
    // Entries behind the hole move into it unless that would put them before the slot where their search begins.
    for (let at = (hole + 1) & mask; slots[at] !== undefined; at = (at + 1) & mask) {
      const home = slots[at]!.hash & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at];
      hole = at;
    }
    slots[hole] = undefined;
    this.#size--;
    return true;
  }

  clear(): void {
    this.#slots = new Array<E | undefined>(CAPACITY_MIN).fill(undefined);
    this.#size = 0;
  }

  /** In no particular order. The table must not change meanwhile. */
  *values(): IterableIterator<E> {
    for (const entry of this.#slots) if (entry !== undefined) yield entry;
  }

  #place(entry: E): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = entry.hash & mask;
    while (slots[at] !== undefined) at = (at + 1) & mask;
    slots[at] = entry;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Array<E | undefined>(before.length * 2).fill(undefined);
    for (const entry of before) if (entry !== undefined) this.#place(entry);
  }
}
