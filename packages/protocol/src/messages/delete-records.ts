import { type ApiDeclaration, api, int16, int32, int64, list, string, struct } from '../schema.ts';

export const deleteRecords: ApiDeclaration = api({
  name: 'DeleteRecords',
  key: 21,
  versions: '0-2',
  flexible: '2+',
  request: {
    topics: list(
      '0+',
      struct('DeleteRecordsTopic', {
        name: string('0+'),
        partitions: list(
          '0+',
          struct('DeleteRecordsPartition', {
            partitionIndex: int32('0+'),
            offset: int64('0+'),
          }),
        ),
      }),
    ),
    timeoutMs: int32('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    topics: list(
      '0+',
      struct('DeleteRecordsTopicResult', {
        name: string('0+'),
        partitions: list(
          '0+',
          struct('DeleteRecordsPartitionResult', {
            partitionIndex: int32('0+'),
            lowWatermark: int64('0+'),
            errorCode: int16('0+'),
          }),
        ),
      }),
    ),
  },
});
