import { BrokerError } from '../../../lib/broker-error.ts';
import type { ConsumerGroupView } from './group-state.ts';

/** From this version of OffsetCommit on clients know of member epochs. */
const MEMBER_EPOCH_VERSION = 9;

export type CommitClaim = {
  readonly memberId: string;
  readonly instanceId: string | null;
  /** The epoch of the member, or the generation of a classic one; −1 for someone who is in no group. */
  readonly epoch: number;
  readonly partitions: readonly { readonly topicId: string; readonly partition: number }[];
  readonly inTransaction: boolean;
  /** The version of OffsetCommit that asks. */
  readonly version: number;
};

/**
 * Whether a member may commit offsets. An epoch that has passed will do for partitions that the member had then and has
 * still (KIP-1251): it need not wait for its next heartbeat.
 *
 * @throws BrokerError `UNKNOWN_MEMBER_ID`, `STALE_MEMBER_EPOCH`, `ILLEGAL_GENERATION`, `UNSUPPORTED_VERSION`.
 */
export function checkCommitClaim(group: ConsumerGroupView, claim: CommitClaim): void {
  const { memberId, instanceId, epoch, inTransaction, version } = claim;
  if (epoch < 0 && group.members.size === 0) return;
  if (inTransaction && epoch < 0 && memberId === '' && instanceId === null) return;
  const member = group.members.get(memberId);
  if (member === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
  if (member.classic === null && !inTransaction && version < MEMBER_EPOCH_VERSION) {
    throw new BrokerError(
      'UNSUPPORTED_VERSION',
      `OffsetCommit version ${version} or below is not supported for members of the consumer protocol.`,
    );
  }
  if (epoch === member.epoch) return;
  const hadAll = claim.partitions.every(({ topicId, partition }) => {
    const since = member.owned.get(topicId)?.get(partition) ?? member.revoking.get(topicId)?.get(partition);
    return since !== undefined && epoch >= since;
  });
  if (epoch >= 0 && epoch < member.epoch && hadAll) return;
  // Transactional producers know of generations only, and so do classic members.
  throw new BrokerError(inTransaction || member.classic !== null ? 'ILLEGAL_GENERATION' : 'STALE_MEMBER_EPOCH');
}

/** Whether a member may ask for committed offsets. @throws BrokerError `UNKNOWN_MEMBER_ID`, `STALE_MEMBER_EPOCH`, … */
export function checkFetchClaim(group: ConsumerGroupView, memberId: string | null, epoch: number): void {
  if (memberId === null && epoch < 0) return;
  const member = group.members.get(memberId ?? '');
  if (member === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
  if (epoch === member.epoch) return;
  throw new BrokerError(member.classic === null ? 'STALE_MEMBER_EPOCH' : 'ILLEGAL_GENERATION');
}
