import type { ShareGroupHeartbeatRequest } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import { sameTopics } from '../consumer/member.ts';
import { NO_PARTITIONS, samePartitions, type TopicPartitions } from '../consumer/partitions.ts';
import { type Topics, topicsHash } from '../consumer/subscriptions.ts';
import { type ClaimedTopic, type Claims, type ShareGroupChange, shareMemberRemoved } from './changes.ts';
import type { ShareGroupView } from './group-state.ts';
import { freshShareMember, type ShareMember, type ShareMemberFacts, sameShareFacts } from './member.ts';
import { assignSimply } from './simple-assignor.ts';

export type ShareHeartbeatRequest = ShareGroupHeartbeatRequest;
export type ShareClient = { readonly clientId: string; readonly clientHost: string };

export type ShareHeartbeatAnswer = {
  readonly memberId: string;
  readonly memberEpoch: number;
  /** What the member may read from now on; null where nothing changed. */
  readonly assignment: TopicPartitions | null;
};

export type ShareGroupSettings = {
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** A new target is computed no sooner than this after the one before. */
  readonly assignmentIntervalMs: number;
  readonly sizeMax: number;
};

/** What decisions about a share group go by, besides the group. */
export type ShareContext = {
  readonly topics: Topics;
  /** Whether topics came, went or changed since the group was looked at last. */
  readonly topicsChanged: boolean;
  readonly nowMs: number;
  readonly settings: ShareGroupSettings;
};

export type ShareDecision = { readonly changes: readonly ShareGroupChange[]; readonly answer: ShareHeartbeatAnswer };

/** Groups begin at this epoch: the first that a member gets is the next. */
export const INITIAL_EPOCH = 1;

export const LEAVE_EPOCH = -1;

/** That of a UUID: members of share groups make their own ids. */
const MEMBER_ID_LENGTH_MAX = 36;

/** @throws BrokerError `INVALID_REQUEST` where a request lacks what its kind of heartbeat needs. */
export function checkShareHeartbeat(request: ShareHeartbeatRequest): void {
  const { groupId, memberId, memberEpoch, rackId, subscribedTopicNames } = request;
  const need = (holds: boolean, what: string): void => {
    if (!holds) throw new BrokerError('INVALID_REQUEST', what);
  };
  need(memberId.trim() !== '', "MemberId can't be empty.");
  need(memberId.length <= MEMBER_ID_LENGTH_MAX, 'Invalid member id in the request.');
  need(groupId.trim() !== '', "GroupId can't be empty.");
  need(rackId === null || rackId.trim() !== '', "RackId can't be empty.");
  if (memberEpoch === 0) {
    need((subscribedTopicNames ?? []).length > 0, 'SubscribedTopicNames must be set in first request.');
  }
  need(memberEpoch >= LEAVE_EPOCH, 'MemberEpoch is invalid.');
}

/** What a heartbeat of a member means: it joins, hears what it may read, or leaves. */
export function decideShareHeartbeat(
  groupId: string,
  group: ShareGroupView,
  request: ShareHeartbeatRequest,
  client: ShareClient,
  context: ShareContext,
): ShareDecision {
  const { memberId, memberEpoch } = request;
  const known = group.members.get(memberId);
  if (memberEpoch !== 0 && known === undefined) {
    throw new BrokerError('UNKNOWN_MEMBER_ID', `Member ${memberId} is not a member of group ${groupId}.`);
  }
  if (memberEpoch === LEAVE_EPOCH) {
    const changes = removeShareMembers(group, [memberId], context);
    return { changes, answer: { memberId, memberEpoch, assignment: null } };
  }
  checkSize(group, memberId, context);
  if (known !== undefined && memberEpoch > 0) checkEpoch(known, memberEpoch);
  const before = known ?? freshShareMember(memberId);
  const facts: ShareMemberFacts = {
    rackId: request.rackId ?? before.rackId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    subscribedTopics:
      request.subscribedTopicNames === null
        ? before.subscribedTopics
        : [...new Set(request.subscribedTopicNames)].sort(),
  };
  const changes: ShareGroupChange[] = [];
  if (known === undefined || !sameShareFacts(known, facts)) changes.push({ kind: 'facts', memberId, value: facts });
  const members = new Map(group.members).set(memberId, { ...before, ...facts });
  const isRaised =
    known === undefined || group.epoch === 0 || !sameTopics(before.subscribedTopics, facts.subscribedTopics);
  const after = renewTarget(group, members, isRaised, context);
  changes.push(...after.changes);
  const target = after.targets.get(memberId) ?? group.target(memberId);
  const partitions = onlyWanted(target, facts, context.topics);
  const member = { ...before, epoch: after.targetEpoch, partitions };
  if (before.epoch !== member.epoch || !samePartitions(before.partitions, partitions)) {
    const previousEpoch = before.epoch === member.epoch ? before.previousEpoch : before.epoch;
    changes.push({ kind: 'assignment', memberId, value: { epoch: member.epoch, previousEpoch, partitions } });
  }
  // Who comes with the epoch before did not get its last answer.
  const isLost = memberEpoch !== before.epoch;
  const isTold =
    memberEpoch === 0 ||
    isLost ||
    request.subscribedTopicNames !== null ||
    !samePartitions(before.partitions, partitions);
  return { changes, answer: { memberId, memberEpoch: member.epoch, assignment: isTold ? partitions : null } };
}

