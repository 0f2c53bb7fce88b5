import path from 'node:path';
import {
  BATCH_FIELD,
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  hasWholeBatch,
  type RecordBatchHeader,
} from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import type { Files, OpenFile } from '../storage/files.ts';
import { scanBatches } from './batch-scan.ts';
import { OffsetIndex } from './offset-index.ts';
import { TimeIndex, type TimestampOffset } from './time-index.ts';
import { TransactionIndex } from './transaction-index.ts';

const OFFSET_DIGITS = 20;

/** The files of a segment. The log comes last: what is done to them in this order is done when it is done to the log. */
export const SEGMENT_EXTENSIONS = ['index', 'timeindex', 'txnindex', 'log'] as const;

/** At least this much is read when only the index knows where to begin: about two index intervals. */
const LOOK_AHEAD_BYTES = 8 * 1024;

/** Gives memory for what is read. */
export type Allocate = (bytes: number) => Buffer;

export function segmentFileName(baseOffset: number, extension: string): string {
  return `${String(baseOffset).padStart(OFFSET_DIGITS, '0')}.${extension}`;
}

/** The base offset in the name of a file, or null when the file is no `.extension` of a segment. */
export function baseOffsetOf(fileName: string, extension: string): number | null {
  const match = /^(\d{20})\.([a-z]+)$/.exec(fileName);
  return match === null || match[2] !== extension ? null : Number(match[1]);
}

/**
 * A stretch of a partition: a file of record batches in Kafka's format with an offset index and a time index beside it.
 * A segment knows bytes and batches; which of its bytes may be read is the log's to say.
 */
export class Segment {
  readonly baseOffset: number;
  readonly #files: Files;
  readonly #folder: string;
  readonly #suffix: string;
  readonly #file: OpenFile;
  #sizeBytes: number;
  #offsetIndex: OffsetIndex | null = null;
  #timeIndex: TimeIndex | null = null;
  #transactionIndex: TransactionIndex | null = null;
  #newest: TimestampOffset | null = null;
  #newestKnown = false;
  #firstTimestamp: number | null = null;
  #bytesSinceIndexEntry = 0;
  /** Where the last read ended: a reader that goes on from there needs no index. */
  #next = { offset: -1, position: 0 };

  /** `suffix` comes after the names of the files, for a segment that is not part of its log yet. */
  constructor(files: Files, folder: string, baseOffset: number, suffix: string = '') {
    this.#files = files;
    this.#folder = folder;
    this.#suffix = suffix;
    this.baseOffset = baseOffset;
    this.#file = files.open(this.#path('log'));
    this.#sizeBytes = this.#file.size();
  }

