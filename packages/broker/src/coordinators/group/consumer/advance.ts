import { assert } from '@millrace/base';
import { memberRemoved } from './changes.ts';
import type { Draft } from './draft.ts';
import type { ConsumerGroupView } from './group-state.ts';
import {
  assignmentOf,
  type ConsumerMember,
  factsOf,
  hasRegex,
  isReconciled,
  type MemberFacts,
  sameAssignment,
  sameFacts,
  sameTopics,
} from './member.ts';
import type { TopicPartitions } from './partitions.ts';
import { reconcile } from './reconcile.ts';
import { metadataHash, resolveRegexes, type Topics, topicIdsOf } from './subscriptions.ts';
import { newTarget } from './target-assignment.ts';

/** Groups begin at this epoch, as Kafka's do since 4.3: the first that a member gets is the next. */
const INITIAL_EPOCH = 1;

/** What decisions about a consumer group go by, besides the group. */
export type DecisionContext = {
  readonly topics: Topics;
  /** Whether topics came, went or changed since the group was looked at last. */
  readonly topicsChanged: boolean;
  readonly nowMs: number;
  readonly settings: ConsumerGroupSettings;
  readonly makeMemberId: () => string;
};

export type ConsumerGroupSettings = {
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** A new target is computed no sooner than this after the one before. */
  readonly assignmentIntervalMs: number;
  readonly sizeMax: number;
  /** The first is the one that is taken where members have no wish. */
  readonly assignors: readonly string[];
};

/** A member that sends something: as it was, and what it says now. */
export type Sender = {
  /** As it is known; a fresh one for a member that joins. */
  readonly before: ConsumerMember;
  readonly facts: MemberFacts;
  /** What it says it has; null where it does not say. */
  readonly reported: TopicPartitions | null;
  /** Whether it may know of a topic. */
  readonly maySee: (topic: string) => boolean;
};

/**
 * Takes a member and its group one step on: what it says of itself is noted; where that, or the topics, make a
 * difference, the group gets a new epoch, and with it a new target; and the member goes one step towards its target.
 */
export function advance(draft: Draft, sender: Sender, context: DecisionContext): ConsumerMember {
  const memberId = sender.before.id;
  noteFacts(draft, sender, context);
  const { group } = draft;
  const { settings, topics, nowMs } = context;
  // The time of the last target is stored: a clock that was set back must not hold the group for as long.
  const sinceTargetMs = nowMs - group.targetTimestampMs;
  const isDue = sinceTargetMs < 0 || sinceTargetMs >= settings.assignmentIntervalMs;
  if (group.epoch > group.targetEpoch && (isDue || group.targetEpoch < 0)) {
    draft.add(...newTarget(group, topics, settings.assignors[0]!, nowMs));
  }
  return reconcileMember(draft, memberId, sender.reported, topics);
}

/** Everything of some members goes, and the group gets a new epoch. */
export function removeMembers(draft: Draft, memberIds: readonly string[], { topics }: DecisionContext): void {
  for (const memberId of memberIds) draft.add(...memberRemoved(memberId));
  dropUnusedRegexes(draft);
  const { group } = draft;
  const hash = metadataHash(group.members.values(), group.regexes, topics);
  draft.add({ kind: 'epoch', value: { epoch: epochAfter(group), metadataHash: hash } });
}

/** A static member that restarted takes the place of the one before it, with what that one had. */
export function replaceStatic(draft: Draft, old: ConsumerMember, memberId: string): ConsumerMember {
  const target = draft.group.target(old.id);
  const member = { ...old, id: memberId, epoch: 0, previousEpoch: 0 };
  draft.add(
    ...memberRemoved(old.id),
    { kind: 'facts', memberId, value: factsOf(member) },
    { kind: 'target', memberId, value: target },
    { kind: 'assignment', memberId, value: assignmentOf(member) },
  );
  return member;
}

/** Notes what a member says of itself, and raises the epoch of the group where that makes a difference to it. */
function noteFacts(draft: Draft, { before, facts, maySee }: Sender, context: DecisionContext): void {
  const { topics, topicsChanged } = context;
  const isNew = !draft.group.members.has(before.id);
  let isRaised = draft.group.epoch === 0 || !sameTopics(before.subscribedTopics, facts.subscribedTopics);
  if (isNew || !sameFacts(before, facts)) draft.add({ kind: 'facts', memberId: before.id, value: facts });
  const regexBefore = hasRegex(before) ? before.subscribedRegex : null;
  const regexAfter = hasRegex(facts) ? facts.subscribedRegex : null;
  if (regexBefore !== regexAfter) isRaised = true;
  if (topicsChanged || regexBefore !== regexAfter) resolveAgain(draft, maySee, context);
  if (!isRaised && !topicsChanged) return;
  const { group } = draft;
  const hash = metadataHash(group.members.values(), group.regexes, topics);
  if (isRaised || hash !== group.metadataHash) {
    draft.add({ kind: 'epoch', value: { epoch: epochAfter(group), metadataHash: hash } });
  }
}

function epochAfter({ epoch }: ConsumerGroupView): number {
  return Math.max(epoch, INITIAL_EPOCH) + 1;
}

/** Finds out again which topics the regular expressions of the group stand for. */
function resolveAgain(draft: Draft, maySee: Sender['maySee'], { topics, nowMs }: DecisionContext): void {
  const { group } = draft;
  for (const [regex, value] of resolveRegexes(group.members.values(), topics, { maySee, nowMs })) {
    const known = group.regexes.get(regex);
    if (known === undefined || !sameTopics(known.topics, value.topics)) draft.add({ kind: 'regex', regex, value });
  }
  dropUnusedRegexes(draft);
}

function dropUnusedRegexes(draft: Draft): void {
  const { group } = draft;
  for (const regex of group.regexes.keys()) {
    if (group.subscribersOf(regex) === 0) draft.add({ kind: 'regex', regex, value: null });
  }
}

function reconcileMember(
  draft: Draft,
  memberId: string,
  reported: TopicPartitions | null,
  topics: Topics,
): ConsumerMember {
  const { group } = draft;
  const member = group.members.get(memberId);
  assert(member !== undefined, 'a member is in its group when it is reconciled');
  if (isReconciled(member, group.targetEpoch) && member.owned.size === 0) return member;
  const assignment = reconcile(member, {
    targetEpoch: group.targetEpoch,
    target: group.target(memberId),
    wantedTopicIds: topicIdsOf(member, group.regexes, topics),
    reported,
    isOwned: (topicId, partition) => group.isOwned(topicId, partition),
  });
  if (assignment === member) return member;
  const value = assignmentOf({ ...member, ...assignment });
  if (sameAssignment(member, value)) return member;
  draft.add({ kind: 'assignment', memberId, value });
  return { ...member, ...value };
}
