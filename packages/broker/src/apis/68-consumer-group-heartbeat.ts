/**
 * ConsumerGroupHeartbeat, versions 0–1 (KIP-848). 1: subscription by regular expression; members make their own ids
 * (KIP-1082).
 * Deviations: regular expressions are resolved with the heartbeat that brings them, and again with the first one after
 * topics changed, not in the background; racks are stored and have no meaning.
 */
import { ErrorCode } from '@millrace/protocol';
import type { HeartbeatAnswer } from '../coordinators/group/consumer/heartbeat.ts';
import { toList, withoutEpochs } from '../coordinators/group/consumer/partitions.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

const OWN_MEMBER_ID_VERSION = 1;

export const consumerGroupHeartbeat: BrokerApi = defineApi({
  name: 'ConsumerGroupHeartbeat',
  async handle(services, request, call) {
    const { clientId, clientHost, rights } = call;
    const client = {
      clientId,
      clientHost,
      makesMemberId: call.version >= OWN_MEMBER_ID_VERSION,
      maySee: (topic: string) => rights === null || rights.may('Describe', 'Topic', topic),
    };
    try {
      const { assignment, ...answer } = await services.groups.consumerHeartbeat(request, client);
      return {
        throttleTimeMs: 0,
        errorCode: ErrorCode.NONE,
        errorMessage: null,
        ...answer,
        heartbeatIntervalMs: answer.memberEpoch < 0 ? 0 : services.groups.heartbeatIntervalMs(request.groupId),
        assignment: assignmentOf(assignment),
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

function assignmentOf(owned: HeartbeatAnswer['assignment']) {
  return owned === null ? null : { topicPartitions: toList(withoutEpochs(owned)) };
}
