import { consumerProtocolAssignmentCodec, decodeVersioned, type GroupMetadataValue } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import type { ClassicGroup } from '../classic/classic-group.ts';
import type { Member } from '../classic/member.ts';
import { type GroupChange, memberRemoved } from './changes.ts';
import { decodeSubscription, encodeAssignment, isClassic, toPartitions, versionOf } from './classic-members.ts';
import type { ConsumerGroupView } from './group-state.ts';
import { assignmentOf, freshMember, type MemberFacts } from './member.ts';
import { NO_PARTITIONS, ownedSince, type TopicPartitions } from './partitions.ts';
import { metadataHash, type Topics } from './subscriptions.ts';

/** The values of `group.consumer.migration.policy`. */
export type MigrationPolicy = 'bidirectional' | 'upgrade' | 'downgrade' | 'disabled';

/**
 * Whether a classic group can become a consumer group while its members go on.
 *
 * @throws BrokerError `GROUP_ID_NOT_FOUND` with the reason: there is no consumer group of this name.
 */
export function checkUpgrade(group: ClassicGroup, policy: string, sizeMax: number): void {
  const refuse = (why: string): BrokerError =>
    new BrokerError('GROUP_ID_NOT_FOUND', `Cannot upgrade classic group ${group.id} to consumer group because ${why}.`);
  if (group.isVacant) return;
  if (policy !== 'bidirectional' && policy !== 'upgrade') throw refuse('online upgrade is disabled');
  if (group.protocolType !== 'consumer') {
    throw refuse('the group does not use the consumer embedded protocol');
  }
  if (group.members.length > sizeMax) throw refuse('the group size exceeds the consumer group maximum size');
}

/**
 * What makes an empty consumer group out of a classic one: its members go on with what they have, at its generation.
 *
 * @throws BrokerError `GROUP_ID_NOT_FOUND` where an assignor of the members' own is in use, whose data would be lost.
 */
export function upgradeChanges(group: ClassicGroup, topics: Topics, nowMs: number): GroupChange[] {
  const { generation: epoch } = group;
  const members = group.members.map((member) => ({
    id: member.id,
    facts: factsOfClassic(group, member),
    target: assignmentOfClassic(group, member, topics),
  }));
  const hash = metadataHash(
    members.map(({ id, facts }) => ({ ...freshMember(id), ...facts })),
    new Map(),
    topics,
  );
  const assignment = { ...assignmentOf(freshMember('')), epoch, previousEpoch: epoch };
  return [
    ...members.map(({ id, facts }): GroupChange => ({ kind: 'facts', memberId: id, value: facts })),
    { kind: 'epoch', value: { epoch, metadataHash: hash } },
    ...members.map(({ id, target }): GroupChange => ({ kind: 'target', memberId: id, value: target })),
    { kind: 'target-epoch', value: { epoch, timestampMs: nowMs } },
    ...members.map(({ id, target }): GroupChange => {
      return { kind: 'assignment', memberId: id, value: { ...assignment, owned: ownedSince(target, epoch) } };
    }),
  ];
}

/** Whether only classic members are left, so that the group can be theirs again. */
export function canDowngrade(group: ConsumerGroupView, policy: string, sizeMax: number): boolean {
  if (policy !== 'bidirectional' && policy !== 'downgrade') return false;
  if (group.members.size === 0 || group.members.size > sizeMax) return false;
  return [...group.members.values()].every(isClassic);
}

/**
 * A consumer group as a classic one: all of its members are classic, and go on with what they have, in the generation that
 * was the epoch of the group so far.
 */
export function downgraded(
  group: ConsumerGroupView,
  generation: number,
  topics: Topics,
  nowMs: number,
): GroupMetadataValue {
  const members = [...group.members.values()].filter(isClassic);
  const common = members[0]!.classic.protocols.find(({ name }) =>
    members.every(({ classic }) => classic.protocols.some((protocol) => protocol.name === name)),
  );
  const protocol = common?.name ?? null;
  return {
    protocolType: 'consumer',
    generation,
    protocol,
    leader: members[0]!.id,
    currentStateTimestamp: nowMs,
    members: members.map((member) => {
      const metadata = member.classic.protocols.find(({ name }) => name === protocol)!.metadata;
      return {
        memberId: member.id,
        groupInstanceId: member.instanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeout: member.rebalanceTimeoutMs,
        sessionTimeout: member.classic.sessionTimeoutMs,
        subscription: metadata,
        assignment: encodeAssignment(member.owned, topics, versionOf(metadata)),
      };
    }),
  };
}

/** Everything that is stored of a consumer group goes. */
export function removalChanges(group: ConsumerGroupView): GroupChange[] {
  return [
    ...[...group.members.keys()].flatMap((memberId) => memberRemoved(memberId)),
    { kind: 'target-epoch', value: null },
    ...[...group.regexes.keys()].map((regex): GroupChange => ({ kind: 'regex', regex, value: null })),
    { kind: 'epoch', value: null },
  ];
}

function factsOfClassic(group: ClassicGroup, member: Member): MemberFacts {
  const metadata = group.protocol === null ? member.protocols[0]!.metadata : member.metadata(group.protocol);
  const subscription = decodeSubscription(metadata);
  return {
    instanceId: member.instanceId,
    rackId: subscription.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopics: [...new Set(subscription.topics)].sort(),
    subscribedRegex: null,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    serverAssignor: null,
    classic: { sessionTimeoutMs: member.sessionTimeoutMs, protocols: member.protocols },
  };
}

function assignmentOfClassic(group: ClassicGroup, member: Member, topics: Topics): TopicPartitions {
  if (member.assignment.byteLength === 0) return NO_PARTITIONS;
  const decoded = decodeVersioned(consumerProtocolAssignmentCodec, member.assignment, { newerAsNewest: true });
  if ((decoded.userData?.byteLength ?? 0) > 0) {
    throw new BrokerError(
      'GROUP_ID_NOT_FOUND',
      `Cannot upgrade classic group ${group.id} to consumer group because an unsupported custom assignor is in use.`,
    );
  }
  return toPartitions(decoded.assignedPartitions, topics);
}
