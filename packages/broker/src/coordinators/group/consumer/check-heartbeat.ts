import { BrokerError } from '../../../lib/broker-error.ts';
import type { HeartbeatClient, HeartbeatRequest } from './heartbeat.ts';
import { LEAVE_EPOCH, STATIC_LEAVE_EPOCH } from './member.ts';

/**
 * Whether a request has what its kind of heartbeat needs.
 *
 * @throws BrokerError `INVALID_REQUEST`, `UNSUPPORTED_ASSIGNOR`.
 */
export function checkHeartbeat(
  request: HeartbeatRequest,
  { makesMemberId }: HeartbeatClient,
  assignors: readonly string[],
): void {
  const { memberEpoch, serverAssignor } = request;
  const need = (holds: boolean, what: string): void => {
    if (!holds) throw new BrokerError('INVALID_REQUEST', what);
  };
  const isGiven = (text: string | null): boolean => text === null || text.trim() !== '';
  need(request.groupId.trim() !== '', "GroupId can't be empty.");
  const needsMemberId = makesMemberId || memberEpoch > 0 || memberEpoch === LEAVE_EPOCH;
  need(!needsMemberId || request.memberId.trim() !== '', "MemberId can't be empty.");
  need(isGiven(request.instanceId), "InstanceId can't be empty.");
  need(isGiven(request.rackId), "RackId can't be empty.");
  need(memberEpoch >= STATIC_LEAVE_EPOCH, `MemberEpoch is invalid.`);
  if (memberEpoch === STATIC_LEAVE_EPOCH) need(request.instanceId !== null, "InstanceId can't be null.");
  if (memberEpoch === 0) {
    need(request.rebalanceTimeoutMs !== -1, 'RebalanceTimeoutMs must be provided in first request.');
    need(request.topicPartitions?.length === 0, 'TopicPartitions must be empty when (re-)joining.');
    const subscribes = request.subscribedTopicNames !== null || request.subscribedTopicRegex !== null;
    need(subscribes, 'Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.');
  }
  if (serverAssignor !== null && !assignors.includes(serverAssignor)) {
    throw new BrokerError(
      'UNSUPPORTED_ASSIGNOR',
      `ServerAssignor ${serverAssignor} is not supported. Supported assignors: ${assignors.join(', ')}.`,
    );
  }
}
