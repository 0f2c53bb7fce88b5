/**
 * DeleteRecords (21): moves the start of partitions forward.
 *
 * - v2: flexible
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string } from '../schema.ts';

export const deleteRecords: ApiDeclaration = api({
  name: 'DeleteRecords',
  key: 21,
  versions: '0-2',
  flexible: '2+',
  request: {
    topics: list('0+', 'DeleteRecordsTopic', {
      name: string('0+'),
      partitions: list('0+', 'DeleteRecordsPartition', {
        partitionIndex: int32('0+'),
        offset: int64('0+'),
      }),
    }),
    timeoutMs: int32('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    topics: list('0+', 'DeleteRecordsTopicResult', {
      name: string('0+'),
      partitions: list('0+', 'DeleteRecordsPartitionResult', {
        partitionIndex: int32('0+'),
        lowWatermark: int64('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
});
