import { needsMetadataRefresh } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { brokerError } from '../lib/errors.ts';
import { groupByTopic, partitionKey } from '../lib/topic-partition.ts';
import type { DeleteBefore, LowWatermark } from './admin-types.ts';
import { byLeader } from './by-leader.ts';

/** Each leader drops the records of its partitions. Answers in the order of the questions. */
export async function deleteRecords(
  cluster: Cluster,
  beforeOffsets: readonly DeleteBefore[],
): Promise<readonly LowWatermark[]> {
  const answers = await Promise.all(
    [...(await byLeader(cluster, beforeOffsets))].map(([leader, list]) => deleteAtLeader(cluster, leader, list)),
  );
  const found = new Map(answers.flat().map((answer) => [partitionKey(answer.topic, answer.partition), answer]));
  return beforeOffsets.flatMap(({ topic, partition }) => found.get(partitionKey(topic, partition)) ?? []);
}

async function deleteAtLeader(
  cluster: Cluster,
  leader: number,
  beforeOffsets: readonly DeleteBefore[],
): Promise<readonly LowWatermark[]> {
  const link = await cluster.link(leader);
  const answer = await link.call('DeleteRecords', {
    timeoutMs: cluster.settings.requestTimeoutMs,
    topics: groupByTopic(beforeOffsets, ({ partition, offset }) => ({ partitionIndex: partition, offset })).map(
      ({ topic, items }) => ({ name: topic, partitions: items }),
    ),
  });
  return answer.topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partitionIndex: partition, errorCode, lowWatermark }) => {
      if (errorCode === 0) return { topic, partition, lowWatermark };
      if (needsMetadataRefresh(errorCode)) cluster.refreshSoon();
      throw brokerError(errorCode, `deleting records of ${topic}-${partition}`, { topic, partition });
    }),
  );
}
