/** Hash, length of the key, and two halves of the offset, each of four bytes; the key follows. */
const ENTRY_HEADER_BYTES = 16;
const SLOT_BYTES = 4;
/** Slots that are taken at most: a fuller table is a slow one. */
const LOAD_MAX = 0.7;
/** Memory for each slot, its entry included: keys of up to some twenty bytes then fill slots and entries alike. */
const BYTES_PER_SLOT = 32;
const TWO_TO_32 = 2 ** 32;

/** A part of some bytes: a key where it lies, so that none is copied to be looked up. */
export type KeySlice = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

/**
 * The offset of the newest record of each key, in bounded memory. Whole keys are compared, not digests of them: what
 * compaction throws away never hangs on a chance. All memory is asked for at once and touched as it fills, so that the
 * system gives only what is used, and no table is ever copied while clients wait.
 */
export class KeyOffsets {
  readonly #seed: number;
  /** Where the entry of each slot begins, in units of four bytes, plus one; 0 for a free slot. */
  readonly #slots: Int32Array;
  readonly #countMax: number;
  readonly #bytes: Uint8Array;
  /** The same memory in units of four bytes. */
  readonly #words: Int32Array;
  #usedWords = 0;
  #count = 0;

  constructor(bytesMax: number, seed: number) {
    const slotCount = 2 ** Math.max(1, Math.floor(Math.log2(bytesMax / BYTES_PER_SLOT)));
    const entryWords = Math.max(ENTRY_HEADER_BYTES, bytesMax - slotCount * SLOT_BYTES) >>> 2;
    this.#seed = seed | 0;
    this.#slots = new Int32Array(slotCount);
    this.#countMax = Math.floor(slotCount * LOAD_MAX);
    this.#words = new Int32Array(entryWords);
    this.#bytes = new Uint8Array(this.#words.buffer);
  }

  get count(): number {
    return this.#count;
  }

  /** Notes the newest record of a key so far. Answers false, and changes nothing, when the key is new and there is no room. */
  set(key: KeySlice, offset: number): boolean {
    const hash = this.#hash(key);
    const slot = this.#find(key, hash);
    let entry = this.#slots[slot]! - 1;
    if (entry < 0) {
      const length = key.end - key.start;
      const words = (ENTRY_HEADER_BYTES + length + 3) >>> 2;
      if (this.#count >= this.#countMax || this.#usedWords + words > this.#words.length) return false;
      entry = this.#usedWords;
      this.#usedWords += words;
      this.#count += 1;
      this.#slots[slot] = entry + 1;
      this.#words[entry] = hash;
      this.#words[entry + 1] = length;
      this.#bytes.set(key.bytes.subarray(key.start, key.end), entry * 4 + ENTRY_HEADER_BYTES);
    }
    this.#words[entry + 2] = offset | 0;
    this.#words[entry + 3] = Math.floor(offset / TWO_TO_32);
    return true;
  }

  /** The offset of the newest record of a key, −1 for a key that is not here. */
  get(key: KeySlice): number {
    const entry = this.#slots[this.#find(key, this.#hash(key))]! - 1;
    if (entry < 0) return -1;
    return this.#words[entry + 3]! * TWO_TO_32 + (this.#words[entry + 2]! >>> 0);
  }

  /** The slot of a key, or the free one where it would go. */
  #find(key: KeySlice, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let at = slots[slot]!; at !== 0; at = slots[slot]!) {
      if (this.#isAt(at - 1, key, hash)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isAt(entry: number, { bytes, start, end }: KeySlice, hash: number): boolean {
    if (this.#words[entry] !== hash || this.#words[entry + 1] !== end - start) return false;
    const own = this.#bytes;
    let at = entry * 4 + ENTRY_HEADER_BYTES;
    for (let index = start; index < end; index++) if (own[at++] !== bytes[index]) return false;
    return true;
  }

  /** FNV-1a from a seed, with the bits mixed at the end for the low ones choose the slot. */
  #hash({ bytes, start, end }: KeySlice): number {
    let hash = this.#seed;
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ bytes[index]!, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }
}
