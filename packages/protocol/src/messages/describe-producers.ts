/**
 * DescribeProducers (61): tells the producers that write to partitions (KIP-664).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string } from '../schema.ts';

export const describeProducers: ApiDeclaration = api({
  name: 'DescribeProducers',
  key: 61,
  versions: '0',
  flexible: '0+',
  request: {
    topics: list('0+', 'TopicRequest', {
      name: string('0+'),
      partitionIndexes: list('0+', 'int32'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    topics: list('0+', 'TopicResponse', {
      name: string('0+'),
      partitions: list('0+', 'PartitionResponse', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+', default: null }),
        activeProducers: list('0+', 'ProducerState', {
          producerId: int64('0+'),
          producerEpoch: int32('0+'),
          lastSequence: int32('0+', { default: -1 }),
          lastTimestamp: int64('0+', { default: -1 }),
          coordinatorEpoch: int32('0+'),
          currentTxnStartOffset: int64('0+', { default: -1 }),
        }),
      }),
    }),
  },
});
