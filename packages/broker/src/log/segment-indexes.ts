import { BATCH_HEADER_BYTES, type RecordBatchHeader } from '@millrace/protocol';
import type { OpenFile } from '../storage/files.ts';
import { headerOrNull, scanBatches } from './batch-scan.ts';
import { OffsetIndex } from './offset-index.ts';
import { TimeIndex, type TimestampOffset } from './time-index.ts';

/** Offsets in an index are relative to the segment and take 31 bits. */
const RELATIVE_MAX = 2 ** 31 - 1;

/** The log that is indexed. */
export type IndexedLog = {
  readonly baseOffset: number;
  readonly file: OpenFile;
  /** Bytes written to the file. */
  sizeBytes(): number;
};

export type SegmentIndexesOptions = {
  readonly log: IndexedLog;
  /** Bytes of log between two entries. */
  readonly intervalBytes: number;
  readonly open: (extension: 'index' | 'timeindex') => OpenFile;
};

/** The end of a log, as far as its batches are whole. */
export type WholeEnd = { readonly nextOffset: number; readonly position: number };

/**
 * The offset index and the time index of a segment, loaded at their first use. They are shortcuts into the log, and not
 * more: an entry is believed when the batch that it points at says the same. Indexes that were lost, cut or damaged are
 * made anew from the log, and what they lack at its end is entered.
 */
export class SegmentIndexes {
  readonly #log: IndexedLog;
  readonly #intervalBytes: number;
  readonly #offsets: OffsetIndex;
  readonly #times: TimeIndex;
  #isLoaded = false;
  #newest: TimestampOffset | null = null;
  #bytesSinceEntry = 0;

  constructor({ log, intervalBytes, open }: SegmentIndexesOptions) {
    this.#log = log;
    this.#intervalBytes = intervalBytes;
    this.#offsets = new OffsetIndex(open('index'), log.baseOffset);
    this.#times = new TimeIndex(open('timeindex'), log.baseOffset);
  }

  /** The greatest timestamp and the last offset of its batch; null when the log has no timestamp. */
  get newest(): TimestampOffset | null {
    this.#load();
    return this.#newest;
  }

  /** Enters a batch that lies, or is about to be written, at a position. */
  note(header: RecordBatchHeader, position: number): void {
    this.#load();
    this.#enter(header, position);
  }

  /** Where to begin a search for the batch that holds an offset. */
  positionFor(offset: number): number {
    this.#load();
    const floor = this.#offsets.floor(offset);
    if (floor === null) return 0;
    if (this.#headerAt(floor.position)?.lastOffset === floor.offset) return floor.position;
    this.#rebuild();
    return this.#offsets.floor(offset)?.position ?? 0;
  }

  /** The offset at which to begin a search for a timestamp: what lies before is earlier. */
  offsetFor(timestamp: number): number {
    this.#load();
    const before = this.#times.before(timestamp);
    if (before === null) return this.#log.baseOffset;
    if (this.#isTrue(before)) return before.offset;
    this.#rebuild();
    return this.#times.before(timestamp)?.offset ?? this.#log.baseOffset;
  }

  /**
   * Loads the indexes and enters what they lack. Answers where the last whole batch ends; for a log that was closed in
   * good order only its last few kibibytes are read.
   */
  resume(): WholeEnd {
    this.#isLoaded = true;
    this.#newest = this.#times.last();
    if (!this.#areTrue()) return this.#rebuild();
    const last = this.#offsets.last();
    return this.#enterFrom(last?.position ?? 0, last !== null);
  }

  /** Forgets everything, before all batches are noted anew. */
  clear(): void {
    this.#isLoaded = true;
    this.#offsets.clear();
    this.#times.clear();
    this.#newest = null;
    this.#bytesSinceEntry = 0;
  }

  /** Forgets what was noted of batches that are not in the log after all. Answers where it ends. */
  rollBack(): WholeEnd {
    this.#offsets.truncateToPosition(this.#log.sizeBytes());
    const last = this.#offsets.last();
    const end = this.#enterFrom(last?.position ?? 0, last !== null);
    this.#times.truncateToOffset(end.nextOffset);
    return this.resume();
  }

  /** Writes what the files lack; the time index also gets the greatest timestamp, so that a closed segment needs no scan. */
  save(): void {
    if (!this.#isLoaded) return;
    if (this.#newest !== null) this.#times.append(this.#newest.timestamp, this.#newest.offset);
    this.#offsets.save();
    this.#times.save();
  }

  /** Resolves when what was saved is on the device. */
  async sync(): Promise<void> {
    await Promise.all([this.#offsets.sync(), this.#times.sync()]);
  }

  close(): void {
    this.#offsets.close();
    this.#times.close();
  }

  #load(): void {
    if (!this.#isLoaded) this.resume();
  }

  #enter(header: RecordBatchHeader, position: number): void {
    if (header.maxTimestamp >= 0 && header.maxTimestamp > (this.#newest?.timestamp ?? -1)) {
      this.#newest = { timestamp: header.maxTimestamp, offset: header.lastOffset };
    }
    if (this.#bytesSinceEntry > this.#intervalBytes) {
      this.#offsets.append(header.lastOffset, position);
      if (this.#newest !== null) this.#times.append(this.#newest.timestamp, this.#newest.offset);
      this.#bytesSinceEntry = 0;
    }
    this.#bytesSinceEntry += header.sizeInBytes;
  }

  /** Enters the batches from a position on, but not the one at the position when it has an entry. */
  #enterFrom(from: number, hasEntry: boolean): WholeEnd {
    const { file, baseOffset } = this.#log;
    let nextOffset = baseOffset;
    this.#bytesSinceEntry = 0;
    const position = scanBatches(file, { from, to: this.#log.sizeBytes() }, false, (header, at) => {
      // Damage that looks like a batch.
      if (header.baseOffset < nextOffset || header.lastOffset - baseOffset > RELATIVE_MAX) return false;
      nextOffset = header.lastOffset + 1;
      if (at === from && hasEntry) this.#bytesSinceEntry = header.sizeInBytes;
      else this.#enter(header, at);
      return true;
    });
    return { nextOffset, position };
  }

  #rebuild(): WholeEnd {
    this.clear();
    return this.#enterFrom(0, false);
  }

  /** Whether the ends of both indexes agree with the log. */
  #areTrue(): boolean {
    const offset = this.#offsets.last();
    const time = this.#times.last();
    if (offset !== null && this.#headerAt(offset.position)?.lastOffset !== offset.offset) return false;
    if (time !== null && !this.#isTrue(time)) return false;
    return offset === null || time !== null;
  }

  /** Whether the batch that ends with an offset has a timestamp, and none that is later. */
  #isTrue({ timestamp, offset }: TimestampOffset): boolean {
    const from = this.positionFor(offset);
    let isTrue = false;
    scanBatches(this.#log.file, { from, to: this.#log.sizeBytes() }, false, (header) => {
      isTrue = header.lastOffset === offset && header.maxTimestamp === timestamp;
      return header.lastOffset < offset;
    });
    return isTrue;
  }

  #headerAt(position: number): RecordBatchHeader | null {
    const bytes = Buffer.allocUnsafe(BATCH_HEADER_BYTES);
    if (position < 0 || position + bytes.byteLength > this.#log.sizeBytes()) return null;
    return this.#log.file.read(bytes, position) < bytes.byteLength ? null : headerOrNull(bytes, 0);
  }
}
