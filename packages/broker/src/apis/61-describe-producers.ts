/** DescribeProducers, version 0 (KIP-664). */
import { ErrorCode } from '@millrace/protocol';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { partitionLog } from './partitions.ts';

export const describeProducers: BrokerApi = defineApi({
  name: 'DescribeProducers',
  handle(services, request) {
    const topics = request.topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => describe(services, name, partitionIndex)),
    }));
    return { throttleTimeMs: 0, topics };
  },
});

function describe(services: Services, topic: string, partitionIndex: number) {
  try {
    const activeProducers = partitionLog(services, topic, partitionIndex).activeProducers();
    return { partitionIndex, errorCode: ErrorCode.NONE, errorMessage: null, activeProducers };
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { partitionIndex, errorCode: errorCodeOf(error), errorMessage, activeProducers: [] };
  }
}
