import {
  AddPartitionsToTxnRequestDefaults,
  InitProducerIdRequestDefaults,
  TxnOffsetCommitRequestDefaults,
} from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import type { GroupMetadata, OffsetToCommit } from '../group/offsets.ts';
import { throwIfError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';
import type { ProducerIdentity } from '../producer/producer-batch.ts';

/** The protocol of transactions: under 2 the broker adds partitions by itself and every end raises the epoch (KIP-890). */
export type TransactionProtocol = 1 | 2;

/** The newest versions of the first protocol; what is newer means the second. */
export const FIRST_PROTOCOL_VERSION_MAX = { Produce: 11, EndTxn: 4, TxnOffsetCommit: 4 } as const;
const SECOND_PROTOCOL_LEVEL = 2;

/** Who speaks, and how. */
export type TransactionSpeaker = {
  readonly transactionalId: string;
  readonly identity: ProducerIdentity;
  readonly protocol: TransactionProtocol;
};

export function protocolOf(link: BrokerLink): TransactionProtocol {
  const isKnown = link.versionOf('EndTxn') > FIRST_PROTOCOL_VERSION_MAX.EndTxn;
  return isKnown && link.transactionLevel >= SECOND_PROTOCOL_LEVEL ? 2 : 1;
}

/** Asks for id and epoch; with the ones that it has, a producer raises its own epoch (KIP-360). */
export async function initTransactionalId(
  link: BrokerLink,
  transactionalId: string,
  transactionTimeoutMs: number,
  current: ProducerIdentity | null,
): Promise<ProducerIdentity> {
  const answer = await link.call('InitProducerId', {
    ...InitProducerIdRequestDefaults,
    transactionalId,
    transactionTimeoutMs,
    ...current,
  });
  throwIfError(answer.errorCode, `beginning to use transactional id '${transactionalId}'`, { transactionalId });
  return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
}

/** First protocol: makes partitions part of the transaction. */
export async function addPartitions(
  link: BrokerLink,
  { transactionalId, identity }: TransactionSpeaker,
  partitions: readonly TopicPartition[],
): Promise<void> {
  const topics = groupByTopic(partitions, ({ partition }) => partition);
  const answer = await link.call('AddPartitionsToTxn', {
    ...AddPartitionsToTxnRequestDefaults,
    transactions: [],
    v3AndBelowTransactionalId: transactionalId,
    v3AndBelowProducerId: identity.producerId,
    v3AndBelowProducerEpoch: identity.producerEpoch,
    v3AndBelowTopics: topics.map(({ topic, items }) => ({ name: topic, partitions: items })),
  });
  for (const { name: topic, resultsByPartition } of answer.resultsByTopicV3AndBelow) {
    for (const { partitionIndex, partitionErrorCode } of resultsByPartition) {
      throwIfError(partitionErrorCode, `adding ${topic}-${partitionIndex} to the transaction of '${transactionalId}'`);
    }
  }
}

/** First protocol: makes a group's offsets part of the transaction. */
export async function addOffsets(
  link: BrokerLink,
  { transactionalId, identity }: TransactionSpeaker,
  groupId: string,
): Promise<void> {
  const { errorCode } = await link.call('AddOffsetsToTxn', { transactionalId, ...identity, groupId });
  throwIfError(errorCode, `adding offsets of group '${groupId}' to the transaction of '${transactionalId}'`);
}

/** Commits offsets in the transaction; the link is to the coordinator of the group. */
export async function commitOffsetsInTransaction(
  link: BrokerLink,
  { transactionalId, identity, protocol }: TransactionSpeaker,
  group: GroupMetadata,
  offsets: readonly OffsetToCommit[],
): Promise<void> {
  const { groupId, memberId, groupInstanceId, generation: generationId } = group;
  const topics = groupByTopic(offsets, ({ partition, offset, leaderEpoch, metadata }) => ({
    partitionIndex: partition,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch ?? -1,
    committedMetadata: metadata ?? '',
  }));
  const answer = await link.call(
    'TxnOffsetCommit',
    {
      ...TxnOffsetCommitRequestDefaults,
      transactionalId,
      groupId,
      ...identity,
      generationId,
      memberId,
      groupInstanceId,
      topics: topics.map(({ topic, items }) => ({ name: topic, partitions: items })),
    },
    protocol === 1 ? { versionMax: FIRST_PROTOCOL_VERSION_MAX.TxnOffsetCommit } : {},
  );
  for (const { name: topic, partitions } of answer.topics) {
    for (const { partitionIndex: partition, errorCode } of partitions) {
      const context = { groupId, topic, partition };
      throwIfError(errorCode, `committing ${topic}-${partition} for group '${groupId}' in a transaction`, context);
    }
  }
}

/** Commits or aborts; answers who goes on: under the second protocol the next epoch. */
export async function endTransaction(
  link: BrokerLink,
  { transactionalId, identity, protocol }: TransactionSpeaker,
  committed: boolean,
): Promise<ProducerIdentity> {
  const answer = await link.call(
    'EndTxn',
    { transactionalId, ...identity, committed },
    protocol === 1 ? { versionMax: FIRST_PROTOCOL_VERSION_MAX.EndTxn } : {},
  );
  throwIfError(answer.errorCode, `${committed ? 'committing' : 'aborting'} the transaction of '${transactionalId}'`);
  if (protocol === 1) return identity;
  return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
}
