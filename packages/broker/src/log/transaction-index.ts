import { crc32c } from '@millrace/protocol';
import type { OpenFile } from '../storage/files.ts';
import { IndexFile } from './index-file.ts';

const VERSION = 0;
const ENTRY_BYTES = 34;

export type AbortedTransaction = {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Where its marker lies. */
  readonly lastOffset: number;
  /** Where the undecided part of the log began when this transaction had ended. */
  readonly lastStableOffset: number;
};

/**
 * Kafka's `.txnindex`: the aborted transactions whose markers lie in a segment, in the order of the markers: version,
 * producer id, first offset, last offset and last stable offset. Unlike the other indexes it is no shortcut: a reader of
 * committed records depends on it.
 */
export class TransactionIndex {
  readonly #entries: IndexFile;

  constructor(file: OpenFile) {
    this.#entries = new IndexFile(file, ENTRY_BYTES);
  }

  get count(): number {
    return this.#entries.count;
  }

  /** Enters a transaction; one whose marker is not beyond those that are known is known already. */
  append({ producerId, firstOffset, lastOffset, lastStableOffset }: AbortedTransaction): void {
    if (this.count > 0 && this.#entry(this.count - 1).lastOffset >= lastOffset) return;
    const at = this.#entries.add();
    const { bytes } = this.#entries;
    bytes.writeInt16BE(VERSION, at);
    bytes.writeBigInt64BE(BigInt(producerId), at + 2);
    bytes.writeBigInt64BE(BigInt(firstOffset), at + 10);
    bytes.writeBigInt64BE(BigInt(lastOffset), at + 18);
    bytes.writeBigInt64BE(BigInt(lastStableOffset), at + 26);
  }

  /**
   * Adds what was aborted between two offsets. Answers whether later segments have nothing to add: everything before
   * `toOffset` was decided when the last transaction looked at had ended.
   */
  collect(fromOffset: number, toOffset: number, found: AbortedTransaction[]): boolean {
    for (let index = 0; index < this.count; index++) {
      const entry = this.#entry(index);
      if (entry.lastOffset >= fromOffset && entry.firstOffset < toOffset) found.push(entry);
      if (entry.lastStableOffset >= toOffset) return true;
    }
    return false;
  }

  /** Drops the transactions whose markers are not before an offset. */
  truncateToOffset(offset: number): void {
    this.#entries.keepFirst(this.#entries.countWhile((bytes, at) => Number(bytes.readBigInt64BE(at + 18)) < offset));
  }

  checksum(): number {
    return crc32c(this.#entries.bytes, 0, this.count * ENTRY_BYTES);
  }

  clear(): void {
    this.#entries.keepFirst(0);
  }

  save(): void {
    this.#entries.save();
  }

  /** Resolves when what was saved is on the device. */
  async sync(): Promise<void> {
    await this.#entries.sync();
  }

  close(): void {
    this.#entries.close();
  }

  #entry(index: number): AbortedTransaction {
    const at = index * ENTRY_BYTES;
    const { bytes } = this.#entries;
    return {
      producerId: Number(bytes.readBigInt64BE(at + 2)),
      firstOffset: Number(bytes.readBigInt64BE(at + 10)),
      lastOffset: Number(bytes.readBigInt64BE(at + 18)),
      lastStableOffset: Number(bytes.readBigInt64BE(at + 26)),
    };
  }
}
