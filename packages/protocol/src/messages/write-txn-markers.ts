/**
 * WriteTxnMarkers (27): writes the ends of transactions into their partitions; only coordinators send it.
 *
 * - v1: flexible
 * - v2: transaction version (KIP-1228)
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, bool, int8, int16, int32, int64, list, string } from '../schema.ts';

export const writeTxnMarkers: ApiDeclaration = api({
  name: 'WriteTxnMarkers',
  key: 27,
  versions: '1-2',
  flexible: '1+',
  request: {
    markers: list('0+', 'WritableTxnMarker', {
      producerId: int64('0+'),
      producerEpoch: int16('0+'),
      transactionResult: bool('0+'),
      topics: list('0+', 'WritableTxnMarkerTopic', {
        name: string('0+'),
        partitionIndexes: list('0+', 'int32'),
      }),
      coordinatorEpoch: int32('0+'),
      transactionVersion: int8('2+', { default: 0, ignorable: true }),
    }),
  },
  response: {
    markers: list('0+', 'WritableTxnMarkerResult', {
      producerId: int64('0+'),
      topics: list('0+', 'WritableTxnMarkerTopicResult', {
        name: string('0+'),
        partitions: list('0+', 'WritableTxnMarkerPartitionResult', {
          partitionIndex: int32('0+'),
          errorCode: int16('0+'),
        }),
      }),
    }),
  },
});
