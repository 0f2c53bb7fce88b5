/**
 * DescribeShareGroupOffsets (90): tells where share groups begin to read (KIP-932).
 *
 * - v1: lag (KIP-1226)
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string, uuid } from '../schema.ts';

export const describeShareGroupOffsets: ApiDeclaration = api({
  name: 'DescribeShareGroupOffsets',
  key: 90,
  versions: '0-1',
  flexible: '0+',
  request: {
    groups: list('0+', 'DescribeShareGroupOffsetsRequestGroup', {
      groupId: string('0+'),
      topics: list('0+', { nullable: '0+' }, 'DescribeShareGroupOffsetsRequestTopic', {
        topicName: string('0+'),
        partitions: list('0+', 'int32'),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    groups: list('0+', 'DescribeShareGroupOffsetsResponseGroup', {
      groupId: string('0+'),
      topics: list('0+', 'DescribeShareGroupOffsetsResponseTopic', {
        topicName: string('0+'),
        topicId: uuid('0+'),
        partitions: list('0+', 'DescribeShareGroupOffsetsResponsePartition', {
          partitionIndex: int32('0+'),
          startOffset: int64('0+'),
          leaderEpoch: int32('0+'),
          lag: int64('1+', { default: -1, ignorable: true }),
          errorCode: int16('0+'),
          errorMessage: string('0+', { nullable: '0+', default: null }),
        }),
      }),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+', default: null }),
    }),
  },
});
