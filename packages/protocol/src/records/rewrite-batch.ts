import { compress } from '../compression/compression.ts';
import { setInt16, setInt32, setInt64 } from '../lib/big-endian.ts';
import { putVarint, putVarlong, VARINT_BYTES_MAX, VARLONG_BYTES_MAX, varintSize, varlongSize } from '../lib/varint.ts';
import {
  ATTRIBUTE,
  BATCH_FIELD,
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  type RecordBatchHeader,
  setCrc,
} from './record-batch-header.ts';
import { RecordCursor } from './record-cursor.ts';

export type RewriteOptions = {
  /** Whether the record at this place in the batch stays. */
  readonly keeps: (index: number) => boolean;
  /** When tombstones of the batch may go (KIP-534); null keeps what the batch says. */
  readonly deleteHorizonMs: number | null;
};

type KeptRecords = { readonly bytes: Uint8Array; readonly count: number; readonly maxTimestamp: number };

/** Size, attributes and the two differences of a record at most: what may be longer than in the batch it comes from. */
const RECORD_HEAD_BYTES_MAX = 2 * VARINT_BYTES_MAX + VARLONG_BYTES_MAX + 1;

/**
 * A batch with some of its records, as compaction leaves it: the offsets that the batch spans, its producer and its
 * sequence number stay, and so do the offsets and timestamps of the records. Without a record it is a header alone.
 *
 * @throws MillraceError what {@link RecordCursor} throws.
 */
export function rewriteBatch(batch: Uint8Array, header: RecordBatchHeader, options: RewriteOptions): Uint8Array {
  const hasHorizon = options.deleteHorizonMs !== null || header.hasDeleteHorizon;
  const baseTimestamp = options.deleteHorizonMs ?? header.baseTimestamp;
  const kept = keptRecords(batch, header, options.keeps, baseTimestamp);
  if (kept.count === 0) return emptyBatch(batch, header);
  const records = compress(header.compression, kept.bytes);
  const rewritten = withHeaderOf(batch, header, records.byteLength);
  rewritten.set(records, BATCH_HEADER_BYTES);
  const horizon = hasHorizon ? ATTRIBUTE.deleteHorizon : 0;
  setInt16(rewritten, BATCH_FIELD.attributes, header.attributes | horizon);
  setInt64(rewritten, BATCH_FIELD.baseTimestamp, baseTimestamp);
  setInt64(rewritten, BATCH_FIELD.maxTimestamp, kept.maxTimestamp);
  setInt32(rewritten, BATCH_FIELD.recordCount, kept.count);
  setCrc(rewritten, 0);
  return rewritten;
}

function keptRecords(
  batch: Uint8Array,
  header: RecordBatchHeader,
  keeps: RewriteOptions['keeps'],
  baseTimestamp: number,
): KeptRecords {
  const cursor = new RecordCursor(batch, {
    start: header.position,
    end: header.position + header.sizeInBytes,
    includeControl: true,
  });
  let bytes: Uint8Array = Buffer.allocUnsafe(0);
  let position = 0;
  let count = 0;
  let maxTimestamp = header.timestampType === 'logAppendTime' ? header.maxTimestamp : -1;
  for (let index = 0; cursor.next(); index++) {
    // Unpacked records have a size of their own; it is known with the first of them.
    if (index === 0) bytes = Buffer.allocUnsafe(cursor.bytes.byteLength + header.recordCount * RECORD_HEAD_BYTES_MAX);
    if (!keeps(index)) continue;
    count += 1;
    maxTimestamp = Math.max(maxTimestamp, cursor.timestamp);
    const timestampDelta = header.timestampType === 'logAppendTime' ? 0 : cursor.timestamp - baseTimestamp;
    const offsetDelta = cursor.offset - header.baseOffset;
    const body = cursor.bytes.subarray(cursor.bodyStart, cursor.recordEnd);
    const sizeInBytes = 1 + varlongSize(timestampDelta) + varintSize(offsetDelta) + body.byteLength;
    position = putVarint(bytes, position, sizeInBytes);
    bytes[position++] = 0;
    position = putVarlong(bytes, position, timestampDelta);
    position = putVarint(bytes, position, offsetDelta);
    bytes.set(body, position);
    position += body.byteLength;
  }
  return { bytes: bytes.subarray(0, position), count, maxTimestamp };
}

/** A batch that only tells what its producer last wrote. */
function emptyBatch(batch: Uint8Array, header: RecordBatchHeader): Uint8Array {
  const empty = withHeaderOf(batch, header, 0);
  const dropped = ATTRIBUTE.compression | ATTRIBUTE.deleteHorizon;
  setInt16(empty, BATCH_FIELD.attributes, header.attributes & ~dropped);
  setInt64(empty, BATCH_FIELD.baseTimestamp, header.maxTimestamp);
  setInt32(empty, BATCH_FIELD.recordCount, 0);
  setCrc(empty, 0);
  return empty;
}

function withHeaderOf(batch: Uint8Array, header: RecordBatchHeader, recordBytes: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(BATCH_HEADER_BYTES + recordBytes);
  bytes.set(batch.subarray(header.position, header.position + BATCH_HEADER_BYTES));
  setInt32(bytes, BATCH_FIELD.batchLength, bytes.byteLength - BATCH_OVERHEAD_BYTES);
  return bytes;
}
