import { BrokerError } from '../../../lib/broker-error.ts';
import type { StreamsGroupView } from './group-state.ts';
import { readerOf } from './topology.ts';

/** From this version of OffsetCommit on clients know of member epochs. */
const MEMBER_EPOCH_VERSION = 9;

export type StreamsCommitClaim = {
  readonly memberId: string;
  readonly instanceId: string | null;
  /** The epoch of the member; −1 for someone who is in no group. */
  readonly epoch: number;
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
  readonly inTransaction: boolean;
  /** The version of OffsetCommit that asks. */
  readonly version: number;
};

/**
 * Whether a member may commit offsets. An epoch that has passed will do for tasks that the member had then and has still
 * (KIP-1251): it need not wait for its next heartbeat.
 *
 * @throws BrokerError `UNKNOWN_MEMBER_ID`, `STALE_MEMBER_EPOCH`, `ILLEGAL_GENERATION`, `UNSUPPORTED_VERSION`.
 */
export function checkStreamsCommit(group: StreamsGroupView, claim: StreamsCommitClaim): void {
  const { memberId, instanceId, epoch, inTransaction, version } = claim;
  if (epoch < 0 && group.members.size === 0) return;
  if (inTransaction && epoch < 0 && memberId === '' && instanceId === null) return;
  const member = group.members.get(memberId);
  if (member === undefined) {
    throw new BrokerError('UNKNOWN_MEMBER_ID', `Member ${memberId} is not a member of group ${group.id}.`);
  }
  if (!inTransaction && version < MEMBER_EPOCH_VERSION) {
    throw new BrokerError(
      'UNSUPPORTED_VERSION',
      'OffsetCommit version 9 or above must be used by members using the streams group protocol',
    );
  }
  if (epoch === member.epoch) return;
  const hadAll = claim.partitions.every(({ topic, partition }) => {
    const id = group.topology === null ? undefined : readerOf(group.topology, topic)?.subtopologyId;
    if (id === undefined) return false;
    const since = member.held.active.get(id)?.get(partition) ?? member.revoking.active.get(id)?.get(partition);
    return since !== undefined && epoch >= since;
  });
  if (epoch >= 0 && epoch < member.epoch && hadAll) return;
  // Transactional producers know of generations only.
  throw new BrokerError(inTransaction ? 'ILLEGAL_GENERATION' : 'STALE_MEMBER_EPOCH');
}

/** Whether a member may ask for committed offsets. @throws BrokerError `UNKNOWN_MEMBER_ID`, `STALE_MEMBER_EPOCH` */
export function checkStreamsFetch(group: StreamsGroupView, memberId: string | null, epoch: number): void {
  if (memberId === null && epoch < 0) return;
  const member = group.members.get(memberId ?? '');
  if (member === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
  if (epoch !== member.epoch) throw new BrokerError('STALE_MEMBER_EPOCH');
}
