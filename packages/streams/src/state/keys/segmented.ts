import { readInt64, writeInt64 } from '../../lib/int64.ts';
import { copyInto, newBytes } from '../../lib/new-bytes.ts';

// Rows of window and session stores: segment (8 bytes), key, times. The key is escaped so that row order is exactly
// (key, times), for keys of any length: a zero byte becomes 0 255, and a single 0 ends the key; what follows it is the
// high byte of a time, which is never 255.

export const SEGMENT_SIZE = 8;

/** Kafka Streams' rule: half the retention, but never under a minute. */
export function segmentIntervalFor(retentionMs: number): number {
  return Math.max(Math.floor(retentionMs / 2), 60_000);
}

export function segmentOf(timeMs: number, segmentIntervalMs: number): number {
  return Math.floor(timeMs / segmentIntervalMs);
}

/** The segment of a row, or of a bound that begins with a segment. */
export function segmentOfRow(row: Uint8Array): number {
  return readInt64(row, 0);
}

/** The first bytes of all rows of a segment. */
export function segmentPrefix(segment: number): Uint8Array {
  const prefix = new Uint8Array(SEGMENT_SIZE);
  writeInt64(prefix, 0, segment);
  return prefix;
}

/** Segment, escaped key, its end, and `tailSize` bytes for the caller to fill: the row's last ones. */
export function segmentedRow(segment: number, key: Uint8Array, tailSize: number): Uint8Array {
  let zeros = 0;
  for (let at = 0; at < key.length; at++) if (key[at] === 0) zeros++;
  const row = newBytes(SEGMENT_SIZE + key.length + zeros + 1 + tailSize);
  writeInt64(row, 0, segment);
  if (zeros === 0) {
    copyInto(row, SEGMENT_SIZE, key);
    return row;
  }
  let at = SEGMENT_SIZE;
  for (let from = 0; from < key.length; from++) {
    const byte = key[from]!;
    row[at++] = byte;
    if (byte === 0) row[at++] = 0xff;
  }
  return row;
}

/** The key of a row whose last `tailSize` bytes are not of the key. */
export function keyOfRow(row: Uint8Array, tailSize: number): Uint8Array {
  return unescaped(row, tailSize, 0);
}

/** The key of a row and behind it the tail: how rows of time stand in changelogs. */
export function keyAndTailOfRow(row: Uint8Array, tailSize: number): Uint8Array {
  const bytes = unescaped(row, tailSize, tailSize);
  for (let behind = tailSize; behind > 0; behind--) bytes[bytes.length - behind] = row[row.length - behind]!;
  return bytes;
}

/** The key with room for `extraSize` bytes behind it. Copied byte by byte: a view would move a small row off the heap. */
function unescaped(row: Uint8Array, tailSize: number, extraSize: number): Uint8Array {
  const end = row.length - tailSize - 1;
  let zeros = 0;
  for (let at = SEGMENT_SIZE; at < end; at++) if (row[at] === 0) zeros++;
  const bytes = newBytes(end - SEGMENT_SIZE - zeros + extraSize);
  let size = 0;
  for (let at = SEGMENT_SIZE; at < end; at++) {
    const byte = row[at]!;
    bytes[size++] = byte;
    if (byte === 0) at++;
  }
  return bytes;
}

/** A bound of a scan as a row is laid out; its segment number is put in by {@link inSegment}. */
export function keyBound(key: Uint8Array): Uint8Array {
  return segmentedRow(0, key, 0);
}

/** Above every row of a key, and below those of the next: a key's end is followed by the high byte of a time. */
export function keyBoundAfter(key: Uint8Array): Uint8Array {
  const bound = segmentedRow(0, key, 1);
  bound[bound.length - 1] = 0xff;
  return bound;
}

/** The same row or bound in a segment: itself, if it is there already. */
export function inSegment(bound: Uint8Array, segment: number): Uint8Array {
  if (segmentOfRow(bound) === segment) return bound;
  const moved = newBytes(bound.length);
  copyInto(moved, 0, bound);
  writeInt64(moved, 0, segment);
  return moved;
}
