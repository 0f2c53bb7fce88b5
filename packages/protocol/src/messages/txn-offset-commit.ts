/**
 * TxnOffsetCommit (28): stores a group's offsets as part of a transaction.
 *
 * - v2: leader epoch (KIP-320)
 * - v3: flexible, member and generation for fencing (KIP-447)
 * - v4: TRANSACTION_ABORTABLE (KIP-890)
 * - v5: adds the group to the transaction by itself (KIP-890, transactions v2)
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string } from '../schema.ts';

export const txnOffsetCommit: ApiDeclaration = api({
  name: 'TxnOffsetCommit',
  key: 28,
  versions: '0-5',
  flexible: '3+',
  request: {
    transactionalId: string('0+'),
    groupId: string('0+'),
    producerId: int64('0+'),
    producerEpoch: int16('0+'),
    generationId: int32('3+', { default: -1 }),
    memberId: string('3+', { default: '' }),
    groupInstanceId: string('3+', { nullable: '3+', default: null }),
    topics: list('0+', 'TxnOffsetCommitRequestTopic', {
      name: string('0+'),
      partitions: list('0+', 'TxnOffsetCommitRequestPartition', {
        partitionIndex: int32('0+'),
        committedOffset: int64('0+'),
        committedLeaderEpoch: int32('2+', { default: -1, ignorable: true }),
        committedMetadata: string('0+', { nullable: '0+' }),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    topics: list('0+', 'TxnOffsetCommitResponseTopic', {
      name: string('0+'),
      partitions: list('0+', 'TxnOffsetCommitResponsePartition', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
});
