const ENTRY_HEADER_BYTES = 16;
const TABLE_SLOTS_FIRST = 1024;
/** Slots that are taken before the table grows. */
const LOAD_MAX = 0.7;
/** Share of the memory that entries may take; slots take the rest. */
const ENTRY_SHARE = 0.75;
const TWO_TO_32 = 2 ** 32;

/** A part of some bytes: a key where it lies, so that none is copied to be looked up. */
export type KeySlice = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

/**
 * The offset of the newest record of each key, in bounded memory. Whole keys are compared, not digests of them: what
 * compaction throws away never hangs on a chance. The memory for entries is asked for at once and touched as it fills,
 * so that the system gives only what is used.
 */
export class KeyOffsets {
  readonly #entries: Buffer;
  readonly #slotBytesMax: number;
  readonly #seed: number;
  /** Where the entry of each slot begins, in units of four bytes, plus one; 0 for a free slot. */
  #slots = new Int32Array(TABLE_SLOTS_FIRST);
  #usedBytes = 0;
  #count = 0;

  constructor(bytesMax: number, seed: number) {
    const entryBytes = Math.max(ENTRY_HEADER_BYTES, Math.floor((bytesMax * ENTRY_SHARE) / 4) * 4);
    this.#entries = Buffer.from(new ArrayBuffer(entryBytes));
    this.#slotBytesMax = Math.max(TABLE_SLOTS_FIRST * 4, bytesMax - entryBytes);
    this.#seed = seed | 0;
  }

  get count(): number {
    return this.#count;
  }

  /** Notes the newest record of a key so far. Answers false, and changes nothing, when the key is new and there is no room. */
  set(key: KeySlice, offset: number): boolean {
    const hash = this.#hash(key);
    let slot = this.#find(key, hash);
    let entry = (this.#slots[slot]! - 1) * 4;
    if (entry < 0) {
      const length = key.end - key.start;
      const sizeBytes = ENTRY_HEADER_BYTES + ((length + 3) & ~3);
      if (this.#usedBytes + sizeBytes > this.#entries.byteLength) return false;
      if (this.#count + 1 > this.#slots.length * LOAD_MAX) {
        if (this.#slots.byteLength * 2 > this.#slotBytesMax) return false;
        this.#grow();
        slot = this.#find(key, hash);
      }
      entry = this.#usedBytes;
      this.#usedBytes += sizeBytes;
      this.#count += 1;
      this.#slots[slot] = entry / 4 + 1;
      this.#entries.writeInt32LE(hash, entry);
      this.#entries.writeInt32LE(length, entry + 4);
      this.#entries.set(key.bytes.subarray(key.start, key.end), entry + ENTRY_HEADER_BYTES);
    }
    this.#entries.writeUInt32LE(offset % TWO_TO_32, entry + 8);
    this.#entries.writeUInt32LE(Math.floor(offset / TWO_TO_32), entry + 12);
    return true;
  }

  /** The offset of the newest record of a key, −1 for a key that is not here. */
  get(key: KeySlice): number {
    const entry = (this.#slots[this.#find(key, this.#hash(key))]! - 1) * 4;
    if (entry < 0) return -1;
    return this.#entries.readUInt32LE(entry + 12) * TWO_TO_32 + this.#entries.readUInt32LE(entry + 8);
  }

  /** The slot of a key, or the free one where it would go. */
  #find(key: KeySlice, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let at = this.#slots[slot]!; at !== 0; at = this.#slots[slot]!) {
      if (this.#isAt((at - 1) * 4, key, hash)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isAt(entry: number, { bytes, start, end }: KeySlice, hash: number): boolean {
    const entries = this.#entries;
    if (entries.readInt32LE(entry) !== hash || entries.readInt32LE(entry + 4) !== end - start) return false;
    let at = entry + ENTRY_HEADER_BYTES;
    for (let index = start; index < end; index++) if (entries[at++] !== bytes[index]) return false;
    return true;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (const at of this.#slots) {
      if (at === 0) continue;
      let slot = this.#entries.readInt32LE((at - 1) * 4) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = at;
    }
    this.#slots = slots;
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
