/** OffsetDelete, version 0 (KIP-496). */
import { ErrorCode } from '@millrace/protocol';
import { checkGroupId } from '../coordinators/group/committed-offsets.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const offsetDelete: BrokerApi = defineApi({
  name: 'OffsetDelete',
  async handle(services, request) {
    const wanted = request.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
    );
    try {
      checkGroupId(request.groupId);
      const codes = await services.groups.offsets.delete(request.groupId, wanted);
      const codeOf = (name: string, partition: number): number => {
        if (services.cluster.find(name, partition) === null) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        return codes[wanted.findIndex((one) => one.topic === name && one.partition === partition)] ?? 0;
      };
      const topics = request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: codeOf(name, partitionIndex),
        })),
      }));
      return { errorCode: 0, throttleTimeMs: 0, topics };
    } catch (error) {
      return { errorCode: errorCodeOf(error), throttleTimeMs: 0, topics: [] };
    }
  },
});
