import path from 'node:path';
import {
  BATCH_FIELD,
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  hasWholeBatch,
  MAGIC_V2,
  type RecordBatchHeader,
} from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import type { Files, OpenFile } from '../storage/files.ts';
import { type BatchVisitor, scanBatches } from './batch-scan.ts';
import { DELETED_SUFFIX, SEGMENT_EXTENSIONS, segmentFileName } from './segment-files.ts';
import { SegmentIndexes } from './segment-indexes.ts';
import type { TimestampOffset } from './time-index.ts';
import { TransactionIndex } from './transaction-index.ts';

/** At least this much is read when only the index knows where to begin: about two index intervals. */
const LOOK_AHEAD_BYTES = 8 * 1024;

/** Where reading ends: at a position in the file, which is that of the batch with an offset. */
export type ReadEnd = { readonly position: number; readonly offset: number };

/** The offsets that the next batch may have. */
type Walk = { nextOffset: number; readonly endOffset: number };

type BatchesRead = {
  /** Where the first batch begins and ends in the bytes. */
  readonly from: number;
  readonly to: number;
  /** How many bytes there are. */
  readonly length: number;
  readonly maxBytes: number;
  /** Where the bytes begin in the file. */
  readonly start: number;
};

/** Gives memory for what is read. */
export type Allocate = (bytes: number) => Buffer;

export type SegmentOptions = {
  readonly files: Files;
  readonly folder: string;
  readonly baseOffset: number;
  /** Bytes of log between two index entries. */
  readonly indexIntervalBytes: number;
  /** Comes after the names of the files, for a segment that is not part of its log yet. */
  readonly suffix?: string;
};

/**
 * A stretch of a partition: a file of record batches in Kafka's format with an offset index and a time index beside it.
 * A segment knows bytes and batches; which of its bytes may be read is the log's to say.
 */
export class Segment {
  readonly baseOffset: number;
  readonly #options: SegmentOptions;
  readonly #file: OpenFile;
  readonly #indexes: SegmentIndexes;
  #sizeBytes: number;
  #transactionIndex: TransactionIndex | null = null;
  #firstTimestamp: number | null = null;
  /** Where the last read ended: a reader that goes on from there needs no index. */
  #next = { offset: -1, position: 0 };

