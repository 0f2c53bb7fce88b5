import {
  ErrorCode,
  OffsetCommitRequestDefaults,
  OffsetCommitRequestPartitionDefaults,
  OffsetCommitRequestTopicDefaults,
  OffsetFetchRequestDefaults,
  OffsetFetchRequestGroupDefaults,
  type OffsetFetchResponse,
  type OffsetFetchResponsePartition,
  ZERO_UUID,
} from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import { brokerError, throwIfError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';

export type OffsetToCommit = TopicPartition & {
  /** The offset of the next record to read. */
  readonly offset: number;
  readonly leaderEpoch?: number;
  readonly metadata?: string;
};

export type CommittedOffset = TopicPartition & {
  readonly offset: number;
  /** −1 when the committer gave none. */
  readonly leaderEpoch: number;
  readonly metadata: string;
};

/** Who commits: a member in a generation, or an administrator outside of any. */
export type Committer = {
  readonly groupId: string;
  readonly generation: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
};

/** A member of a group as a transactional producer must know it: taken anew for each commit, since it changes. */
export type GroupMetadata = Committer;

/** From this version on, one request asks for many groups (KIP-709). */
const FIRST_BATCH_VERSION = 8;

export async function commitOffsets(
  link: BrokerLink,
  committer: Committer,
  offsets: readonly OffsetToCommit[],
): Promise<void> {
  if (offsets.length === 0) return;
  const answer = await link.call('OffsetCommit', {
    ...OffsetCommitRequestDefaults,
    groupId: committer.groupId,
    generationIdOrMemberEpoch: committer.generation,
    memberId: committer.memberId,
    groupInstanceId: committer.groupInstanceId,
    topics: groupByTopic(offsets, ({ partition, offset, leaderEpoch, metadata }) => ({
      ...OffsetCommitRequestPartitionDefaults,
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: leaderEpoch ?? -1,
      committedMetadata: metadata ?? '',
    })).map(({ topic, items }) => ({ ...OffsetCommitRequestTopicDefaults, name: topic, partitions: items })),
  });
  for (const { name: topic, partitions } of answer.topics) {
    for (const { partitionIndex: partition, errorCode } of partitions) {
      const { groupId } = committer;
      throwIfError(errorCode, `committing ${topic}-${partition} for group '${groupId}'`, { groupId, topic, partition });
    }
  }
}

/** The committed offsets of these partitions, or with null of all; partitions without one are left out. */
export async function fetchOffsets(
  link: BrokerLink,
  groupId: string,
  partitions: readonly TopicPartition[] | null,
): Promise<readonly CommittedOffset[]> {
  const isBatch = link.versionOf('OffsetFetch') >= FIRST_BATCH_VERSION;
  const topics =
    partitions === null
      ? null
      : groupByTopic(partitions, ({ partition }) => partition).map(({ topic, items }) => ({
          name: topic,
          partitionIndexes: items,
        }));
  const answer = await link.call('OffsetFetch', {
    ...OffsetFetchRequestDefaults,
    groupId: isBatch ? '' : groupId,
    topics: isBatch ? [] : topics,
    groups: isBatch ? [{ ...OffsetFetchRequestGroupDefaults, groupId, topics: topics?.map(withoutId) ?? null }] : [],
    // Offsets of a transaction that is still open must not be read as if they stood.
    requireStable: link.versionOf('OffsetFetch') >= 7,
  });
  return committedOf(answer, groupId);
}

function withoutId(topic: { readonly name: string; readonly partitionIndexes: readonly number[] }) {
  return { ...topic, topicId: ZERO_UUID };
}

function committedOf(answer: OffsetFetchResponse, groupId: string): readonly CommittedOffset[] {
  const group = answer.groups[0] ?? answer;
  throwIfError(group.errorCode, `reading the offsets of group '${groupId}'`, { groupId });
  const committed: CommittedOffset[] = [];
  for (const { name: topic, partitions } of group.topics) {
    for (const entry of partitions as readonly OffsetFetchResponsePartition[]) {
      const { partitionIndex: partition, errorCode, committedOffset, committedLeaderEpoch, metadata } = entry;
      if (errorCode !== ErrorCode.NONE) {
        throw brokerError(errorCode, `reading the offset of ${topic}-${partition}`, { groupId, topic, partition });
      }
      if (committedOffset < 0) continue;
      committed.push({
        topic,
        partition,
        offset: committedOffset,
        leaderEpoch: committedLeaderEpoch,
        metadata: metadata ?? '',
      });
    }
  }
  return committed;
}
