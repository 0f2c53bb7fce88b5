/** CreatePartitions, versions 0–3. 2: flexible. Partitions are only ever added. */
import {
  type CreatePartitionsRequestCreatePartitionsTopic,
  type CreatePartitionsResponseCreatePartitionsTopicResult,
  ErrorCode,
} from '@millrace/protocol';
import { checkAssignment, PARTITIONS_MAX } from '../cluster/topic-plan.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { partNamedTwice } from './named-twice.ts';

export const createPartitions: BrokerApi = defineApi({
  name: 'CreatePartitions',
  async handle(services, request) {
    const { once, twice } = partNamedTwice(request.topics, ({ name }) => name);
    const results: CreatePartitionsResponseCreatePartitionsTopicResult[] = twice.map(({ name }) => ({
      name,
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: 'Duplicate topic name.',
    }));
    for (const wanted of once) {
      const { name, count } = wanted;
      try {
        check(services, wanted);
        if (!request.validateOnly) {
          await services.cluster.change([{ kind: 'partitions-added', name, partitionCount: count }]);
        }
        results.push({ name, errorCode: 0, errorMessage: null });
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        results.push({ name, errorCode: errorCodeOf(error), errorMessage });
      }
    }
    return { throttleTimeMs: 0, results };
  },
});

function check(services: Services, { name, count, assignments }: CreatePartitionsRequestCreatePartitionsTopic): void {
  const topic = services.cluster.topic(name);
  if (topic === undefined) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
  const has = topic.partitionCount;
  if (count === has) throw new BrokerError('INVALID_PARTITIONS', `Topic already has ${has} partition(s).`);
  if (count < has) {
    throw new BrokerError(
      'INVALID_PARTITIONS',
      `The topic ${name} currently has ${has} partition(s); ${count} would not be an increase.`,
    );
  }
  if (count > PARTITIONS_MAX)
    throw new BrokerError('INVALID_PARTITIONS', `A topic may have ${PARTITIONS_MAX} partitions.`);
  if (assignments === null) return;
  if (assignments.length !== count - has) {
    throw new BrokerError(
      'INVALID_REPLICA_ASSIGNMENT',
      `Attempted to add ${count - has} additional partition(s), but only ${assignments.length} assignment(s) were specified.`,
    );
  }
  for (const { brokerIds } of assignments) checkAssignment(brokerIds, services.nodeId);
}
