import {
  ConsumerGroupHeartbeatRequestDefaults,
  type ConsumerGroupHeartbeatResponse,
  ErrorCode,
} from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import { brokerError } from '../lib/errors.ts';

/** The epochs by which a member joins, and leaves: for good, or as a static one for a while. */
export const JOIN_EPOCH = 0;
export const LEAVE_EPOCH = -1;
export const STATIC_LEAVE_EPOCH = -2;

/** Partitions by topic id, as the consumer protocol names them. */
export type PartitionsById = readonly { readonly topicId: string; readonly partitions: readonly number[] }[];

export type ConsumerHeartbeat = {
  readonly groupId: string;
  readonly memberId: string;
  readonly epoch: number;
  readonly groupInstanceId: string | null;
  /** Said when joining and after a failure; null leaves what was said before. */
  readonly membership: {
    readonly rebalanceTimeoutMs: number;
    readonly serverAssignor: string | null;
  } | null;
  /** Null for the same as before. */
  readonly topics: readonly string[] | null;
  /** Null for the same as before. */
  readonly owned: PartitionsById | null;
};

/**
 * The one request of the consumer protocol (KIP-848): joins, goes on, and leaves.
 *
 * @throws MillraceError with Kafka's name of the error and the broker's own words.
 */
export async function consumerHeartbeat(
  link: BrokerLink,
  heartbeat: ConsumerHeartbeat,
): Promise<ConsumerGroupHeartbeatResponse> {
  const { groupId, memberId, epoch, groupInstanceId, membership } = heartbeat;
  const answer = await link.call('ConsumerGroupHeartbeat', {
    ...ConsumerGroupHeartbeatRequestDefaults,
    groupId,
    memberId,
    memberEpoch: epoch,
    instanceId: groupInstanceId,
    rackId: null,
    rebalanceTimeoutMs: membership?.rebalanceTimeoutMs ?? -1,
    subscribedTopicNames: heartbeat.topics,
    serverAssignor: membership?.serverAssignor ?? null,
    topicPartitions: heartbeat.owned,
  });
  if (answer.errorCode !== ErrorCode.NONE) {
    const doing = `keeping the membership in group '${groupId}'`;
    throw brokerError(answer.errorCode, doing, { groupId, memberId, epoch }, answer.errorMessage);
  }
  return answer;
}
