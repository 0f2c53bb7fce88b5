import type { OpenFile } from '../storage/files.ts';
import { IndexFile } from './index-file.ts';

const ENTRY_BYTES = 12;
const TWO_TO_32 = 2 ** 32;

export type TimestampOffset = { readonly timestamp: number; readonly offset: number };

/**
 * Kafka's `.timeindex`: entries of (greatest timestamp so far, eight bytes; offset of its record relative to the base,
 * four bytes). Timestamps and offsets both rise from entry to entry.
 */
export class TimeIndex {
  readonly #entries: IndexFile;
  readonly #baseOffset: number;

  constructor(file: OpenFile, baseOffset: number) {
    this.#entries = new IndexFile(file, ENTRY_BYTES);
    this.#baseOffset = baseOffset;
  }

  get count(): number {
    return this.#entries.count;
  }

  /** Notes the greatest timestamp so far, unless the last entry says as much. */
  append(timestamp: number, offset: number): void {
    const last = this.last();
    if (last !== null && (timestamp <= last.timestamp || offset <= last.offset)) return;
    const at = this.#entries.add();
    this.#entries.bytes.writeInt32BE(Math.floor(timestamp / TWO_TO_32), at);
    this.#entries.bytes.writeUInt32BE(timestamp % TWO_TO_32, at + 4);
    this.#entries.bytes.writeInt32BE(offset - this.#baseOffset, at + 8);
  }

  /** The entry with the greatest timestamp below the given one: records at or after it may be late enough. */
  before(timestamp: number): TimestampOffset | null {
    const count = this.#entries.countWhile((bytes, at) => readTimestamp(bytes, at) < timestamp);
    return count === 0 ? null : this.#entry(count - 1);
  }

  last(): TimestampOffset | null {
    return this.count === 0 ? null : this.#entry(this.count - 1);
  }

  clear(): void {
    this.#entries.keepFirst(0);
  }

  truncateToOffset(offset: number): void {
    const relative = offset - this.#baseOffset;
    this.#entries.keepFirst(this.#entries.countWhile((bytes, at) => bytes.readInt32BE(at + 8) < relative));
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

  #entry(index: number): TimestampOffset {
    const at = index * ENTRY_BYTES;
    const bytes = this.#entries.bytes;
    return { timestamp: readTimestamp(bytes, at), offset: this.#baseOffset + bytes.readInt32BE(at + 8) };
  }
}

function readTimestamp(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * TWO_TO_32 + bytes.readUInt32BE(at + 4);
}