  constructor(options: SegmentOptions) {
    this.#options = options;
    this.baseOffset = options.baseOffset;
    const file = this.#open('log');
    this.#file = file;
    this.#sizeBytes = file.size();
    this.#indexes = new SegmentIndexes({
      log: { baseOffset: options.baseOffset, file, sizeBytes: () => this.#sizeBytes },
      intervalBytes: options.indexIntervalBytes,
      open: (extension) => this.#open(extension),
    });
  }

  /** Bytes written to the file. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get transactionIndex(): TransactionIndex {
    this.#transactionIndex ??= new TransactionIndex(this.#open('txnindex'));
    return this.#transactionIndex;
  }

  /** The greatest timestamp and the last offset of its batch; null when the segment has no timestamp. */
  get newest(): TimestampOffset | null {
    return this.#indexes.newest;
  }

  /** The offset at which to begin a search for a timestamp. */
  offsetFor(timestamp: number): number {
    return this.#indexes.offsetFor(timestamp);
  }

  /** The greatest timestamp of the first batch, −1 without one: a segment's age counts from it. */
  get firstTimestamp(): number {
    if (this.#firstTimestamp === null && this.#sizeBytes > 0) {
      scanBatches(this.#file, { from: 0, to: this.#sizeBytes }, false, (header) => {
        this.#firstTimestamp = header.maxTimestamp;
        return false;
      });
    }
    return this.#firstTimestamp ?? -1;
  }

  /** Enters a batch that lies, or is about to be written, at a position. */
  noteBatch(header: RecordBatchHeader, position: number): void {
    if (position === 0) this.#firstTimestamp = header.maxTimestamp;
    this.#indexes.note(header, position);
  }

  /** Writes batches at the end of the file. */
  write(buffers: readonly Uint8Array[]): void {
    this.#file.write(buffers, this.#sizeBytes);
    for (const buffer of buffers) this.#sizeBytes += buffer.byteLength;
  }

  /**
   * Whole batches from the one that holds `offset` on (or from the next one, where compaction left a gap), of at most
   * `maxBytes` unless the first is larger; none when there is no such batch before the end. That lengths make sense and
   * offsets rise is looked at; checksums are left to the reader, as in Kafka.
   *
   * @throws BrokerError `KAFKA_STORAGE_ERROR` where the segment is damaged.
   */
  read(offset: number, maxBytes: number, end: ReadEnd, allocate: Allocate = Buffer.allocUnsafe): Uint8Array {
    const isNext = this.#next.offset === offset;
    let start = isNext ? this.#next.position : this.#indexes.positionFor(offset);
    const walk: Walk = { nextOffset: isNext ? offset : this.baseOffset, endOffset: end.offset };
    let wantedBytes = isNext ? maxBytes : Math.max(maxBytes, LOOK_AHEAD_BYTES);
    for (;;) {
      const bytes = allocate(Math.max(0, Math.min(wantedBytes, end.position - start)));
      const length = this.#file.read(bytes, start);
      let from = 0;
      while (hasWholeBatch(bytes, from, length)) {
        const sizeInBytes = this.#passBatch(bytes, from, start, walk);
        if (walk.nextOffset > offset) {
          if (baseOffsetAt(bytes, from) > offset) this.#checkBefore(offset, start + from);
          const to = this.#passBatches(bytes, { from, to: from + sizeInBytes, length, maxBytes, start }, walk);
          return bytes.subarray(from, to);
        }
        from += sizeInBytes;
      }
      // The file is shorter than what was written to it.
      if (length < bytes.byteLength) throw this.#damagedAt(start + length);
      // The batch is larger than what was read; its length stands in its first bytes.
      start += from;
      if (end.position - start < BATCH_HEADER_BYTES) return bytes.subarray(0, 0);
      const head = Buffer.allocUnsafe(BATCH_OVERHEAD_BYTES);
      if (this.#file.read(head, start) < head.byteLength) throw this.#damagedAt(start);
      wantedBytes = batchBytesAt(head, 0);
      if (wantedBytes < BATCH_HEADER_BYTES || start + wantedBytes > end.position) throw this.#damagedAt(start);
    }
  }

  /**
   * Walks the batches from the one that holds `offset` on; see {@link scanBatches}.
   *
   * @throws BrokerError `KAFKA_STORAGE_ERROR` where there is no batch.
   */
  scan(offset: number, endPosition: number, visit: BatchVisitor): void {
    let goesOn = true;
    const from = this.#indexes.positionFor(offset);
    const end = scanBatches(this.#file, { from, to: endPosition }, false, (header, position, bytes, at) => {
      if (header.lastOffset >= offset) goesOn = visit(header, position, bytes, at);
      return goesOn;
    });
    if (goesOn && end < endPosition) throw this.#damagedAt(end);
  }

  /**
   * Walks batches from the start of one on, of at most `maxBytes` unless the first is larger, until the visitor answers
   * false, and looks at their checksums. Answers the position of the next batch.
   *
   * @throws BrokerError `KAFKA_STORAGE_ERROR` where there is no good batch.
   */
  walk(position: number, maxBytes: number, visit: (header: RecordBatchHeader, bytes: Buffer) => boolean): number {
    if (position >= this.#sizeBytes) return position;
    let goesOn = true;
    for (let to = position + maxBytes; ; to = position + 2 * (to - position)) {
      const range = { from: position, to: Math.min(to, this.#sizeBytes) };
      const end = scanBatches(this.#file, range, true, (header, _position, bytes) => {
        goesOn = visit(header, bytes);
        return goesOn;
      });
      if (end > position || !goesOn) return end;
      if (to >= this.#sizeBytes) throw this.#damagedAt(position);
    }
  }

  /**
   * Answers the offset after the last record. For a segment that was closed in good order: only its last few kibibytes
   * are read.
   *
   * @throws BrokerError `KAFKA_STORAGE_ERROR` when its end is damaged: nothing tore it, so it is not for us to cut.
   */
  resume(): number {
    const { nextOffset, position } = this.#indexes.resume();
    if (position < this.#sizeBytes) throw this.#damagedAt(position);
    return nextOffset;
  }

  /**
   * Takes back batches that were entered but could not be written, and whatever part of them reached the file. Answers
   * the offset after the last record that is left.
   */
  rollBack(): number {
    this.#cut(this.#sizeBytes);
    const { nextOffset } = this.#indexes.rollBack();
    this.transactionIndex.truncateToOffset(nextOffset);
    return nextOffset;
  }

  /**
   * Reads everything, checks every checksum, cuts the file after the last good batch and makes offset and time index
   * anew; the transaction index is emptied, for who knows the producers to fill it. Answers the offset after the last
   * record. For a segment that a crash may have torn.
   */
  recover(visit: (...batch: Parameters<BatchVisitor>) => void): number {
    this.#indexes.clear();
    this.transactionIndex.clear();
    let nextOffset = this.baseOffset;
    const range = { from: 0, to: this.#sizeBytes, reusesMemory: true };
    const end = scanBatches(this.#file, range, true, (header, position, bytes, at) => {
      if (header.baseOffset < nextOffset) return false;
      nextOffset = header.lastOffset + 1;
      this.noteBatch(header, position);
      visit(header, position, bytes, at);
      return true;
    });
    if (end < this.#sizeBytes) this.#cut(end);
    return nextOffset;
  }

  /** Writes the indexes, so that a closed segment needs no scan. */
  saveIndexes(): void {
    this.#indexes.save();
    this.#transactionIndex?.save();
  }

  /** Resolves when the aborted transactions are on the device: they can't be told from the log without its producers. */
  async syncAborted(): Promise<void> {
    await this.#transactionIndex?.sync();
  }

  async sync(): Promise<void> {
    await Promise.all([this.#file.sync(), this.#indexes.sync(), this.#transactionIndex?.sync()]);
  }

  /** The same as {@link sync}, at once, for the records. */
  syncNow(): void {
    this.#file.syncNow();
  }

  close(): void {
    this.#file.close();
    this.#indexes.close();
    this.#transactionIndex?.close();
  }

  /** Takes the files out of the log: they have other names when this returns, and are removed when there is time. */
  delete(): void {
    this.close();
    const { files } = this.#options;
    for (const extension of SEGMENT_EXTENSIONS) {
      const file = this.#path(extension);
      if (!files.exists(file)) continue;
      files.rename(file, file + DELETED_SUFFIX);
      files.discard(file + DELETED_SUFFIX);
    }
  }

  #cut(position: number): void {
    this.#next = { offset: -1, position: 0 };
    this.#file.truncate(position);
    this.#sizeBytes = position;
  }

  /** Passes over the batches after the first, as many as fit; answers where they end, and remembers it. */
  #passBatches(bytes: Buffer, { from, to, length, maxBytes, start }: BatchesRead, walk: Walk): number {
    let end = to;
    while (hasWholeBatch(bytes, end, Math.min(length, from + maxBytes))) {
      end += this.#passBatch(bytes, end, start, walk);
    }
    // No checksum covers where a batch begins: the next one is looked at, too, when it was read.
    if (length - end >= BATCH_OVERHEAD_BYTES && baseOffsetAt(bytes, end) < walk.nextOffset) {
      throw this.#damagedAt(start + end);
    }
    this.#next = { offset: walk.nextOffset, position: start + end };
    return end;
  }

  /** Passes over a batch and answers its size. */
  #passBatch(bytes: Buffer, at: number, start: number, walk: Walk): number {
    const sizeInBytes = batchBytesAt(bytes, at);
    if (sizeInBytes < BATCH_HEADER_BYTES || bytes[at + BATCH_FIELD.magic] !== MAGIC_V2) {
      throw this.#damagedAt(start + at);
    }
    const baseOffset = baseOffsetAt(bytes, at);
    const lastOffset = lastOffsetAt(bytes, at);
    const isInOrder = walk.nextOffset <= baseOffset && baseOffset <= lastOffset && lastOffset < walk.endOffset;
    if (!isInOrder) throw this.#damagedAt(start + at);
    walk.nextOffset = lastOffset + 1;
    return sizeInBytes;
  }

  /** There is a gap where an offset was looked for. Compaction leaves gaps; or a batch before it lies about its end. */
  #checkBefore(offset: number, position: number): void {
    const from = this.#indexes.positionFor(offset);
    const end = scanBatches(this.#file, { from, to: position }, true, () => true);
    if (end < position) throw this.#damagedAt(end);
  }

  #damagedAt(position: number): BrokerError {
    const file = this.#path('log');
    return new BrokerError('KAFKA_STORAGE_ERROR', `the segment ${file} is damaged at byte ${position}`);
  }

  #open(extension: string): OpenFile {
    return this.#options.files.open(this.#path(extension));
  }

  #path(extension: string): string {
    const { folder, baseOffset, suffix = '' } = this.#options;
    return path.join(folder, segmentFileName(baseOffset, extension) + suffix);
  }
}

function batchBytesAt(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at + BATCH_FIELD.batchLength) + BATCH_OVERHEAD_BYTES;
}

function baseOffsetAt(bytes: Buffer, at: number): number {
  const high = bytes.readInt32BE(at + BATCH_FIELD.baseOffset);
  return high * 2 ** 32 + bytes.readUInt32BE(at + BATCH_FIELD.baseOffset + 4);
}

function lastOffsetAt(bytes: Buffer, at: number): number {
  return baseOffsetAt(bytes, at) + bytes.readInt32BE(at + BATCH_FIELD.lastOffsetDelta);
}
