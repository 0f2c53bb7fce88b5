import { type ApiDeclaration, api, int16, int32, list, string, struct } from '../schema.ts';

export const offsetDelete: ApiDeclaration = api({
  name: 'OffsetDelete',
  key: 47,
  versions: '0',
  request: {
    groupId: string('0+'),
    topics: list(
      '0+',
      struct('OffsetDeleteRequestTopic', {
        name: string('0+'),
        partitions: list(
          '0+',
          struct('OffsetDeleteRequestPartition', {
            partitionIndex: int32('0+'),
          }),
        ),
      }),
    ),
  },
  response: {
    errorCode: int16('0+'),
    throttleTimeMs: int32('0+', { ignorable: true }),
    topics: list(
      '0+',
      struct('OffsetDeleteResponseTopic', {
        name: string('0+'),
        partitions: list(
          '0+',
          struct('OffsetDeleteResponsePartition', {
            partitionIndex: int32('0+'),
            errorCode: int16('0+'),
          }),
        ),
      }),
    ),
  },
});
