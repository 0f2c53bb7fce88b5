import {
  type ConsumerProtocolSubscription,
  consumerProtocolAssignmentCodec,
  consumerProtocolSubscriptionCodec,
  decodeVersioned,
  encodeVersioned,
  type JoinGroupRequest,
  Reader,
  type SyncGroupRequest,
} from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import type { JoinAnswer, SyncAnswer } from '../classic/answers.ts';
import type { JoiningClient } from '../classic/environment.ts';
import { advance, type DecisionContext, replaceStatic } from './advance.ts';
import type { Draft } from './draft.ts';
import type { ConsumerGroupView } from './group-state.ts';
import { checkSize, requireMember } from './heartbeat.ts';
import { type ClassicFacts, type ConsumerMember, freshMember } from './member.ts';
import { type OwnedPartitions, PartitionCollector, type TopicPartitions, withoutEpochs } from './partitions.ts';
import type { Topics } from './subscriptions.ts';

/** The only protocol type that the new protocol understands. */
const CONSUMER = 'consumer';

/** A member of the classic protocol in a consumer group (KIP-848, live upgrade). */
export type ClassicMember = ConsumerMember & { readonly classic: ClassicFacts };

/**
 * A JoinGroup of a classic member: as a heartbeat, but answered as that protocol has it. Nobody leads: the broker
 * assigns. Answers null for a member that must come again with the id that it is given.
 */
export function decideClassicJoin(
  draft: Draft,
  request: JoinGroupRequest,
  client: JoiningClient,
  context: DecisionContext,
): { readonly answer: JoinAnswer; readonly isJoined: boolean } {
  const { groupInstanceId: instanceId, protocols } = request;
  const isUnknown = request.memberId === '';
  const memberId = isUnknown ? context.makeMemberId() : request.memberId;
  checkSize(draft.group, memberId, context);
  checkProtocols(draft.group, memberId, request);
  if (isUnknown && instanceId === null && client.requireKnownMemberId) {
    const { errorCode } = new BrokerError('MEMBER_ID_REQUIRED');
    return { answer: { ...answerOf(memberId, -1, null), protocolType: null, errorCode }, isJoined: false };
  }
  const before = identify(draft, memberId, instanceId, isUnknown);
  const subscription = decodeSubscription(protocols[0]!.metadata);
  const facts = {
    instanceId: instanceId ?? before.instanceId,
    rackId: subscription.rackId ?? before.rackId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    subscribedTopics: [...new Set(subscription.topics)].sort(),
    subscribedRegex: before.subscribedRegex,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : request.rebalanceTimeoutMs,
    serverAssignor: before.serverAssignor,
    classic: { sessionTimeoutMs: request.sessionTimeoutMs, protocols },
  };
  const reported = toPartitions(subscription.ownedPartitions, context.topics);
  const member = advance(draft, { before, facts, reported, maySee: () => true }, context);
  return { answer: answerOf(memberId, member.epoch, protocols[0]!.name), isJoined: true };
}

/** What a SyncGroup is answered: what the member has, and no round to wait for. */
export function classicAssignment(member: ClassicMember, { topicsById }: Topics): SyncAnswer {
  const { name, metadata } = member.classic.protocols[0]!;
  return {
    errorCode: 0,
    protocolType: CONSUMER,
    protocolName: name,
    assignment: encodeAssignment(member.owned, { topicsById }, versionOf(metadata)),
  };
}

/**
 * The classic member that a request speaks for.
 *
 * @throws BrokerError `UNKNOWN_MEMBER_ID`, `FENCED_INSTANCE_ID`, `ILLEGAL_GENERATION`.
 */
export function requireClassic(
  group: ConsumerGroupView,
  memberId: string,
  instanceId: string | null,
  generation: number,
): ClassicMember {
  const member = requireMember(group, memberId, instanceId);
  if (!isClassic(member)) {
    throw new BrokerError('UNKNOWN_MEMBER_ID', `Member ${memberId} does not use the classic protocol.`);
  }
  if (member.epoch !== generation) throw new BrokerError('ILLEGAL_GENERATION');
  return member;
}

