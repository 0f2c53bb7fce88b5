import { DECOMPRESSED_BYTES_MAX_DEFAULT } from '../compression/compression.ts';
import { decompressRecords } from './decompress-records.ts';
import { type MaterializedRecord, NO_HEADERS, type RecordHeader } from './record.ts';
import {
  BATCH_HEADER_BYTES,
  corruptBatch,
  hasWholeBatch,
  type RecordBatchHeader,
  readBatchHeader,
  verifyCrc,
} from './record-batch-header.ts';

export type RecordCursorOptions = {
  /** Where the first batch starts in the bytes. Default: 0. */
  readonly start?: number;
  /** Where the range of batches ends. Default: the end of the bytes. */
  readonly end?: number;
  /** Records before this offset are skipped: a fetch starts with the whole batch that holds the wanted offset. */
  readonly fromOffset?: number;
  /** Also visit control records (transaction markers). Default: false. */
  readonly includeControl?: boolean;
  /** Checks the checksum of each batch that is entered. Default: false, for bytes that were checked before. */
  readonly checkCrcs?: boolean;
  /** The most bytes that one batch may unpack to. Default: 64 MiB. */
  readonly maxDecompressedBytes?: number;
  /** Skips whole batches, such as those of aborted transactions; asked for each batch in order, control batches too. */
  readonly acceptBatch?: (header: RecordBatchHeader) => boolean;
};

const HEADER_NAMES = new TextDecoder();
const VARINT_BITS_MAX = 63;

/**
 * Walks over the records of a range of batches without making an object for any of them: after `next()` gave true,
 * the fields say where the current record lies in `bytes`. Compressed batches are unpacked one at a time; `bytes`
 * changes from batch to batch, so views must be taken before the next call.
 *
 * `next` throws MillraceError `CORRUPT_MESSAGE` where lengths contradict each other, and whatever
 * {@link readBatchHeader} throws.
 */
export class RecordCursor {
  /** What the positions below refer to: the fetched bytes, or the unpacked records of the current batch. */
  bytes: Uint8Array;
  offset = -1;
  /** Milliseconds since 1970: the producer's, or the broker's where the topic says so. */
  timestamp = -1;
  keyStart = 0;
  /** −1 when the key is null. */
  keyEnd = -1;
  valueStart = 0;
  /** −1 when the value is null: a tombstone. */
  valueEnd = -1;
  /** Where the record's key, value and headers begin with their lengths: what does not depend on the batch around it. */
  bodyStart = 0;
  recordEnd = 0;

  readonly #source: Uint8Array;
  readonly #end: number;
  readonly #fromOffset: number;
  readonly #options: RecordCursorOptions;
  #batchPosition: number;
  #batch: RecordBatchHeader | undefined;
  #position = 0;
  #recordsEnd = 0;
  #remaining = 0;
  #headersPosition = 0;
  #baseOffset = 0;
  #baseTimestamp = 0;
  #timestampOfAll = -1;
  #hasTimestampOfAll = false;

  constructor(bytes: Uint8Array, options: RecordCursorOptions = {}) {
    this.bytes = bytes;
    this.#source = bytes;
    this.#options = options;
    this.#batchPosition = options.start ?? 0;
    this.#end = options.end ?? bytes.length;
    this.#fromOffset = options.fromOffset ?? 0;
  }