  /** Bytes written to the file. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get offsetIndex(): OffsetIndex {
    this.#offsetIndex ??= new OffsetIndex(this.#files.open(this.#path('index')), this.baseOffset);
    return this.#offsetIndex;
  }

  get timeIndex(): TimeIndex {
    this.#timeIndex ??= new TimeIndex(this.#files.open(this.#path('timeindex')), this.baseOffset);
    return this.#timeIndex;
  }

  get transactionIndex(): TransactionIndex {
    this.#transactionIndex ??= new TransactionIndex(this.#files.open(this.#path('txnindex')));
    return this.#transactionIndex;
  }

  /** The greatest timestamp and the last offset of its batch; null when the segment has no timestamp. */
  get newest(): TimestampOffset | null {
    if (!this.#newestKnown) {
      this.#newest = this.timeIndex.last();
      this.#newestKnown = true;
    }
    return this.#newest;
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
  noteBatch(header: RecordBatchHeader, position: number, indexIntervalBytes: number): void {
    if (position === 0) this.#firstTimestamp = header.maxTimestamp;
    const newest = this.newest;
    if (header.maxTimestamp >= 0 && header.maxTimestamp > (newest?.timestamp ?? -1)) {
      this.#newest = { timestamp: header.maxTimestamp, offset: header.lastOffset };
    }
    if (this.#bytesSinceIndexEntry > indexIntervalBytes) {
      this.offsetIndex.append(header.lastOffset, position);
      if (this.#newest !== null) this.timeIndex.append(this.#newest.timestamp, this.#newest.offset);
      this.#bytesSinceIndexEntry = 0;
    }
    this.#bytesSinceIndexEntry += header.sizeInBytes;
  }

  /** Writes batches at the end of the file. */
  write(buffers: readonly Uint8Array[]): void {
    this.#file.write(buffers, this.#sizeBytes);
    for (const buffer of buffers) this.#sizeBytes += buffer.byteLength;
  }

  /**
   * Whole batches from the one that holds `offset` on (or from the next one, where compaction left a gap), of at most
   * `maxBytes` unless the first is larger; none when there is no such batch before `endPosition`.
   */
  read(offset: number, maxBytes: number, endPosition: number, allocate: Allocate = Buffer.allocUnsafe): Uint8Array {
    let start = this.#startFor(offset);
    let wantedBytes = this.#next.offset === offset ? maxBytes : Math.max(maxBytes, LOOK_AHEAD_BYTES);
    for (;;) {
      const bytes = allocate(Math.max(0, Math.min(wantedBytes, endPosition - start)));
      const length = this.#file.read(bytes, start);
      let from = 0;
      while (hasWholeBatch(bytes, from, length) && lastOffsetAt(bytes, from) < offset)
        from += batchBytesAt(bytes, from);
      if (hasWholeBatch(bytes, from, length)) {
        const end = endOfWholeBatches(bytes, from, Math.min(length, from + maxBytes), length);
        this.#next = { offset: lastOffsetAfter(bytes, from, end) + 1, position: start + end };
        return bytes.subarray(from, end);
      }
      // The batch is larger than what was read; its length stands in its first bytes.
      start += from;
      if (endPosition - start < BATCH_HEADER_BYTES) return bytes.subarray(0, 0);
      const head = Buffer.allocUnsafe(BATCH_OVERHEAD_BYTES);
      this.#file.read(head, start);
      wantedBytes = batchBytesAt(head, 0);
      if (start + wantedBytes > endPosition) throw corruptSegment(this.#path('log'), start);
    }
  }

  /** Walks the batches from the one that holds `offset` on; see {@link scanBatches}. */
  scan(offset: number, endPosition: number, visit: Parameters<typeof scanBatches>[3]): void {
    scanBatches(this.#file, { from: this.#positionOf(offset, endPosition), to: endPosition }, false, visit);
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
      if (to >= this.#sizeBytes) throw corruptSegment(this.#path('log'), position);
    }
  }

  /**
   * Finds where the last whole batch ends, from what the index says on, and enters what the index lacks. For a segment
   * that was closed in good order: only its last few kibibytes are read. Answers the offset after the last record.
   */
  resume(indexIntervalBytes: number): number {
    const last = this.offsetIndex.last();
    const from = last.position < this.#sizeBytes ? last.position : 0;
    let nextOffset = this.baseOffset;
    this.#bytesSinceIndexEntry = 0;
    const end = scanBatches(this.#file, { from, to: this.#sizeBytes }, false, (header, position) => {
      nextOffset = header.lastOffset + 1;
      if (position > from || from === 0) this.noteBatch(header, position, indexIntervalBytes);
      return true;
    });
    if (end < this.#sizeBytes) this.#cut(end);
    return nextOffset;
  }

  /**
   * Takes back batches that were entered but could not be written, and whatever part of them reached the file. Answers
   * the offset after the last record that is left.
   */
  rollBack(indexIntervalBytes: number): number {
    this.#cut(this.#sizeBytes);
    this.offsetIndex.truncateToPosition(this.#sizeBytes);
    let nextOffset = this.baseOffset;
    this.scan(this.offsetIndex.last().offset, this.#sizeBytes, (header) => {
      nextOffset = header.lastOffset + 1;
      return true;
    });
    this.timeIndex.truncateToOffset(nextOffset);
    this.transactionIndex.truncateToOffset(nextOffset);
    this.#newestKnown = false;
    return this.resume(indexIntervalBytes);
  }

  /**
   * Reads everything, checks every checksum, cuts the file after the last good batch and makes offset and time index
   * anew; the transaction index is emptied, for who knows the producers to fill it. Answers the offset after the last
   * record. For a segment that a crash may have torn.
   */
  recover(indexIntervalBytes: number, visit: (header: RecordBatchHeader) => void): number {
    this.offsetIndex.truncateToPosition(0);
    this.timeIndex.truncateToOffset(this.baseOffset);
    this.transactionIndex.truncateToOffset(this.baseOffset);
    this.#newest = null;
    this.#newestKnown = true;
    this.#bytesSinceIndexEntry = 0;
    let nextOffset = this.baseOffset;
    const end = scanBatches(this.#file, { from: 0, to: this.#sizeBytes }, true, (header, position) => {
      if (header.baseOffset < nextOffset) return false;
      nextOffset = header.lastOffset + 1;
      this.noteBatch(header, position, indexIntervalBytes);
      visit(header);
      return true;
    });
    if (end < this.#sizeBytes) this.#cut(end);
    return nextOffset;
  }

  /** Writes the indexes; the time index also gets the greatest timestamp, so that a closed segment needs no scan. */
  saveIndexes(): void {
    if (this.#newestKnown && this.#newest !== null) this.timeIndex.append(this.#newest.timestamp, this.#newest.offset);
    this.#offsetIndex?.save();
    this.#timeIndex?.save();
    this.#transactionIndex?.save();
  }

  async sync(): Promise<void> {
    await Promise.all([this.#file.sync(), this.#transactionIndex?.sync()]);
  }

  close(): void {
    this.#file.close();
    this.#offsetIndex?.close();
    this.#timeIndex?.close();
    this.#transactionIndex?.close();
  }

  delete(): void {
    this.close();
    for (const extension of SEGMENT_EXTENSIONS) this.#files.remove(this.#path(extension));
  }

  #cut(position: number): void {
    this.#next = { offset: -1, position: 0 };
    this.#file.truncate(position);
    this.#sizeBytes = position;
  }

  /** Where the first batch begins whose last offset is not below the given one. */
  #positionOf(offset: number, endPosition: number): number {
    const { position } = this.offsetIndex.floor(offset);
    return scanBatches(this.#file, { from: position, to: endPosition }, false, (header) => header.lastOffset < offset);
  }

  #startFor(offset: number): number {
    return this.#next.offset === offset ? this.#next.position : this.offsetIndex.floor(offset).position;
  }

  #path(extension: string): string {
    return path.join(this.#folder, segmentFileName(this.baseOffset, extension) + this.#suffix);
  }
}

function batchBytesAt(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at + BATCH_FIELD.batchLength) + BATCH_OVERHEAD_BYTES;
}

function lastOffsetAt(bytes: Buffer, at: number): number {
  const high = bytes.readInt32BE(at + BATCH_FIELD.baseOffset);
  const low = bytes.readUInt32BE(at + BATCH_FIELD.baseOffset + 4);
  return high * 2 ** 32 + low + bytes.readInt32BE(at + BATCH_FIELD.lastOffsetDelta);
}

/** The end of the last whole batch at or before `limit`, but of the first batch in any case. */
function endOfWholeBatches(bytes: Buffer, from: number, limit: number, length: number): number {
  let end = from + batchBytesAt(bytes, from);
  while (end < limit && hasWholeBatch(bytes, end, Math.min(limit, length))) end += batchBytesAt(bytes, end);
  return end;
}

function lastOffsetAfter(bytes: Buffer, from: number, end: number): number {
  let last = from;
  for (let at = from; at < end; at += batchBytesAt(bytes, at)) last = at;
  return lastOffsetAt(bytes, last);
}

function corruptSegment(file: string, position: number): BrokerError {
  return new BrokerError('KAFKA_STORAGE_ERROR', `the segment ${file} is damaged at byte ${position}`);
}
