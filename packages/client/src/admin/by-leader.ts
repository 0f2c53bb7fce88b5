import type { Cluster } from '../cluster/cluster.ts';
import type { TopicPartition } from '../lib/topic-partition.ts';
import { describeTopics } from './topics.ts';

/**
 * What belongs to partitions, by the node that leads each; −1 where nobody does now.
 *
 * @throws MillraceError `UNKNOWN_TOPIC_OR_PARTITION` for a topic that does not exist, at once.
 */
export async function byLeader<P extends TopicPartition>(
  cluster: Cluster,
  partitions: readonly P[],
): Promise<ReadonlyMap<number, readonly P[]>> {
  if (cluster.metadata.nodes.size === 0) await cluster.refresh();
  const names = [...new Set(partitions.map(({ topic }) => topic))];
  const unknown = names.filter((name) => !cluster.metadata.topics.has(name));
  const asked = unknown.length === 0 ? [] : await describeTopics(cluster, unknown);
  const topics = new Map([...cluster.metadata.topics, ...asked.map((topic) => [topic.name, topic] as const)]);
  return Map.groupBy(partitions, ({ topic, partition }) => topics.get(topic)?.partitions[partition]?.leader ?? -1);
}
