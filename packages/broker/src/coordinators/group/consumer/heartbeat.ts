import type { ConsumerGroupHeartbeatRequest } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import { advance, type DecisionContext, removeMembers, replaceStatic } from './advance.ts';
import type { Draft } from './draft.ts';
import type { ConsumerGroupView } from './group-state.ts';
import {
  assignmentOf,
  type ConsumerMember,
  freshMember,
  LEAVE_EPOCH,
  type MemberFacts,
  STATIC_LEAVE_EPOCH,
} from './member.ts';
import { NO_OWNED, type OwnedPartitions, sameOwned, type TopicPartitions } from './partitions.ts';

export type HeartbeatRequest = ConsumerGroupHeartbeatRequest;

export type HeartbeatClient = {
  readonly clientId: string;
  readonly clientHost: string;
  /** From version 1 on members make their own ids (KIP-1082). */
  readonly makesMemberId: boolean;
  /** Whether the client may know of a topic, so that its regular expression can match it. */
  readonly maySee: (topic: string) => boolean;
};

export type HeartbeatAnswer = {
  readonly memberId: string;
  readonly memberEpoch: number;
  /** What the member has from now on; null where nothing changed. */
  readonly assignment: OwnedPartitions | null;
};

/** What a heartbeat of a member means: it joins, goes one step towards its target, or leaves. */
export function decideHeartbeat(
  draft: Draft,
  request: HeartbeatRequest,
  client: HeartbeatClient,
  context: DecisionContext,
): HeartbeatAnswer {
  if (isLeaving(request.memberEpoch)) return leave(draft, request, context);
  const memberId = request.memberId === '' ? context.makeMemberId() : request.memberId;
  checkSize(draft.group, memberId, context);
  const reported = request.topicPartitions === null ? null : toPartitions(request.topicPartitions);
  const before = identify(draft, { ...request, memberId }, reported);
  const facts = factsAfter(before, request, client);
  const member = advance(draft, { before, facts, reported, maySee: client.maySee }, context);
  const isWhole =
    request.rebalanceTimeoutMs !== -1 &&
    (request.subscribedTopicNames !== null || request.subscribedTopicRegex !== null) &&
    request.topicPartitions !== null;
  const isTold = request.memberEpoch === 0 || isWhole || !sameOwned(before.owned, member.owned);
  return { memberId, memberEpoch: member.epoch, assignment: isTold ? member.owned : null };
}

export function isLeaving(memberEpoch: number): boolean {
  return memberEpoch === LEAVE_EPOCH || memberEpoch === STATIC_LEAVE_EPOCH;
}

/** @throws BrokerError `GROUP_MAX_SIZE_REACHED` */
export function checkSize({ members }: ConsumerGroupView, memberId: string, { settings }: DecisionContext): void {
  if (members.size < settings.sizeMax || members.has(memberId)) return;
  throw new BrokerError(
    'GROUP_MAX_SIZE_REACHED',
    `The consumer group has reached its maximum capacity of ${settings.sizeMax} members.`,
  );
}

/** The member that is known by an id, or by an instance id. @throws BrokerError `UNKNOWN_MEMBER_ID`, `FENCED_INSTANCE_ID` */
export function requireMember(group: ConsumerGroupView, memberId: string, instanceId: string | null): ConsumerMember {
  if (instanceId !== null) {
    const known = group.staticMember(instanceId);
    if (known === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID', `Instance id ${instanceId} is unknown.`);
    if (known.id === memberId) return known;
    throw new BrokerError(
      'FENCED_INSTANCE_ID',
      `Static member ${memberId} with instance id ${instanceId} was fenced by member ${known.id}.`,
    );
  }
  const member = group.members.get(memberId);
  if (member !== undefined) return member;
  throw new BrokerError('UNKNOWN_MEMBER_ID', `Member ${memberId} is not a member of group ${group.id}.`);
}

/** Who sends a heartbeat: a member that is known, one that joins, or a static one that restarted. */
function identify(draft: Draft, request: HeartbeatRequest, reported: TopicPartitions | null): ConsumerMember {
  const { memberId, instanceId, memberEpoch } = request;
  if (memberEpoch > 0) {
    const member = requireMember(draft.group, memberId, instanceId);
    checkEpoch(member, memberEpoch, reported);
    return member;
  }
  const known = instanceId === null ? draft.group.members.get(memberId) : draft.group.staticMember(instanceId);
  if (known === undefined) return freshMember(memberId);
  if (known.epoch === STATIC_LEAVE_EPOCH) return replaceStatic(draft, known, memberId);
  // It gave up all that it had, or its answer was lost: it goes on as it stands.
  if (known.id === memberId) return known;
  // A member of the classic protocol leaves its place to whoever comes with its instance id.
  if (known.classic !== null) return replaceStatic(draft, known, memberId);
  throw new BrokerError(
    'UNRELEASED_INSTANCE_ID',
    `Static member ${memberId} with instance id ${instanceId} cannot join the group because the instance id is owned ` +
      `by member ${known.id}.`,
  );
}

/** @throws BrokerError `FENCED_MEMBER_EPOCH`, but not for a member whose last answer was lost. */
function checkEpoch(member: ConsumerMember, epoch: number, reported: TopicPartitions | null): void {
  if (epoch === member.epoch) return;
  const isBehindByOneAnswer =
    epoch < member.epoch && epoch === member.previousEpoch && reported !== null && isPartOf(reported, member.owned);
  if (isBehindByOneAnswer) return;
  throw new BrokerError(
    'FENCED_MEMBER_EPOCH',
    `The consumer group member has a ${epoch > member.epoch ? 'greater' : 'smaller'} member epoch (${epoch}) than the ` +
      `one known by the group coordinator (${member.epoch}). The member must abandon all its partitions and rejoin.`,
  );
}

/** What a request leaves out stays as it was. */
function factsAfter(before: ConsumerMember, request: HeartbeatRequest, client: HeartbeatClient): MemberFacts {
  const { subscribedTopicNames, subscribedTopicRegex, rebalanceTimeoutMs } = request;
  return {
    instanceId: request.instanceId ?? before.instanceId,
    rackId: request.rackId ?? before.rackId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    subscribedTopics:
      subscribedTopicNames === null ? before.subscribedTopics : [...new Set(subscribedTopicNames)].sort(),
    subscribedRegex: subscribedTopicRegex ?? before.subscribedRegex,
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : rebalanceTimeoutMs,
    serverAssignor: request.serverAssignor ?? before.serverAssignor,
    classic: null,
  };
}

function leave(draft: Draft, request: HeartbeatRequest, context: DecisionContext): HeartbeatAnswer {
  const { memberId, instanceId, memberEpoch } = request;
  const member = requireMember(draft.group, memberId, instanceId);
  if (instanceId !== null && memberEpoch === STATIC_LEAVE_EPOCH) {
    // Its place is kept for its session.
    const value = { ...assignmentOf(member), epoch: STATIC_LEAVE_EPOCH, revoking: NO_OWNED };
    draft.add({ kind: 'assignment', memberId, value });
  } else {
    removeMembers(draft, [member.id], context);
  }
  return { memberId, memberEpoch, assignment: null };
}

function isPartOf(partitions: TopicPartitions, owned: OwnedPartitions): boolean {
  for (const [topicId, list] of partitions) {
    const known = owned.get(topicId);
    if (known === undefined || list.some((partition) => !known.has(partition))) return false;
  }
  return true;
}

function toPartitions(
  topics: readonly { readonly topicId: string; readonly partitions: readonly number[] }[],
): TopicPartitions {
  return new Map(topics.map(({ topicId, partitions }) => [topicId, partitions]));
}
