/**
 * OffsetCommit (8): stores the offsets of a consumer group.
 *
 * - v2: retention time
 * - v3: throttle time
 * - v5: retention is the broker's alone
 * - v6: leader epoch (KIP-320)
 * - v7: static members (KIP-345)
 * - v8: flexible
 * - v9: members of the new group protocol (KIP-848)
 * - v10: topic ids for names (KIP-848)
 *
 * Left out: versions 0 and 1, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string, uuid } from '../schema.ts';

export const offsetCommit: ApiDeclaration = api({
  name: 'OffsetCommit',
  key: 8,
  versions: '2-10',
  flexible: '8+',
  request: {
    groupId: string('0+'),
    generationIdOrMemberEpoch: int32('1+', { default: -1, ignorable: true }),
    memberId: string('1+', { ignorable: true }),
    groupInstanceId: string('7+', { nullable: '7+', default: null }),
    retentionTimeMs: int64('2-4', { default: -1, ignorable: true }),
    topics: list('0+', 'OffsetCommitRequestTopic', {
      name: string('0-9', { ignorable: true }),
      topicId: uuid('10+', { ignorable: true }),
      partitions: list('0+', 'OffsetCommitRequestPartition', {
        partitionIndex: int32('0+'),
        committedOffset: int64('0+'),
        committedLeaderEpoch: int32('6+', { default: -1, ignorable: true }),
        committedMetadata: string('0+', { nullable: '0+' }),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('3+', { ignorable: true }),
    topics: list('0+', 'OffsetCommitResponseTopic', {
      name: string('0-9', { ignorable: true }),
      topicId: uuid('10+', { ignorable: true }),
      partitions: list('0+', 'OffsetCommitResponsePartition', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
});
