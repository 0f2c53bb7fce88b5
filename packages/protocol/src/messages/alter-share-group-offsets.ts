/**
 * AlterShareGroupOffsets (91): moves the start of share groups (KIP-932).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string, uuid } from '../schema.ts';

export const alterShareGroupOffsets: ApiDeclaration = api({
  name: 'AlterShareGroupOffsets',
  key: 91,
  versions: '0',
  flexible: '0+',
  request: {
    groupId: string('0+'),
    topics: list('0+', 'AlterShareGroupOffsetsRequestTopic', {
      topicName: string('0+'),
      partitions: list('0+', 'AlterShareGroupOffsetsRequestPartition', {
        partitionIndex: int32('0+'),
        startOffset: int64('0+'),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    responses: list('0+', 'AlterShareGroupOffsetsResponseTopic', {
      topicName: string('0+'),
      topicId: uuid('0+'),
      partitions: list('0+', 'AlterShareGroupOffsetsResponsePartition', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+', default: null }),
      }),
    }),
  },
});
