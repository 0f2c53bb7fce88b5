import { readInt64, writeInt64 } from '../lib/int64.ts';
import { copyInto, newBytes } from '../lib/new-bytes.ts';

// A value with its timestamp, as one row: 8 bytes of time, then the value (Kafka Streams' ValueAndTimestampSerializer).

export const TIMESTAMP_SIZE = 8;

/** Up to here copying byte by byte beats a call: it keeps small arrays on the heap, where V8 makes them cheaply. */
const SMALL_SIZE_MAX = 64;

export function joinTimestamp(timestamp: number, value: Uint8Array): Uint8Array {
  const row = newBytes(TIMESTAMP_SIZE + value.length);
  writeInt64(row, 0, timestamp);
  copyInto(row, TIMESTAMP_SIZE, value);
  return row;
}

export function timestampOf(row: Uint8Array): number {
  return readInt64(row, 0);
}

/** The value alone; a view of a large row, a copy of a small one. */
export function plainValueOf(row: Uint8Array): Uint8Array {
  const size = row.length - TIMESTAMP_SIZE;
  // A view of an array on the heap would first move it off the heap, which costs far more than the copy.
  if (size > SMALL_SIZE_MAX) return row.subarray(TIMESTAMP_SIZE);
  const value = new Uint8Array(size);
  for (let at = 0; at < size; at++) value[at] = row[TIMESTAMP_SIZE + at]!;
  return value;
}
