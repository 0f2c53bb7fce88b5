import type { Plain } from '../../serdes/serde.ts';
import type { RecordOrigin } from '../record-context.ts';

/** The number that stands for no entry: entries begin at 1, so that links of new memory lead nowhere. */
export const NO_ENTRY = 0;

export type EntryOwner = { evict(entry: number): void };

/** What a cache holds of a value: a plain value itself, the bytes of its row, or null for a deletion. */
export type Held = Uint8Array | Plain | null;

const ENTRIES_MIN = 64;
const KEY_BYTES_MIN = 4 * 1024;

/**
 * The entries of all record caches of a thread, as columns: an entry is a number, and what is known of it stands at that
 * place of each column. A lookup so touches a few dense arrays instead of objects all over the heap, and the garbage
 * collector has next to nothing to walk through.
 */
export class CacheEntries {
  owners: (EntryOwner | null)[] = [null];
  held: Held[] = [null];
  /** What each value takes: told when it is set, since an old one may long be out of the processor's own caches. */
  heldSizes: Int32Array = new Int32Array(ENTRIES_MIN);
  /** The timestamp that belongs to a plain value; bytes have it in them. */
  times: Float64Array = new Float64Array(ENTRIES_MIN);
  hashes: Int32Array = new Int32Array(ENTRIES_MIN);
  /** Where the record that wrote the value came from; null when the entry is clean. */
  origins: (RecordOrigin | null)[] = [null];
  offsets: Float64Array = new Float64Array(ENTRIES_MIN);
  recordTimes: Float64Array = new Float64Array(ENTRIES_MIN);
  /** The order of use, over all caches. */
  newer: Int32Array = new Int32Array(ENTRIES_MIN);
  older: Int32Array = new Int32Array(ENTRIES_MIN);
  /** The order of writes, within the cache that owns the entry. */
  dirtyBefore: Int32Array = new Int32Array(ENTRIES_MIN);
  dirtyAfter: Int32Array = new Int32Array(ENTRIES_MIN);
  /** The keys, one behind the other. */
  #keyBytes: Uint8Array = new Uint8Array(KEY_BYTES_MIN);
  #keyStarts: Int32Array = new Int32Array(ENTRIES_MIN);
  #keySizes: Int32Array = new Int32Array(ENTRIES_MIN);
  #keyBytesUsed = 0;
  #keyBytesFreed = 0;
  #count = 1;
  readonly #free: number[] = [];

  /** A new entry, which stands in no order yet; the key is copied. */
  add(owner: EntryOwner, key: Uint8Array, hash: number): number {
    const entry = this.#free.pop() ?? this.#count++;
    if (entry >= this.hashes.length) this.#grow();
    this.owners[entry] = owner;
    this.held[entry] = null;
    this.origins[entry] = null;
    this.hashes[entry] = hash;
    this.#putKey(entry, key);
    return entry;
  }

  /** Gives the number back. */
  remove(entry: number): void {
    this.owners[entry] = null;
    this.held[entry] = null;
    this.origins[entry] = null;
    this.#keyBytesFreed += this.#keySizes[entry]!;
    this.#keySizes[entry] = 0;
    this.#free.push(entry);
  }

  hashOf(entry: number): number {
    return this.hashes[entry]!;
  }

  isDirty(entry: number): boolean {
    return this.origins[entry] !== null;
  }

  keySize(entry: number): number {
    return this.#keySizes[entry]!;
  }

  hasKey(entry: number, key: Uint8Array): boolean {
    const size = key.length;
    if (this.#keySizes[entry] !== size) return false;
    const bytes = this.#keyBytes;
    const start = this.#keyStarts[entry]!;
    for (let at = 0; at < size; at++) if (bytes[start + at] !== key[at]) return false;
    return true;
  }

  /** A copy that is the caller's. */
  keyOf(entry: number): Uint8Array {
    const start = this.#keyStarts[entry]!;
    return this.#keyBytes.slice(start, start + this.#keySizes[entry]!);
  }

  #putKey(entry: number, key: Uint8Array): void {
    const size = key.length;
    if (this.#keyBytesUsed + size > this.#keyBytes.length) this.#makeRoom(size);
    this.#keyStarts[entry] = this.#keyBytesUsed;
    this.#keySizes[entry] = size;
    this.#keyBytes.set(key, this.#keyBytesUsed);
    this.#keyBytesUsed += size;
  }

  /** Moves the keys together, into more memory if less than half of it would be free. */
  #makeRoom(size: number): void {
    const needed = this.#keyBytesUsed - this.#keyBytesFreed + size;
    const bytes = new Uint8Array(Math.max(KEY_BYTES_MIN, 2 * needed));
    let used = 0;
    for (let entry = 1; entry < this.#count; entry++) {
      const start = this.#keyStarts[entry]!;
      const end = start + this.#keySizes[entry]!;
      this.#keyStarts[entry] = used;
      bytes.set(this.#keyBytes.subarray(start, end), used);
      used += end - start;
    }
    this.#keyBytes = bytes;
    this.#keyBytesUsed = used;
    this.#keyBytesFreed = 0;
  }

  #grow(): void {
    const size = this.hashes.length * 2;
    this.times = copiedInto(new Float64Array(size), this.times);
    this.offsets = copiedInto(new Float64Array(size), this.offsets);
    this.recordTimes = copiedInto(new Float64Array(size), this.recordTimes);
    this.heldSizes = copiedInto(new Int32Array(size), this.heldSizes);
    this.hashes = copiedInto(new Int32Array(size), this.hashes);
    this.newer = copiedInto(new Int32Array(size), this.newer);
    this.older = copiedInto(new Int32Array(size), this.older);
    this.dirtyBefore = copiedInto(new Int32Array(size), this.dirtyBefore);
    this.dirtyAfter = copiedInto(new Int32Array(size), this.dirtyAfter);
    this.#keyStarts = copiedInto(new Int32Array(size), this.#keyStarts);
    this.#keySizes = copiedInto(new Int32Array(size), this.#keySizes);
  }
}

function copiedInto<A extends Float64Array | Int32Array>(larger: A, column: A): A {
  larger.set(column);
  return larger;
}
