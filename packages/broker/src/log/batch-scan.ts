import {
  BATCH_FIELD,
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  hasWholeBatch,
  type RecordBatchHeader,
  readBatchHeader,
  verifyCrc,
} from '@millrace/protocol';
import type { OpenFile } from '../storage/files.ts';

/** Bytes read at a time while scanning: enough to make the calls cheap, little enough to stay in the cache. */
const CHUNK_BYTES = 1024 * 1024;

export type Range = {
  readonly from: number;
  readonly to: number;
  /** Reads one chunk over the other: for visitors that keep no view of the bytes. */
  readonly reusesMemory?: boolean;
};

/** Called with each batch: its header, the bytes it lies in and where in them. Ends the scan by answering false. */
export type BatchVisitor = (header: RecordBatchHeader, position: number, bytes: Buffer, at: number) => boolean;

/**
 * Walks the whole batches of a part of a segment, and answers the position where the walk ended: the end of the part, the
 * batch at which the visitor stopped, or the first bytes that are not a whole batch.
 *
 * With `verify` a batch with a wrong checksum ends the walk, too. Without it only headers are looked at.
 */
export function scanBatches(file: OpenFile, range: Range, verify: boolean, visit: BatchVisitor): number {
  let position = range.from;
  let chunkBytes = CHUNK_BYTES;
  let memory: Buffer | null = null;
  while (position + BATCH_HEADER_BYTES <= range.to) {
    const wantedBytes = Math.min(chunkBytes, range.to - position);
    if (range.reusesMemory !== true || memory === null || memory.byteLength < wantedBytes) {
      memory = Buffer.allocUnsafe(wantedBytes);
    }
    const chunk = memory.subarray(0, wantedBytes);
    const end = file.read(chunk, position);
    let at = 0;
    while (end - at >= BATCH_HEADER_BYTES && hasWholeBatch(chunk, at, end)) {
      const header = headerOrNull(chunk, at);
      if (header === null || (verify && !verifyCrc(chunk, at))) return position + at;
      if (!visit(header, position + at, chunk, at)) return position + at;
      at += header.sizeInBytes;
    }
    if (at === 0) {
      // One batch larger than the chunk, or torn: read all of it if its length makes sense.
      const neededBytes = batchBytesAt(chunk, end);
      if (neededBytes <= chunk.byteLength || position + neededBytes > range.to) return position;
      chunkBytes = neededBytes;
      continue;
    }
    position += at;
    chunkBytes = CHUNK_BYTES;
  }
  return position;
}

/** The size that the batch at the start of the bytes claims to have. */
function batchBytesAt(bytes: Buffer, end: number): number {
  return end < BATCH_HEADER_BYTES ? Number.POSITIVE_INFINITY : bytes.readInt32BE(8) + 12;
}

/** The header, or null where the bytes are none: a torn or overwritten tail may hold anything. */
export function headerOrNull(bytes: Uint8Array, at: number): RecordBatchHeader | null {
  try {
    return readBatchHeader(bytes, at);
  } catch {
    return null;
  }
}

/** Of whole batches those that begin before an offset. */
export function batchesBefore(batches: Uint8Array, endOffset: number): Uint8Array {
  const bytes = Buffer.from(batches.buffer, batches.byteOffset, batches.byteLength);
  let at = 0;
  while (at < bytes.byteLength && offsetAt(bytes, at) < endOffset) at += sizeAt(bytes, at);
  return batches.subarray(0, at);
}

/** The offset after the last record of whole batches; undefined without a batch. */
export function endOffsetOf(batches: Uint8Array): number | undefined {
  const bytes = Buffer.from(batches.buffer, batches.byteOffset, batches.byteLength);
  let last: number | undefined;
  for (let at = 0; at < bytes.byteLength; at += sizeAt(bytes, at)) last = at;
  return last === undefined
    ? undefined
    : offsetAt(bytes, last) + bytes.readInt32BE(last + BATCH_FIELD.lastOffsetDelta) + 1;
}

function offsetAt(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}

function sizeAt(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at + BATCH_FIELD.batchLength) + BATCH_OVERHEAD_BYTES;
}
