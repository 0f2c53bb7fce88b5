import { type RecordBatchHeader, setBaseOffset, setLogAppendTime, setPartitionLeaderEpoch } from '@millrace/protocol';

export type Stamp = {
  readonly baseOffset: number;
  readonly leaderEpoch: number;
  /** The greatest time of a record, or the one time of all records where the topic uses LogAppendTime. */
  readonly maxTimestamp: number;
  readonly isLogAppendTime: boolean;
};

/** Writes into a batch what only the log knows, and answers the header as it is then. */
export function stampBatch(bytes: Uint8Array, header: RecordBatchHeader, stamp: Stamp): RecordBatchHeader {
  const { baseOffset, leaderEpoch, maxTimestamp } = stamp;
  setBaseOffset(bytes, 0, baseOffset);
  setPartitionLeaderEpoch(bytes, 0, leaderEpoch);
  if (stamp.isLogAppendTime) setLogAppendTime(bytes, 0, maxTimestamp);
  return {
    ...header,
    baseOffset,
    lastOffset: baseOffset + header.lastOffsetDelta,
    partitionLeaderEpoch: leaderEpoch,
    maxTimestamp,
  };
}
