import type { BrokerLink } from '../connection/broker-link.ts';
import { partitionKey, type TopicPartition } from '../lib/topic-partition.ts';
import type { Cluster } from './cluster.ts';

/**
 * Asks the leader of each partition, each leader once; answers in the order of the questions. Fails as a whole, retriable
 * where another try may help.
 */
export async function askLeaders<Q extends TopicPartition, A extends TopicPartition>(
  cluster: Cluster,
  questions: readonly Q[],
  ask: (link: BrokerLink, questions: readonly Q[]) => Promise<readonly A[]>,
  signal?: AbortSignal,
): Promise<readonly A[]> {
  for (const { topic } of questions) {
    if (!cluster.metadata.topics.has(topic)) await cluster.awaitTopic(topic, { signal });
  }
  const byLeader = Map.groupBy(questions, ({ topic, partition }) => cluster.partition(topic, partition)?.leader ?? -1);
  const asked = [...byLeader].map(async ([leader, list]) => ask(await cluster.link(leader), list));
  const found = new Map(
    (await Promise.all(asked)).flat().map((each) => [partitionKey(each.topic, each.partition), each]),
  );
  return questions.flatMap(({ topic, partition }) => found.get(partitionKey(topic, partition)) ?? []);
}
