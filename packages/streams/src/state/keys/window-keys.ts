import { compareBytes } from '../../lib/bytes.ts';
import { readInt64, readUint32, writeInt64, writeUint32 } from '../../lib/int64.ts';
import type { TimedRowKeys } from './row-keys.ts';
import { keyAndTailOfRow, keyOfRow, segmentedRow, segmentOf } from './segmented.ts';

// Rows of window stores end in the window's start (8 bytes) and a sequence number (4), which is 0 unless the store
// keeps duplicates. In the changelog: key, start, sequence (Kafka Streams' WindowKeySchema).

const TAIL_SIZE = 12;

export const SEQUENCE_MAX = 0x7fff_ffff;

export type WindowRowKeys = TimedRowKeys & {
  row(key: Uint8Array, startMs: number, sequence: number): Uint8Array;
  keyOf(rowKey: Uint8Array): Uint8Array;
  sequenceOf(rowKey: Uint8Array): number;
};

export function windowRowKeys(segmentIntervalMs: number): WindowRowKeys {
  const row = (key: Uint8Array, startMs: number, sequence: number): Uint8Array => {
    const bytes = segmentedRow(segmentOf(startMs, segmentIntervalMs), key, TAIL_SIZE);
    writeInt64(bytes, bytes.length - TAIL_SIZE, startMs);
    writeUint32(bytes, bytes.length - 4, sequence);
    return bytes;
  };
  const keyOf = (rowKey: Uint8Array): Uint8Array => keyOfRow(rowKey, TAIL_SIZE);
  return {
    segmentIntervalMs,
    tailSize: TAIL_SIZE,
    row,
    keyOf,
    timeOf: (rowKey) => readInt64(rowKey, rowKey.length - TAIL_SIZE),
    compareAtSameTime: compareBytes,
    sequenceOf: (rowKey) => readUint32(rowKey, rowKey.length - 4),
    toChangelog: (rowKey) => keyAndTailOfRow(rowKey, TAIL_SIZE),
    fromChangelog(bytes) {
      const keySize = bytes.length - TAIL_SIZE;
      return row(bytes.subarray(0, keySize), readInt64(bytes, keySize), readUint32(bytes, keySize + 8));
    },
  };
}
