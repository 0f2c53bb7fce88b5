/**
 * ShareGroupHeartbeat, version 1 (KIP-932). Deviation: who joins hears at once what it may read; Kafka tells it with the
 * second heartbeat, when another broker has made a state for each partition.
 */
import { ErrorCode } from '@millrace/protocol';
import { toList } from '../coordinators/group/consumer/partitions.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const shareGroupHeartbeat: BrokerApi = defineApi({
  name: 'ShareGroupHeartbeat',
  async handle({ groups }, request, { clientId, clientHost }) {
    try {
      const { assignment, ...answer } = await groups.share.heartbeat(request, { clientId, clientHost });
      return {
        throttleTimeMs: 0,
        errorCode: ErrorCode.NONE,
        errorMessage: null,
        ...answer,
        heartbeatIntervalMs: answer.memberEpoch < 0 ? 0 : groups.share.heartbeatIntervalMs(request.groupId),
        assignment: assignment === null ? null : { topicPartitions: toList(assignment) },
      };
    } catch (error) {
      return {
        throttleTimeMs: 0,
        errorCode: errorCodeOf(error),
        errorMessage: error instanceof Error ? error.message : String(error),
        memberId: null,
        memberEpoch: 0,
        heartbeatIntervalMs: 0,
        assignment: null,
      };
    }
  },
});