/** Takes members out, and raises the epoch, so that the others share what they had. */
export function removeShareMembers(
  group: ShareGroupView,
  memberIds: readonly string[],
  { topics }: Pick<ShareContext, 'topics'>,
): ShareGroupChange[] {
  const left = new Map(group.members);
  for (const memberId of memberIds) left.delete(memberId);
  const metadataHash = topicsHash(wantedTopics(left.values()), topics);
  return [
    ...memberIds.flatMap(shareMemberRemoved),
    { kind: 'epoch', value: { epoch: epochAfter(group), metadataHash } },
  ];
}

type Renewed = {
  readonly changes: readonly ShareGroupChange[];
  readonly targetEpoch: number;
  readonly targets: ReadonlyMap<string, TopicPartitions>;
};

/** Raises the epoch where there is a reason, and computes what each member should have then. */
function renewTarget(
  group: ShareGroupView,
  members: ReadonlyMap<string, ShareMember>,
  isRaised: boolean,
  { topics, topicsChanged, nowMs, settings }: ShareContext,
): Renewed {
  const changes: ShareGroupChange[] = [];
  let { epoch } = group;
  if (isRaised || topicsChanged) {
    const metadataHash = topicsHash(wantedTopics(members.values()), topics);
    if (isRaised || metadataHash !== group.metadataHash) {
      epoch = epochAfter(group);
      changes.push({ kind: 'epoch', value: { epoch, metadataHash } });
    }
  }
  const sinceTargetMs = nowMs - group.targetTimestampMs;
  const isDue = group.targetEpoch < 0 || sinceTargetMs < 0 || sinceTargetMs >= settings.assignmentIntervalMs;
  if (epoch <= group.targetEpoch || !isDue) return { changes, targetEpoch: group.targetEpoch, targets: new Map() };
  const targets = assignSimply(
    [...members.values()].map((member) => ({
      memberId: member.id,
      topicIds: new Set(member.subscribedTopics.flatMap((name) => topics.topics.get(name)?.id ?? [])),
      target: group.target(member.id),
    })),
    (topicId) => topics.topicsById.get(topicId)?.partitionCount ?? 0,
  );
  const claims = claimsAfter(group.claims, targets.values(), topics);
  if (claims !== group.claims) changes.push({ kind: 'claims', value: claims });
  for (const [memberId, value] of targets) {
    if (!samePartitions(group.target(memberId), value)) changes.push({ kind: 'target', memberId, value });
  }
  changes.push({ kind: 'target-epoch', value: { epoch, timestampMs: nowMs } });
  return { changes, targetEpoch: epoch, targets };
}

/** Who may read a partition will leave a state of it behind: the group is to know of which. */
export function claimsAfter(
  claims: Claims,
  targets: Iterable<TopicPartitions>,
  { topicsById }: Pick<Topics, 'topicsById'>,
): Claims {
  const added = new Map<string, Set<number>>();
  for (const target of targets) {
    for (const [topicId, partitions] of target) {
      const known = new Set(claims.get(topicId)?.partitions);
      for (const partition of partitions) {
        if (known.has(partition)) continue;
        const fresh = added.get(topicId);
        if (fresh === undefined) added.set(topicId, new Set([partition]));
        else fresh.add(partition);
      }
    }
  }
  if (added.size === 0) return claims;
  const next = new Map<string, ClaimedTopic>(claims);
  for (const [topicId, fresh] of added) {
    const topicName = topicsById.get(topicId)?.name ?? '';
    const partitions = [...(claims.get(topicId)?.partitions ?? []), ...fresh].sort((left, right) => left - right);
    next.set(topicId, { topicName, partitions });
  }
  return next;
}

function epochAfter({ epoch }: ShareGroupView): number {
  return Math.max(epoch, INITIAL_EPOCH) + 1;
}

function wantedTopics(members: Iterable<ShareMember>): Set<string> {
  const wanted = new Set<string>();
  for (const { subscribedTopics } of members) for (const topic of subscribedTopics) wanted.add(topic);
  return wanted;
}

function onlyWanted(target: TopicPartitions, { subscribedTopics }: ShareMemberFacts, { topicsById }: Topics) {
  const wanted = [...target].filter(([topicId]) => subscribedTopics.includes(topicsById.get(topicId)?.name ?? ''));
  if (wanted.length === target.size) return target;
  return wanted.length === 0 ? NO_PARTITIONS : new Map(wanted);
}

/** @throws BrokerError `GROUP_MAX_SIZE_REACHED` */
function checkSize({ members }: ShareGroupView, memberId: string, { settings }: ShareContext): void {
  if (members.size < settings.sizeMax || members.has(memberId)) return;
  throw new BrokerError(
    'GROUP_MAX_SIZE_REACHED',
    `The share group has reached its maximum capacity of ${settings.sizeMax} members.`,
  );
}

/** @throws BrokerError `FENCED_MEMBER_EPOCH`, but not for a member whose last answer was lost. */
function checkEpoch(member: ShareMember, epoch: number): void {
  if (epoch === member.epoch || (epoch < member.epoch && epoch === member.previousEpoch)) return;
  const known = `the one known by the group coordinator (${member.epoch})`;
  const what =
    epoch > member.epoch
      ? `a greater member epoch (${epoch}) than ${known}`
      : `a smaller member epoch (${epoch}) than ${known}, and it does not match the previous member epoch ` +
        `(${member.previousEpoch})`;
  throw new BrokerError(
    'FENCED_MEMBER_EPOCH',
    `The share group member has ${what}. The member must abandon all its partitions and rejoin.`,
  );
}
