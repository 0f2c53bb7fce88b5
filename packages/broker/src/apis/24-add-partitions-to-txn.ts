/**
 * AddPartitionsToTxn, versions 0–3. 2: PRODUCER_FENCED. 3: flexible.
 * Deviations: versions 4 and 5, which brokers ask each other with, are not served: one broker needs them not.
 */
import { type AddPartitionsToTxnRequestAddPartitionsToTxnTopic, ErrorCode } from '@millrace/protocol';
import { transactionErrorCode } from './22-init-producer-id.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';

const FENCED_VERSION = 2;

export const addPartitionsToTxn: BrokerApi = defineApi({
  name: 'AddPartitionsToTxn',
  versions: [0, 3],
  async handle(services, request, call) {
    const topics = request.v3AndBelowTopics;
    const partitions = topics.flatMap(({ name, partitions }) =>
      partitions.map((partition) => ({ topic: name, partition })),
    );
    const isUnknown = ({ topic, partition }: { topic: string; partition: number }): boolean =>
      services.cluster.find(topic, partition) === null;
    if (partitions.some(isUnknown)) {
      // All or none: the others are told that nothing was done.
      return answer(topics, (topic, partition) =>
        isUnknown({ topic, partition }) ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.OPERATION_NOT_ATTEMPTED,
      );
    }
    const client = {
      transactionalId: request.v3AndBelowTransactionalId,
      producerId: request.v3AndBelowProducerId,
      producerEpoch: request.v3AndBelowProducerEpoch,
      clientVersion: 0,
    };
    const code = await addAll(services, client, partitions, call.version >= FENCED_VERSION);
    return answer(topics, () => code);
  },
});

function addAll(
  { transactions }: Services,
  client: Parameters<Services['transactions']['addPartitions']>[0],
  partitions: Parameters<Services['transactions']['addPartitions']>[1],
  knowsFenced: boolean,
): Promise<number> {
  return transactions.addPartitions(client, partitions).then(
    () => 0,
    (error: unknown) => transactionErrorCode(error, knowsFenced),
  );
}

function answer(
  topics: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopic[],
  codeOf: (topic: string, partition: number) => number,
) {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    resultsByTransaction: [],
    resultsByTopicV3AndBelow: topics.map(({ name, partitions }) => ({
      name,
      resultsByPartition: partitions.map((partitionIndex) => ({
        partitionIndex,
        partitionErrorCode: codeOf(name, partitionIndex),
      })),
    })),
  };
}
