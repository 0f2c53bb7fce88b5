/**
 * AlterPartitionReassignments, versions 0–1 (KIP-455). A partition can only be where it is: on the one broker. To move it
 * there is done at once, to move it elsewhere is refused, and there is never a move to cancel.
 */
import {
  type AlterPartitionReassignmentsRequestReassignablePartition,
  AlterPartitionReassignmentsResponseDefaults,
} from '@millrace/protocol';
import { checkAssignment } from '../cluster/topic-plan.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';

export const alterPartitionReassignments: BrokerApi = defineApi({
  name: 'AlterPartitionReassignments',
  handle(services, request, call) {
    const responses = request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((wanted) => {
        const { partitionIndex } = wanted;
        try {
          check(services, name, wanted);
          return { partitionIndex, errorCode: 0, errorMessage: null };
        } catch (error) {
          const errorMessage = error instanceof Error ? error.message : String(error);
          return { partitionIndex, errorCode: errorCodeOf(error), errorMessage };
        }
      }),
    }));
    const { allowReplicationFactorChange } = call.version >= 1 ? request : AlterPartitionReassignmentsResponseDefaults;
    return { throttleTimeMs: 0, allowReplicationFactorChange, errorCode: 0, errorMessage: null, responses };
  },
});

function check(
  services: Services,
  topic: string,
  { partitionIndex, replicas }: AlterPartitionReassignmentsRequestReassignablePartition,
): void {
  if (services.cluster.find(topic, partitionIndex) === null) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
  if (replicas === null) throw new BrokerError('NO_REASSIGNMENT_IN_PROGRESS');
  checkAssignment(replicas, services.nodeId);
}
