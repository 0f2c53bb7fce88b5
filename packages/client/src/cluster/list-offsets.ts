import {
  ListOffsetsRequestDefaults,
  ListOffsetsRequestListOffsetsPartitionDefaults,
  needsMetadataRefresh,
} from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import { brokerError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';
import { askLeaders } from './ask-leaders.ts';
import type { Cluster } from './cluster.ts';

/** What ListOffsets takes instead of a time. */
export const OFFSET_TIMESTAMP = { latest: -1, earliest: -2, maxTimestamp: -3 } as const;

export type IsolationLevel = 'read_uncommitted' | 'read_committed';

export const ISOLATION_CODE: Readonly<Record<IsolationLevel, number>> = { read_uncommitted: 0, read_committed: 1 };

export type ListedOffset = TopicPartition & {
  /** −1 when no record is that late. */
  readonly offset: number;
  /** The record's time; −1 for `earliest` and `latest`. */
  readonly timestamp: number;
  readonly leaderEpoch: number;
};

type OffsetLookup = TopicPartition & { readonly timestamp: number };

/** Asks the leaders for offsets by time; see {@link askLeaders}. */
export function listOffsets(
  cluster: Cluster,
  lookups: readonly OffsetLookup[],
  isolationLevel: IsolationLevel,
  signal?: AbortSignal,
): Promise<readonly ListedOffset[]> {
  return askLeaders(cluster, lookups, (link, asked) => ask(cluster, link, asked, isolationLevel), signal);
}

async function ask(
  cluster: Cluster,
  link: BrokerLink,
  lookups: readonly OffsetLookup[],
  isolationLevel: IsolationLevel,
): Promise<readonly ListedOffset[]> {
  const answer = await link.call('ListOffsets', {
    ...ListOffsetsRequestDefaults,
    replicaId: -1,
    isolationLevel: ISOLATION_CODE[isolationLevel],
    topics: groupByTopic(lookups, ({ partition, timestamp }) => ({
      ...ListOffsetsRequestListOffsetsPartitionDefaults,
      partitionIndex: partition,
      timestamp,
    })).map(({ topic, items }) => ({ name: topic, partitions: items })),
  });
  return answer.topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partitionIndex: partition, errorCode, offset, timestamp, leaderEpoch }) => {
      if (errorCode === 0) return { topic, partition, offset, timestamp, leaderEpoch };
      if (needsMetadataRefresh(errorCode)) cluster.refreshSoon();
      throw brokerError(errorCode, `looking up offsets of ${topic}-${partition}`, { topic, partition });
    }),
  );
}
