/**
 * OffsetDelete (47): deletes committed offsets of topics to which the group is not subscribed (KIP-496).
 *
 * Never flexible.
 */
import { type ApiDeclaration, api, int16, int32, list, string } from '../schema.ts';

export const offsetDelete: ApiDeclaration = api({
  name: 'OffsetDelete',
  key: 47,
  versions: '0',
  request: {
    groupId: string('0+'),
    topics: list('0+', 'OffsetDeleteRequestTopic', {
      name: string('0+'),
      partitions: list('0+', 'OffsetDeleteRequestPartition', {
        partitionIndex: int32('0+'),
      }),
    }),
  },
  response: {
    errorCode: int16('0+'),
    throttleTimeMs: int32('0+', { ignorable: true }),
    topics: list('0+', 'OffsetDeleteResponseTopic', {
      name: string('0+'),
      partitions: list('0+', 'OffsetDeleteResponsePartition', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
});
