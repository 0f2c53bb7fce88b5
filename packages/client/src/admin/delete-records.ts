import { needsMetadataRefresh } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { brokerError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';

export type DeleteBefore = TopicPartition & { readonly offset: number };

/** Each leader drops the records of its partitions. */
export async function deleteRecords(cluster: Cluster, beforeOffsets: readonly DeleteBefore[]): Promise<void> {
  const byLeader = new Map<number, DeleteBefore[]>();
  for (const before of beforeOffsets) {
    const topic = await cluster.awaitTopic(before.topic);
    const leader = topic.partitions[before.partition]?.leader ?? -1;
    byLeader.set(leader, [...(byLeader.get(leader) ?? []), before]);
  }
  await Promise.all([...byLeader].map(([leader, list]) => deleteAtLeader(cluster, leader, list)));
}

async function deleteAtLeader(cluster: Cluster, leader: number, beforeOffsets: readonly DeleteBefore[]): Promise<void> {
  const link = await cluster.link(leader);
  const answer = await link.call('DeleteRecords', {
    timeoutMs: cluster.settings.requestTimeoutMs,
    topics: groupByTopic(beforeOffsets, ({ partition, offset }) => ({ partitionIndex: partition, offset })).map(
      ({ topic, items }) => ({ name: topic, partitions: items }),
    ),
  });
  for (const { name: topic, partitions } of answer.topics) {
    for (const { partitionIndex: partition, errorCode } of partitions) {
      if (errorCode === 0) continue;
      if (needsMetadataRefresh(errorCode)) cluster.refreshSoon();
      throw brokerError(errorCode, `deleting records of ${topic}-${partition}`, { topic, partition });
    }
  }
}
