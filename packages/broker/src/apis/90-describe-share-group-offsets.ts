/**
 * DescribeShareGroupOffsets, versions 0–1 (KIP-932). 1: lag (KIP-1226). A group that is not there, and a partition that it
 * did not begin to read, have no start (−1). Deviation: a start beyond the end of the log has a lag of 0.
 */
import {
  type DescribeShareGroupOffsetsRequestGroup,
  type DescribeShareGroupOffsetsResponsePartition,
  ZERO_UUID,
} from '@millrace/protocol';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';

type AskedGroup = DescribeShareGroupOffsetsRequestGroup;
type DescribedPartition = DescribeShareGroupOffsetsResponsePartition;

export const describeShareGroupOffsets: BrokerApi = defineApi({
  name: 'DescribeShareGroupOffsets',
  handle(services, request) {
    return { throttleTimeMs: 0, groups: request.groups.map((asked) => describe(services, asked)) };
  },
});

function describe(services: Services, { groupId, topics }: AskedGroup) {
  try {
    const described = (topics ?? allTopics(services, groupId)).map(({ topicName, partitions }) => {
      const topicId = services.cluster.topic(topicName)?.id ?? ZERO_UUID;
      return {
        topicName,
        topicId,
        partitions: partitions.map((partition) =>
          describePartition(services, groupId, { topicName, topicId, partition }),
        ),
      };
    });
    return { groupId, topics: described, errorCode: 0, errorMessage: null };
  } catch (error) {
    return { groupId, topics: [], errorCode: errorCodeOf(error), errorMessage: null };
  }
}

/** The topics that a group reads, or has read, as far as they are still there. */
function allTopics({ groups, cluster }: Services, groupId: string) {
  return [...groups.share.claims(groupId)].flatMap(([topicId, { partitions }]) => {
    const topicName = cluster.topicById(topicId)?.name;
    return topicName === undefined ? [] : [{ topicName, partitions }];
  });
}

function describePartition(
  { groups, logs }: Services,
  groupId: string,
  { topicName, topicId, partition }: { topicName: string; topicId: string; partition: number },
): DescribedPartition {
  const answer = { partitionIndex: partition, errorCode: 0, errorMessage: null };
  try {
    const stored = groups.share.stored({ groupId, topicId, partition });
    if (stored === undefined || stored.startOffset < 0) return { ...answer, startOffset: -1, leaderEpoch: 0, lag: -1 };
    const { startOffset, leaderEpoch, completeCount } = stored;
    const log = logs.get(topicName, partition);
    const lag = log === null ? -1 : Math.max(log.highWatermark - startOffset - completeCount, 0);
    return { ...answer, startOffset, leaderEpoch, lag };
  } catch (error) {
    return { ...answer, startOffset: -1, leaderEpoch: 0, lag: -1, errorCode: errorCodeOf(error) };
  }
}