  /** The header of the batch that holds the current record. */
  get batch(): RecordBatchHeader {
    if (this.#batch === undefined) throw new RangeError('the cursor stands before the first record');
    return this.#batch;
  }

  /** Moves to the next record; false after the last. */
  next(): boolean {
    do {
      while (this.#remaining === 0) {
        if (!this.#nextBatch()) return false;
      }
      this.#readRecord();
    } while (this.offset < this.#fromOffset);
    return true;
  }

  /** The key as a view into `bytes`. */
  key(): Uint8Array | null {
    return this.keyEnd < 0 ? null : this.bytes.subarray(this.keyStart, this.keyEnd);
  }

  /** The value as a view into `bytes`. */
  value(): Uint8Array | null {
    return this.valueEnd < 0 ? null : this.bytes.subarray(this.valueStart, this.valueEnd);
  }

  /** The record's headers, decoded on each call; their values are views. */
  headers(): readonly RecordHeader[] {
    // Zero headers are one zero byte at the record's end: the case of nearly every record.
    if (this.bytes[this.#headersPosition] === 0 && this.#headersPosition + 1 === this.recordEnd) return NO_HEADERS;
    const after = this.#position;
    this.#position = this.#headersPosition;
    try {
      return this.#readHeaders();
    } finally {
      this.#position = after;
    }
  }

  /** The current record as an object whose bytes are views. */
  materialize(): MaterializedRecord {
    return {
      offset: this.offset,
      timestamp: this.timestamp,
      key: this.key(),
      value: this.value(),
      headers: this.headers(),
    };
  }

  #nextBatch(): boolean {
    const before = this.#batch;
    if (before !== undefined && this.#position !== this.#recordsEnd) {
      throw corruptBatch(`${this.#recordsEnd - this.#position} bytes follow its last record`, before.position);
    }
    while (hasWholeBatch(this.#source, this.#batchPosition, this.#end)) {
      const header = readBatchHeader(this.#source, this.#batchPosition);
      this.#batchPosition += header.sizeInBytes;
      if (header.lastOffset < this.#fromOffset) continue;
      if (this.#options.acceptBatch?.(header) === false) continue;
      if (header.isControl && this.#options.includeControl !== true) continue;
      this.#enter(header);
      return true;
    }
    this.#batch = undefined;
    return false;
  }

  #enter(header: RecordBatchHeader): void {
    if (this.#options.checkCrcs === true && !verifyCrc(this.#source, header.position)) {
      throw corruptBatch('its checksum does not agree with its bytes', header.position);
    }
    this.#batch = header;
    this.#remaining = header.recordCount;
    this.#baseOffset = header.baseOffset;
    this.#baseTimestamp = header.baseTimestamp;
    this.#timestampOfAll = header.maxTimestamp;
    this.#hasTimestampOfAll = header.timestampType === 'logAppendTime';
    if (header.compression === 'none') {
      this.bytes = this.#source;
      this.#position = header.position + BATCH_HEADER_BYTES;
      this.#recordsEnd = header.position + header.sizeInBytes;
    } else {
      const maxBytes = this.#options.maxDecompressedBytes ?? DECOMPRESSED_BYTES_MAX_DEFAULT;
      this.bytes = decompressRecords(header, this.#source, { maxBytes });
      this.#position = 0;
      this.#recordsEnd = this.bytes.length;
    }
  }

  // A read past the end of a record gives senseless numbers and is caught by the comparisons at the end.
  #readRecord(): void {
    const length = this.#varint();
    const recordEnd = this.#position + length;
    if (length < 0 || recordEnd > this.#recordsEnd) throw this.#corrupt('a record reaches past the end of its batch');
    this.#remaining--;
    this.recordEnd = recordEnd;
    // The record's attributes byte has no meaning yet.
    this.#position++;
    const timestampDelta = this.#varlong();
    this.timestamp = this.#hasTimestampOfAll ? this.#timestampOfAll : this.#baseTimestamp + timestampDelta;
    this.offset = this.#baseOffset + this.#varint();
    this.bodyStart = this.#position;
    const keyLength = this.#varint();
    this.keyStart = this.#position;
    this.keyEnd = keyLength < 0 ? -1 : this.#position + keyLength;
    if (keyLength > 0) this.#position += keyLength;
    const valueLength = this.#varint();
    this.valueStart = this.#position;
    this.valueEnd = valueLength < 0 ? -1 : this.#position + valueLength;
    if (valueLength > 0) this.#position += valueLength;
    if (this.#position >= recordEnd) throw this.#corrupt('key and value reach past the end of their record');
    this.#headersPosition = this.#position;
    this.#position = recordEnd;
  }

  #readHeaders(): readonly RecordHeader[] {
    const count = this.#varint();
    // A header takes two bytes at least; this refuses counts that would only fill the memory.
    if (count < 0 || count > this.recordEnd - this.#position) throw this.#corrupt(`it counts ${count} headers`);
    const headers: RecordHeader[] = [];
    for (let index = 0; index < count; index++) {
      const key = this.#sizedBytes();
      if (key === null) throw this.#corrupt('a header has no name');
      headers.push({ key: HEADER_NAMES.decode(key), value: this.#sizedBytes() });
    }
    if (this.#position !== this.recordEnd) throw this.#corrupt('bytes follow the last header of a record');
    return headers;
  }

  #sizedBytes(): Uint8Array | null {
    const length = this.#varint();
    if (length < 0) return null;
    const end = this.#position + length;
    if (end > this.recordEnd) throw this.#corrupt('a header reaches past the end of its record');
    const bytes = this.bytes.subarray(this.#position, end);
    this.#position = end;
    return bytes;
  }

  /** A zigzag varint of 32 bits. */
  #varint(): number {
    const bytes = this.bytes;
    const first = bytes[this.#position++]!;
    if (first < 0x80) return (first >>> 1) ^ -(first & 1);
    let value = first & 0x7f;
    for (let shift = 7; shift <= 28; shift += 7) {
      const byte = bytes[this.#position++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw this.#corrupt('a varint is longer than five bytes');
  }

  /** A zigzag varint of 64 bits; small ones, the usual case, never leave 32-bit arithmetic. */
  #varlong(): number {
    const start = this.#position;
    const bytes = this.bytes;
    let value = 0;
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = bytes[this.#position++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    return this.#longVarlong(start);
  }

  #longVarlong(start: number): number {
    let value = 0;
    let factor = 1;
    let isNegative = false;
    this.#position = start;
    for (let shift = 0; shift <= VARINT_BITS_MAX; shift += 7) {
      const byte = this.bytes[this.#position++]!;
      if (shift === 0) isNegative = (byte & 1) === 1;
      value += (byte & 0x7f) * factor;
      factor *= 128;
      if (!(byte >= 0x80)) {
        const half = Math.floor(value / 2);
        return isNegative ? -half - 1 : half;
      }
    }
    throw this.#corrupt('a varlong is longer than ten bytes');
  }

  #corrupt(what: string): Error {
    return corruptBatch(what, this.#batch?.position ?? this.#batchPosition);
  }
}
