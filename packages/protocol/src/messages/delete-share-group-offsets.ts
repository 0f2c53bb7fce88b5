/**
 * DeleteShareGroupOffsets (92): forgets topics of share groups (KIP-932).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, int16, int32, list, string, uuid } from '../schema.ts';

export const deleteShareGroupOffsets: ApiDeclaration = api({
  name: 'DeleteShareGroupOffsets',
  key: 92,
  versions: '0',
  flexible: '0+',
  request: {
    groupId: string('0+'),
    topics: list('0+', 'DeleteShareGroupOffsetsRequestTopic', {
      topicName: string('0+'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    responses: list('0+', 'DeleteShareGroupOffsetsResponseTopic', {
      topicName: string('0+'),
      topicId: uuid('0+'),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+', default: null }),
    }),
  },
});
