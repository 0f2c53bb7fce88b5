import type { OpenFile } from '../storage/files.ts';

const CAPACITY_ENTRIES_FIRST = 64;

/**
 * The entries of one index, of one fixed size, held in memory and written behind. An index is only a shortcut into its
 * log: what a crash keeps from being written is made again by recovery, so entries reach the file in few large writes.
 */
export class IndexFile {
  readonly #file: OpenFile;
  readonly #entryBytes: number;
  #bytes: Buffer;
  #count: number;
  #savedCount: number;

  private constructor(file: OpenFile, entryBytes: number, bytes: Buffer, count: number) {
    this.#file = file;
    this.#entryBytes = entryBytes;
    this.#bytes = bytes;
    this.#count = count;
    this.#savedCount = count;
  }

  /** What the file holds; a torn last entry is left out. */
  static load(file: OpenFile, entryBytes: number): IndexFile {
    const count = Math.floor(file.size() / entryBytes);
    const bytes = Buffer.allocUnsafe(Math.max(count, CAPACITY_ENTRIES_FIRST) * entryBytes);
    if (count > 0) file.read(bytes.subarray(0, count * entryBytes), 0);
    return new IndexFile(file, entryBytes, bytes, count);
  }

  get count(): number {
    return this.#count;
  }

  /** The bytes of all entries; valid until the next {@link add}. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Makes room for one more entry and answers where its bytes begin. */
  add(): number {
    const at = this.#count * this.#entryBytes;
    if (at + this.#entryBytes > this.#bytes.byteLength) {
      const grown = Buffer.allocUnsafe(this.#bytes.byteLength * 2);
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
    }
    this.#count += 1;
    return at;
  }

  keepFirst(count: number): void {
    if (count >= this.#count) return;
    this.#count = count;
    if (count < this.#savedCount) {
      this.#file.truncate(count * this.#entryBytes);
      this.#savedCount = count;
    }
  }

  /** Writes what the file does not hold yet. */
  save(): void {
    if (this.#savedCount === this.#count) return;
    const from = this.#savedCount * this.#entryBytes;
    // The bytes are copied by the write; a synchronous one is done with them when it returns.
    this.#file.write([this.#bytes.subarray(from, this.#count * this.#entryBytes)], from);
    this.#savedCount = this.#count;
  }

  /**
   * The number of entries for which `isBefore` holds; it must hold for a prefix of them (binary search).
   */
  countWhile(isBefore: (bytes: Buffer, at: number) => boolean): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#bytes, middle * this.#entryBytes)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  close(): void {
    this.#file.close();
  }
}
