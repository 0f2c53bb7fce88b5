import { needsMetadataRefresh, OffsetForLeaderEpochRequestOffsetForLeaderPartitionDefaults } from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import { brokerError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';
import { askLeaders } from './ask-leaders.ts';
import type { Cluster } from './cluster.ts';

/** The first version that asks for no rights on the cluster (KIP-320). */
const FOR_CONSUMERS_VERSION = 3;
const CONSUMER = -1;

export type EpochEnd = TopicPartition & {
  /** The newest epoch in the leader's log that is not newer than the one asked for; −1 if there is none. */
  readonly leaderEpoch: number;
  /** Where the leader's log goes on with another epoch, or ends; −1 if that is not known. */
  readonly endOffset: number;
};

/** Where epochs of leaders end in the logs as they are now; nothing from brokers that do not tell consumers. */
export function epochEnds(
  cluster: Cluster,
  lookups: readonly (TopicPartition & { readonly leaderEpoch: number })[],
): Promise<readonly EpochEnd[]> {
  return askLeaders(cluster, lookups, (link, asked) => ask(cluster, link, asked));
}

async function ask(
  cluster: Cluster,
  link: BrokerLink,
  lookups: readonly (TopicPartition & { readonly leaderEpoch: number })[],
): Promise<readonly EpochEnd[]> {
  if (!link.offers('OffsetForLeaderEpoch', FOR_CONSUMERS_VERSION)) return [];
  const topics = groupByTopic(lookups, ({ topic, partition, leaderEpoch }) => ({
    ...OffsetForLeaderEpochRequestOffsetForLeaderPartitionDefaults,
    partition,
    leaderEpoch,
    currentLeaderEpoch: cluster.leaderEpoch(topic, partition),
  }));
  const answer = await link.call('OffsetForLeaderEpoch', {
    replicaId: CONSUMER,
    topics: topics.map(({ topic, items }) => ({ topic, partitions: items })),
  });
  return answer.topics.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, errorCode, leaderEpoch, endOffset }) => {
      if (errorCode === 0) return { topic, partition, leaderEpoch, endOffset };
      if (needsMetadataRefresh(errorCode)) cluster.refreshSoon();
      throw brokerError(errorCode, `checking the position in ${topic}-${partition}`, { topic, partition });
    }),
  );
}
