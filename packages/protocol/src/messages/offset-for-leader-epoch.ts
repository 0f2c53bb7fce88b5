import { type ApiDeclaration, api, int16, int32, int64, list, string, struct } from '../schema.ts';

export const offsetForLeaderEpoch: ApiDeclaration = api({
  name: 'OffsetForLeaderEpoch',
  key: 23,
  versions: '2-4',
  flexible: '4+',
  request: {
    replicaId: int32('3+', { default: -2, ignorable: true }),
    topics: list(
      '0+',
      struct('OffsetForLeaderTopic', {
        topic: string('0+'),
        partitions: list(
          '0+',
          struct('OffsetForLeaderPartition', {
            partition: int32('0+'),
            currentLeaderEpoch: int32('2+', { default: -1, ignorable: true }),
            leaderEpoch: int32('0+'),
          }),
        ),
      }),
    ),
  },
  response: {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: list(
      '0+',
      struct('OffsetForLeaderTopicResult', {
        topic: string('0+'),
        partitions: list(
          '0+',
          struct('EpochEndOffset', {
            errorCode: int16('0+'),
            partition: int32('0+'),
            leaderEpoch: int32('1+', { default: -1, ignorable: true }),
            endOffset: int64('0+', { default: -1 }),
          }),
        ),
      }),
    ),
  },
});
