import { readInt64, writeInt64 } from '../lib/int64.ts';

// A value with its timestamp, as one row: 8 bytes of time, then the value (Kafka Streams' ValueAndTimestampSerializer).

const TIMESTAMP_SIZE = 8;

export function joinTimestamp(timestamp: number, value: Uint8Array): Uint8Array {
  const row = new Uint8Array(TIMESTAMP_SIZE + value.length);
  writeInt64(row, 0, timestamp);
  row.set(value, TIMESTAMP_SIZE);
  return row;
}

export function timestampOf(row: Uint8Array): number {
  return readInt64(row, 0);
}

export function plainValueOf(row: Uint8Array): Uint8Array {
  // Not `subarray`: it looks up the species of its class at each call, which costs ten times the view.
  return new Uint8Array(row.buffer, row.byteOffset + TIMESTAMP_SIZE, row.length - TIMESTAMP_SIZE);
}
