/**
 * OffsetFetch (9): reads the committed offsets of groups.
 *
 * - v1: offsets from the group coordinator
 * - v2: null asks for all topics, a top-level error
 * - v3: throttle time
 * - v5: leader epoch (KIP-320)
 * - v6: flexible
 * - v7: waits for open transactions (KIP-447)
 * - v8: several groups in one request (KIP-709)
 * - v9: members of the new group protocol (KIP-848)
 * - v10: topic ids for names (KIP-848)
 *
 * Left out: version 0, which read from ZooKeeper.
 */
import { type ApiDeclaration, api, bool, int16, int32, int64, list, string, uuid } from '../schema.ts';

export const offsetFetch: ApiDeclaration = api({
  name: 'OffsetFetch',
  key: 9,
  versions: '1-10',
  flexible: '6+',
  request: {
    groupId: string('0-7'),
    topics: list('0-7', { nullable: '2-7' }, 'OffsetFetchRequestTopic', {
      name: string('0-7'),
      partitionIndexes: list('0-7', 'int32'),
    }),
    groups: list('8+', 'OffsetFetchRequestGroup', {
      groupId: string('8+'),
      memberId: string('9+', { nullable: '9+', default: null, ignorable: true }),
      memberEpoch: int32('9+', { default: -1, ignorable: true }),
      topics: list('8+', { nullable: '8+' }, 'OffsetFetchRequestTopics', {
        name: string('8-9', { ignorable: true }),
        topicId: uuid('10+', { ignorable: true }),
        partitionIndexes: list('8+', 'int32'),
      }),
    }),
    requireStable: bool('7+', { default: false }),
  },
  response: {
    throttleTimeMs: int32('3+', { ignorable: true }),
    topics: list('0-7', 'OffsetFetchResponseTopic', {
      name: string('0-7'),
      partitions: list('0-7', 'OffsetFetchResponsePartition', {
        partitionIndex: int32('0-7'),
        committedOffset: int64('0-7'),
        committedLeaderEpoch: int32('5-7', { default: -1, ignorable: true }),
        metadata: string('0-7', { nullable: '0-7' }),
        errorCode: int16('0-7'),
      }),
    }),
    errorCode: int16('2-7', { default: 0, ignorable: true }),
    groups: list('8+', 'OffsetFetchResponseGroup', {
      groupId: string('8+'),
      topics: list('8+', 'OffsetFetchResponseTopics', {
        name: string('8-9', { ignorable: true }),
        topicId: uuid('10+', { ignorable: true }),
        partitions: list('8+', 'OffsetFetchResponsePartitions', {
          partitionIndex: int32('8+'),
          committedOffset: int64('8+'),
          committedLeaderEpoch: int32('8+', { default: -1, ignorable: true }),
          metadata: string('8+', { nullable: '8+' }),
          errorCode: int16('8+'),
        }),
      }),
      errorCode: int16('8+', { default: 0 }),
    }),
  },
});
