import { concatBytes } from '../../lib/bytes.ts';
import { readInt64, writeInt64 } from '../../lib/int64.ts';

// Rows of window and session stores: segment (8 bytes), key, times. The key is escaped so that row order is exactly
// (key, times), for keys of any length: a zero byte becomes 0 255, and a single 0 ends the key; what follows it is the
// high byte of a time, which is never 255.

const SEGMENT_SIZE = 8;

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
  const row = new Uint8Array(SEGMENT_SIZE + key.length + zeros + 1 + tailSize);
  writeInt64(row, 0, segment);
  if (zeros === 0) {
    row.set(key, SEGMENT_SIZE);
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

/** The key of a row whose last `tailSize` bytes are not of the key; may share the row's memory. */
export function keyOfRow(row: Uint8Array, tailSize: number): Uint8Array {
  const escaped = row.subarray(SEGMENT_SIZE, row.length - tailSize - 1);
  if (!escaped.includes(0)) return escaped;
  const key = new Uint8Array(escaped.length);
  let size = 0;
  for (let at = 0; at < escaped.length; at++) {
    const byte = escaped[at]!;
    key[size++] = byte;
    if (byte === 0) at++;
  }
  return key.subarray(0, size);
}

/** A key and its end, as it stands behind the segment number. */
export function escapedKey(key: Uint8Array): Uint8Array {
  return behindSegment(segmentedRow(0, key, 0));
}

/** Above every row of a key, and below those of the next: a key's end is followed by the high byte of a time. */
export function afterEscapedKey(key: Uint8Array): Uint8Array {
  return concatBytes(escapedKey(key), Uint8Array.of(0xff));
}

/** Everything of a row but its segment number: what orders rows of different segments by key. */
export function behindSegment(row: Uint8Array): Uint8Array {
  return row.subarray(SEGMENT_SIZE);
}