/** @throws BrokerError `INCONSISTENT_GROUP_PROTOCOL` */
export function checkSyncProtocol(member: ClassicMember, { protocolType, protocolName }: SyncGroupRequest): void {
  const differs =
    (protocolType !== null && protocolType !== CONSUMER) ||
    (protocolName !== null && protocolName !== member.classic.protocols[0]!.name);
  if (differs) throw new BrokerError('INCONSISTENT_GROUP_PROTOCOL');
}

/** Whether a classic member can get on only by joining again: to a newer epoch, to give away, or to get what is free. */
export function mustRejoin(group: ConsumerGroupView, member: ClassicMember): boolean {
  if (member.epoch < group.epoch || member.state === 'unrevoked') return true;
  return member.state === 'unreleased' && !waitsForOthers(group, member);
}

export function isClassic(member: ConsumerMember): member is ClassicMember {
  return member.classic !== null;
}

/** @throws BrokerError `INCONSISTENT_GROUP_PROTOCOL` for bytes that no consumer writes. */
export function decodeSubscription(metadata: Uint8Array): ConsumerProtocolSubscription {
  try {
    return decodeVersioned(consumerProtocolSubscriptionCodec, metadata, { newerAsNewest: true });
  } catch (error) {
    throw new BrokerError('INCONSISTENT_GROUP_PROTOCOL', 'Malformed embedded consumer protocol.', { cause: error });
  }
}

/** An assignment in the bytes that consumers read, in a version that the consumer knows. */
export function encodeAssignment(
  owned: OwnedPartitions,
  { topicsById }: Pick<Topics, 'topicsById'>,
  version: number,
): Uint8Array {
  const assignedPartitions = [...withoutEpochs(owned)].flatMap(([topicId, partitions]) => {
    const topic = topicsById.get(topicId)?.name;
    return topic === undefined ? [] : [{ topic, partitions }];
  });
  return encodeVersioned(consumerProtocolAssignmentCodec, version, { assignedPartitions, userData: null });
}

export function versionOf(metadata: Uint8Array): number {
  return Math.min(new Reader(metadata).int16(), consumerProtocolAssignmentCodec.maxVersion);
}

export function toPartitions(
  topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
  { topics: existing }: Pick<Topics, 'topics'>,
): TopicPartitions {
  const collector = new PartitionCollector();
  for (const { topic, partitions } of topics) {
    const topicId = existing.get(topic)?.id;
    if (topicId !== undefined) for (const partition of partitions) collector.add(topicId, partition);
  }
  return collector.collected();
}

function identify(draft: Draft, memberId: string, instanceId: string | null, isUnknown: boolean): ConsumerMember {
  if (instanceId === null) return draft.group.members.get(memberId) ?? freshMember(memberId);
  if (!isUnknown) return requireMember(draft.group, memberId, instanceId);
  const known = draft.group.staticMember(instanceId);
  return known === undefined ? freshMember(memberId) : replaceStatic(draft, known, memberId);
}

/** @throws BrokerError `INCONSISTENT_GROUP_PROTOCOL` where it has none in common with the other classic members. */
function checkProtocols(
  group: ConsumerGroupView,
  memberId: string,
  { protocolType, protocols }: JoinGroupRequest,
): void {
  const others = [...group.members.values()].filter(isClassic);
  const isCommon = ({ name }: { readonly name: string }): boolean =>
    others.every(({ classic }) => classic.protocols.some((known) => known.name === name));
  if (protocolType === CONSUMER && protocols.some(isCommon)) return;
  throw new BrokerError('INCONSISTENT_GROUP_PROTOCOL', `Member ${memberId}'s protocols are not supported.`);
}

/** Whether somebody else still has a partition of the member's target. */
function waitsForOthers(group: ConsumerGroupView, member: ClassicMember): boolean {
  for (const [topicId, partitions] of group.target(member.id)) {
    for (const partition of partitions) {
      if (!member.owned.get(topicId)?.has(partition) && group.isOwned(topicId, partition)) return true;
    }
  }
  return false;
}

function answerOf(memberId: string, generationId: number, protocolName: string | null): JoinAnswer {
  return {
    errorCode: 0,
    generationId,
    protocolType: CONSUMER,
    protocolName,
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  };
}
