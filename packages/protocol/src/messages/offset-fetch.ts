import { type ApiDeclaration, api, bool, int16, int32, int64, list, string, struct, uuid } from '../schema.ts';

export const offsetFetch: ApiDeclaration = api({
  name: 'OffsetFetch',
  key: 9,
  versions: '1-10',
  flexible: '6+',
  request: {
    groupId: string('0-7'),
    topics: list(
      '0-7',
      { nullable: '2-7' },
      struct('OffsetFetchRequestTopic', {
        name: string('0-7'),
        partitionIndexes: list('0-7', 'int32'),
      }),
    ),
    groups: list(
      '8+',
      struct('OffsetFetchRequestGroup', {
        groupId: string('8+'),
        memberId: string('9+', { nullable: '9+', default: null, ignorable: true }),
        memberEpoch: int32('9+', { default: -1, ignorable: true }),
        topics: list(
          '8+',
          { nullable: '8+' },
          struct('OffsetFetchRequestTopics', {
            name: string('8-9', { ignorable: true }),
            topicId: uuid('10+', { ignorable: true }),
            partitionIndexes: list('8+', 'int32'),
          }),
        ),
      }),
    ),
    requireStable: bool('7+', { default: false }),
  },
  response: {
    throttleTimeMs: int32('3+', { ignorable: true }),
    topics: list(
      '0-7',
      struct('OffsetFetchResponseTopic', {
        name: string('0-7'),
        partitions: list(
          '0-7',
          struct('OffsetFetchResponsePartition', {
            partitionIndex: int32('0-7'),
            committedOffset: int64('0-7'),
            committedLeaderEpoch: int32('5-7', { default: -1, ignorable: true }),
            metadata: string('0-7', { nullable: '0-7' }),
            errorCode: int16('0-7'),
          }),
        ),
      }),
    ),
    errorCode: int16('2-7', { default: 0, ignorable: true }),
    groups: list(
      '8+',
      struct('OffsetFetchResponseGroup', {
        groupId: string('8+'),
        topics: list(
          '8+',
          struct('OffsetFetchResponseTopics', {
            name: string('8-9', { ignorable: true }),
            topicId: uuid('10+', { ignorable: true }),
            partitions: list(
              '8+',
              struct('OffsetFetchResponsePartitions', {
                partitionIndex: int32('8+'),
                committedOffset: int64('8+'),
                committedLeaderEpoch: int32('8+', { default: -1, ignorable: true }),
                metadata: string('8+', { nullable: '8+' }),
                errorCode: int16('8+'),
              }),
            ),
          }),
        ),
        errorCode: int16('8+', { default: 0 }),
      }),
    ),
  },
});
