/**
 * ListOffsets, versions 1–10. 2: isolation level. 4: leader epoch. 6: flexible. 7: maximum timestamp (KIP-734).
 * 8: earliest local offset (KIP-405). 9: last tiered offset (KIP-1005). 10: timeout (KIP-1075).
 */
import {
  ErrorCode,
  type ListOffsetsRequestListOffsetsPartition,
  type ListOffsetsResponseListOffsetsPartitionResponse,
} from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { type BrokerApi, defineApi } from './api.ts';
import { partNamedTwice } from './named-twice.ts';
import { checkLeaderEpoch, partitionLog } from './partitions.ts';

/** The timestamps that stand for something else. */
const LATEST = -1;
const EARLIEST = -2;
const MAX_TIMESTAMP = -3;
const EARLIEST_LOCAL = -4;
const LATEST_TIERED = -5;

const READ_COMMITTED = 1;
const LEADER_EPOCH_VERSION = 4;

export const listOffsets: BrokerApi = defineApi({
  name: 'ListOffsets',
  handle(services, request, call) {
    const answer = (topic: string, wanted: ListOffsetsRequestListOffsetsPartition) => {
      try {
        const log = partitionLog(services, topic, wanted.partitionIndex);
        checkLeaderEpoch(log, wanted.currentLeaderEpoch);
        const found = find(log, wanted, request.isolationLevel);
        return call.version >= LEADER_EPOCH_VERSION ? found : { ...found, leaderEpoch: -1 };
      } catch (error) {
        return none(wanted.partitionIndex, errorCodeOf(error));
      }
    };
    const topics = request.topics.map(({ name, partitions }) => ({
      name,
      partitions: eachOnce(partitions, (wanted) => answer(name, wanted)),
    }));
    return { throttleTimeMs: 0, topics };
  },
});

/** What is asked for twice is refused once. */
function eachOnce(
  partitions: readonly ListOffsetsRequestListOffsetsPartition[],
  answer: (wanted: ListOffsetsRequestListOffsetsPartition) => ListOffsetsResponseListOffsetsPartitionResponse,
): ListOffsetsResponseListOffsetsPartitionResponse[] {
  const { once, twice } = partNamedTwice(partitions, ({ partitionIndex }) => String(partitionIndex));
  return [...once.map(answer), ...twice.map(({ partitionIndex }) => none(partitionIndex, ErrorCode.INVALID_REQUEST))];
}

function find(
  log: PartitionLog,
  { partitionIndex, timestamp }: ListOffsetsRequestListOffsetsPartition,
  isolationLevel: number,
): ListOffsetsResponseListOffsetsPartitionResponse {
  const at = (offset: number, time: number, leaderEpoch: number) => ({
    partitionIndex,
    errorCode: 0,
    timestamp: time,
    offset,
    leaderEpoch,
  });
  const endOffset = isolationLevel === READ_COMMITTED ? log.lastStableOffset : log.highWatermark;
  switch (timestamp) {
    case LATEST:
      return at(endOffset, -1, log.leaderEpoch);
    case EARLIEST:
    case EARLIEST_LOCAL:
      return at(log.logStartOffset, -1, log.epochAt(log.logStartOffset));
    case LATEST_TIERED:
      return at(-1, -1, -1);
  }
  if (timestamp < LATEST_TIERED) throw new BrokerError('UNSUPPORTED_VERSION');
  const found = timestamp === MAX_TIMESTAMP ? log.offsetOfMaxTimestamp() : log.offsetForTimestamp(timestamp);
  return found === null || found.offset >= endOffset
    ? none(partitionIndex, 0)
    : at(found.offset, found.timestamp, log.epochAt(found.offset));
}

function none(partitionIndex: number, errorCode: number): ListOffsetsResponseListOffsetsPartitionResponse {
  return { partitionIndex, errorCode, timestamp: -1, offset: -1, leaderEpoch: -1 };
}
