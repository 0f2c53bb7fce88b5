import { equalBytes } from './bytes.ts';

const CAPACITY_MIN = 64;

/** What a table holds: each entry knows its key and keeps the key's hash for the table. */
export type TableEntry = { readonly key: Uint8Array; readonly hash: number };

/** Four bytes at a time, mixed as MurmurHash3 does it: a multiplication for each byte would be most of a lookup. */
export function hashBytes(bytes: Uint8Array): number {
  const size = bytes.length;
  let hash = size;
  let at = 0;
  for (const last = size - 4; at <= last; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = mixed(hash, word);
  }
  let rest = 0;
  for (; at < size; at++) rest = (rest << 8) | bytes[at]!;
  hash = mixed(hash, rest);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function mixed(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const turned = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
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
