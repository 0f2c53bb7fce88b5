import type { OpenFile } from '../storage/files.ts';

const CAPACITY_ENTRIES_FIRST = 64;
const NO_BYTES = Buffer.alloc(0);

/**
 * The entries of one index, of one fixed size, read at their first use, held in memory and written behind. An index is
 * only a shortcut into its log: what a crash keeps from being written is made again by recovery, so entries reach the
 * file in few large writes.
 */
export class IndexFile {
  readonly #file: OpenFile;
  readonly #entryBytes: number;
  #bytes: Buffer = NO_BYTES;
  #isLoaded = false;
  #count = 0;
  #savedCount = 0;
  /** Whether the device has what the file has. */
  #isSynced = true;

  constructor(file: OpenFile, entryBytes: number) {
    this.#file = file;
    this.#entryBytes = entryBytes;
  }

  get count(): number {
    this.#load();
    return this.#count;
  }

  /** The bytes of all entries; valid until the next {@link add}. */
  get bytes(): Buffer {
    this.#load();
    return this.#bytes;
  }

  /** Makes room for one more entry and answers where its bytes begin. */
  add(): number {
    this.#load();
    const at = this.#count * this.#entryBytes;
    if (at + this.#entryBytes > this.#bytes.byteLength) {
      const grown = Buffer.allocUnsafe(Math.max(this.#bytes.byteLength * 2, CAPACITY_ENTRIES_FIRST * this.#entryBytes));
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
    }
    this.#count += 1;
    return at;
  }

  keepFirst(count: number): void {
    this.#load();
    if (count >= this.#count) return;
    this.#count = count;
    if (count < this.#savedCount) {
      this.#file.truncate(count * this.#entryBytes);
      this.#savedCount = count;
      this.#isSynced = false;
    }
  }

  /** Writes what the file does not hold yet. */
  save(): void {
    if (this.#savedCount === this.#count) return;
    const from = this.#savedCount * this.#entryBytes;
    // The bytes are copied by the write; a synchronous one is done with them when it returns.
    this.#file.write([this.#bytes.subarray(from, this.#count * this.#entryBytes)], from);
    this.#savedCount = this.#count;
    this.#isSynced = false;
  }

  /** Resolves when what was saved is on the device. */
  async sync(): Promise<void> {
    if (this.#isSynced) return;
    this.#isSynced = true;
    await this.#file.sync();
  }

  /**
   * The number of entries for which `isBefore` holds; it must hold for a prefix of them (binary search).
   */
  countWhile(isBefore: (bytes: Buffer, at: number) => boolean): number {
    let low = 0;
    let high = this.count;
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

  /** What the file holds; a torn last entry is left out, and written over by the next one. */
  #load(): void {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    this.#count = Math.floor(this.#file.size() / this.#entryBytes);
    this.#savedCount = this.#count;
    if (this.#count === 0) return;
    this.#bytes = Buffer.allocUnsafe(this.#count * this.#entryBytes);
    this.#file.read(this.#bytes, 0);
  }
}
