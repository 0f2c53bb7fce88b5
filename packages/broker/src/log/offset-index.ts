import type { OpenFile } from '../storage/files.ts';
import { IndexFile } from './index-file.ts';

const ENTRY_BYTES = 8;

export type OffsetPosition = { readonly offset: number; readonly position: number };

/**
 * Kafka's `.index`: entries of (offset relative to the segment's base, position in its log), four bytes each, one about
 * every `index.interval.bytes`. An entry names the *last* offset of the batch at its position, as Kafka writes it.
 */
export class OffsetIndex {
  readonly #entries: IndexFile;
  readonly #baseOffset: number;

  constructor(file: OpenFile, baseOffset: number) {
    this.#entries = new IndexFile(file, ENTRY_BYTES);
    this.#baseOffset = baseOffset;
  }

  get count(): number {
    return this.#entries.count;
  }

  append(offset: number, position: number): void {
    const at = this.#entries.add();
    this.#entries.bytes.writeInt32BE(offset - this.#baseOffset, at);
    this.#entries.bytes.writeInt32BE(position, at + 4);
  }

  /** The entry with the greatest offset not above the given one. */
  floor(offset: number): OffsetPosition | null {
    const relative = offset - this.#baseOffset;
    const count = this.#entries.countWhile((bytes, at) => bytes.readInt32BE(at) <= relative);
    return count === 0 ? null : this.#entry(count - 1);
  }

  last(): OffsetPosition | null {
    return this.count === 0 ? null : this.#entry(this.count - 1);
  }

  clear(): void {
    this.#entries.keepFirst(0);
  }

  /** Drops the entries of batches at or after a position. */
  truncateToPosition(position: number): void {
    this.#entries.keepFirst(this.#entries.countWhile((bytes, at) => bytes.readInt32BE(at + 4) < position));
  }

  save(): void {
    this.#entries.save();
  }

  async sync(): Promise<void> {
    await this.#entries.sync();
  }

  close(): void {
    this.#entries.close();
  }

  #entry(index: number): OffsetPosition {
    const at = index * ENTRY_BYTES;
    const bytes = this.#entries.bytes;
    return { offset: this.#baseOffset + bytes.readInt32BE(at), position: bytes.readInt32BE(at + 4) };
  }
}
