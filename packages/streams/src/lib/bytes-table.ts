const CAPACITY_MIN = 16;

/** What a table holds: each entry knows its key and keeps the key's hash for the table. */
export type TableEntry = { readonly key: Uint8Array; readonly hash: number };

/** Four bytes at a time, mixed as MurmurHash3 does it: a multiplication for each byte would be most of a lookup. */
export function hashBytes(bytes: Uint8Array, start: number = 0, end: number = bytes.length): number {
  let hash = end - start;
  let at = start;
  for (const last = end - 4; at <= last; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = mixed(hash, word);
  }
  let rest = 0;
  for (; at < end; at++) rest = (rest << 8) | bytes[at]!;
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
 * A hash table of entries by bytes in the middle of their keys: what keys have in common at their beginning, or differ in
 * at their end within one entry, is left out. Open addressing, linear probing, no tombstones (a deletion moves the entries
 * behind it back). Faster than a `Map` of strings, since no string is made of the key.
 */
export class BytesTable<E extends TableEntry> {
  readonly #headSize: number;
  readonly #tailSize: number;
  #slots: (E | undefined)[] = new Array<E | undefined>(CAPACITY_MIN).fill(undefined);
  #size = 0;

  /** So many bytes at the beginning and at the end of a key are not looked at. */
  constructor(headSize: number, tailSize: number) {
    this.#headSize = headSize;
    this.#tailSize = tailSize;
  }

  hash(key: Uint8Array): number {
    return hashBytes(key, this.#headSize, key.length - this.#tailSize);
  }

  get(key: Uint8Array, hash: number): E | undefined {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = slots[at];
      if (entry === undefined) return undefined;
      if (entry.hash === hash && this.#isSame(entry.key, key)) return entry;
    }
  }

  /** Adds an entry whose key is not there yet. */
  add(entry: E): void {
    if ((this.#size + 1) * 2 > this.#slots.length) this.#grow();
    this.#place(entry);
    this.#size++;
  }

  /** Puts an entry in the place of one with the same key, which must be there. */
  replace(before: E, entry: E): void {
    this.#slots[this.#slotOf(before)] = entry;
  }

  /** Removes an entry, which must be there. */
  delete(entry: E): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#slotOf(entry);
    // Entries behind the hole move into it unless that would put them before the slot where their search begins.
    for (let at = (hole + 1) & mask; slots[at] !== undefined; at = (at + 1) & mask) {
      const home = slots[at]!.hash & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at];
      hole = at;
    }
    slots[hole] = undefined;
    this.#size--;
  }

  /** In no particular order. The table must not change meanwhile. */
  *values(): IterableIterator<E> {
    for (const entry of this.#slots) if (entry !== undefined) yield entry;
  }

  #isSame(a: Uint8Array, b: Uint8Array): boolean {
    if (a.length !== b.length) return false;
    const end = a.length - this.#tailSize;
    for (let at = this.#headSize; at < end; at++) if (a[at] !== b[at]) return false;
    return true;
  }

  #slotOf(entry: E): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = entry.hash & mask;
    while (slots[at] !== entry) at = (at + 1) & mask;
    return at;
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
