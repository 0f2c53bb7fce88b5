import { type ApiDeclaration, api, int8, int16, int32, int64, list, string, struct } from '../schema.ts';

export const listOffsets: ApiDeclaration = api({
  name: 'ListOffsets',
  key: 2,
  versions: '1-11',
  flexible: '6+',
  request: {
    replicaId: int32('0+'),
    isolationLevel: int8('2+'),
    topics: list(
      '0+',
      struct('ListOffsetsTopic', {
        name: string('0+'),
        partitions: list(
          '0+',
          struct('ListOffsetsPartition', {
            partitionIndex: int32('0+'),
            currentLeaderEpoch: int32('4+', { default: -1, ignorable: true }),
            timestamp: int64('0+'),
          }),
        ),
      }),
    ),
    timeoutMs: int32('10+', { ignorable: true }),
  },
  response: {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: list(
      '0+',
      struct('ListOffsetsTopicResponse', {
        name: string('0+'),
        partitions: list(
          '0+',
          struct('ListOffsetsPartitionResponse', {
            partitionIndex: int32('0+'),
            errorCode: int16('0+'),
            timestamp: int64('1+', { default: -1 }),
            offset: int64('1+', { default: -1 }),
            leaderEpoch: int32('4+', { default: -1 }),
          }),
        ),
      }),
    ),
  },
});
