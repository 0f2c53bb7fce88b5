import { compareBytes } from '../../lib/bytes.ts';
import { readInt64, writeInt64 } from '../../lib/int64.ts';
import type { TimedRowKeys } from './row-keys.ts';
import { keyAndTailOfRow, keyOfRow, segmentedRow, segmentOf } from './segmented.ts';

// Rows of session stores end in the session's end and start (8 bytes each), so that sessions of a key stand by their
// end. In the changelog: key, end, start (Kafka Streams' SessionKeySchema).

const TAIL_SIZE = 16;

export type SessionRowKeys = TimedRowKeys & {
  row(key: Uint8Array, startMs: number, endMs: number): Uint8Array;
  keyOf(rowKey: Uint8Array): Uint8Array;
  startOf(rowKey: Uint8Array): number;
};

export function sessionRowKeys(segmentIntervalMs: number): SessionRowKeys {
  const row = (key: Uint8Array, startMs: number, endMs: number): Uint8Array => {
    const bytes = segmentedRow(segmentOf(endMs, segmentIntervalMs), key, TAIL_SIZE);
    writeInt64(bytes, bytes.length - TAIL_SIZE, endMs);
    writeInt64(bytes, bytes.length - 8, startMs);
    return bytes;
  };
  const keyOf = (rowKey: Uint8Array): Uint8Array => keyOfRow(rowKey, TAIL_SIZE);
  const startOf = (rowKey: Uint8Array): number => readInt64(rowKey, rowKey.length - 8);
  return {
    segmentIntervalMs,
    tailSize: TAIL_SIZE,
    row,
    keyOf,
    timeOf: (rowKey) => readInt64(rowKey, rowKey.length - TAIL_SIZE),
    // Of sessions with one end the longest first (Kafka Streams' TimeFirstSessionKeySchema).
    compareAtSameTime: (a, b) => startOf(a) - startOf(b) || compareBytes(a, b),
    startOf,
    toChangelog: (rowKey) => keyAndTailOfRow(rowKey, TAIL_SIZE),
    fromChangelog(bytes) {
      const keySize = bytes.length - TAIL_SIZE;
      return row(bytes.subarray(0, keySize), readInt64(bytes, keySize + 8), readInt64(bytes, keySize));
    },
  };
}
