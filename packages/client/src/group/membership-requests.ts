import {
  HeartbeatRequestDefaults,
  JoinGroupRequestDefaults,
  type JoinGroupResponse,
  LeaveGroupRequestDefaults,
  LeaveGroupRequestMemberIdentityDefaults,
  SyncGroupRequestDefaults,
} from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import { throwIfError } from '../lib/errors.ts';
import type { TopicPartition } from '../lib/topic-partition.ts';
import type { Assignor, MemberAssignment, MemberSubscription } from './assignor.ts';
import { decodeAssignment, decodeSubscription, encodeAssignment, encodeSubscription } from './consumer-protocol.ts';
import type { Committer } from './offsets.ts';

// The four requests of the classic group protocol, from the member's side. Errors are thrown as MillraceErrors with
// Kafka's names; what follows from them is the member's business.

const PROTOCOL_TYPE = 'consumer';
/** From this version on, members leave by a list (KIP-345). */
const FIRST_LEAVE_BY_LIST_VERSION = 3;

type JoinOptions = {
  readonly member: Committer;
  readonly topics: readonly string[];
  readonly ownedPartitions: readonly TopicPartition[];
  readonly assignors: readonly Assignor[];
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly timeoutMs: number;
  readonly reason: string;
};

/** Also returns with the error MEMBER_ID_REQUIRED, since that answer brings the id. */
export async function joinGroup(link: BrokerLink, options: JoinOptions): Promise<JoinGroupResponse> {
  const { member, topics, ownedPartitions, rebalanceTimeoutMs } = options;
  const { generation } = member;
  return await link.call(
    'JoinGroup',
    {
      ...JoinGroupRequestDefaults,
      groupId: member.groupId,
      sessionTimeoutMs: options.sessionTimeoutMs,
      rebalanceTimeoutMs,
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      protocolType: PROTOCOL_TYPE,
      protocols: options.assignors.map((assignor) => ({
        name: assignor.name,
        metadata: encodeSubscription({
          topics,
          ownedPartitions,
          generation,
          rack: null,
          userData: assignor.userData?.({ topics, ownedPartitions }) ?? null,
        }),
      })),
      reason: options.reason,
    },
    { timeoutMs: options.timeoutMs },
  );
}

export function subscriptionsOf(answer: JoinGroupResponse): readonly MemberSubscription[] {
  return answer.members
    .map(({ memberId, groupInstanceId, metadata }) => ({ memberId, groupInstanceId, ...decodeSubscription(metadata) }))
    .sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
}

type SyncOptions = {
  readonly member: Committer;
  readonly protocolName: string | null;
  /** Everybody's, brought by the leader; empty from the others. */
  readonly assignments: ReadonlyMap<string, MemberAssignment>;
  readonly timeoutMs: number;
};

/** Fetches this member's assignment; the answer waits for the leader, whose assignor may take its time. */
export async function syncGroup(link: BrokerLink, options: SyncOptions): Promise<MemberAssignment> {
  const { member, protocolName, assignments, timeoutMs } = options;
  const request = {
    ...SyncGroupRequestDefaults,
    groupId: member.groupId,
    generationId: member.generation,
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    protocolType: PROTOCOL_TYPE,
    protocolName,
    assignments: [...assignments].map(([memberId, assignment]) => ({
      memberId,
      assignment: encodeAssignment(assignment),
    })),
  };
  const answer = await link.call('SyncGroup', request, { timeoutMs });
  throwIfError(answer.errorCode, `fetching the assignment in group '${member.groupId}'`, { ...member });
  return decodeAssignment(answer.assignment);
}

export async function heartbeat(link: BrokerLink, member: Committer): Promise<void> {
  const answer = await link.call('Heartbeat', {
    ...HeartbeatRequestDefaults,
    groupId: member.groupId,
    generationId: member.generation,
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
  });
  throwIfError(answer.errorCode, `keeping the membership in group '${member.groupId}'`, { ...member });
}

export async function leaveGroup(link: BrokerLink, member: Committer, reason: string): Promise<void> {
  const { groupId, memberId, groupInstanceId } = member;
  const byList = link.versionOf('LeaveGroup') >= FIRST_LEAVE_BY_LIST_VERSION;
  const answer = await link.call('LeaveGroup', {
    ...LeaveGroupRequestDefaults,
    groupId,
    memberId: byList ? '' : memberId,
    members: byList ? [{ ...LeaveGroupRequestMemberIdentityDefaults, memberId, groupInstanceId, reason }] : [],
  });
  throwIfError(answer.errorCode, `leaving group '${groupId}'`, { ...member });
}
