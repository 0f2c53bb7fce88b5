import type { ConsumerMember, MemberAssignment, MemberState } from './member.ts';
import { NO_OWNED, type OwnedPartitions, type TopicPartitions } from './partitions.ts';

export type Reconciliation = {
  readonly targetEpoch: number;
  readonly target: TopicPartitions;
  /** The topics that the member wants and that exist. */
  readonly wantedTopicIds: ReadonlySet<string>;
  /** What the member says it has; null where it does not say. */
  readonly reported: TopicPartitions | null;
  /** Whether some member has a partition, or is still giving it away. */
  readonly isOwned: (topicId: string, partition: number) => boolean;
};

/**
 * The next step of a member towards its target. It gives away first: as long as it may still read what it has to give
 * away, it stays in its epoch. Then it gets what is free, and waits for what others still have. So no partition is ever
 * with two members. Answers the member's own assignment where there is nothing to do.
 */
export function reconcile(member: ConsumerMember, towards: Reconciliation): MemberAssignment {
  switch (member.state) {
    case 'stable':
      return member.epoch === towards.targetEpoch ? dropUnwanted(member, towards) : step(member, towards);
    case 'unrevoked':
      return mayStillRead(member.revoking, towards.reported) ? dropUnwanted(member, towards) : step(member, towards);
    case 'unreleased':
      return step(member, towards);
  }
}

function step(member: ConsumerMember, towards: Reconciliation): MemberAssignment {
  const { targetEpoch, target, wantedTopicIds, isOwned } = towards;
  const targets = new Map([...target].map(([topicId, partitions]) => [topicId, new Set(partitions)]));
  const owned = new Map<string, Map<number, number>>();
  const revoking = new Map<string, Map<number, number>>();
  const isTarget = (topicId: string, partition: number): boolean =>
    wantedTopicIds.has(topicId) && targets.get(topicId)?.has(partition) === true;
  forEach(member.owned, (topicId, partition, epoch) => {
    put(isTarget(topicId, partition) ? owned : revoking, topicId, partition, epoch);
  });
  if (revoking.size > 0 && mayStillRead(revoking, towards.reported)) {
    return moved(member, member.epoch, 'unrevoked', owned, revoking);
  }
  let isWaiting = false;
  for (const [topicId, partitions] of target) {
    if (!wantedTopicIds.has(topicId)) continue;
    for (const partition of partitions) {
      if (owned.get(topicId)?.has(partition)) continue;
      // What it was giving away until now is free for itself.
      const isFree = !isOwned(topicId, partition) || member.revoking.get(topicId)?.has(partition) === true;
      if (isFree) put(owned, topicId, partition, targetEpoch);
      else isWaiting = true;
    }
  }
  return moved(member, targetEpoch, isWaiting ? 'unreleased' : 'stable', owned, NO_OWNED);
}

/** Takes topics from a member that it does not want any more, before it is told its next target. */
function dropUnwanted(member: ConsumerMember, { wantedTopicIds, reported }: Reconciliation): MemberAssignment {
  const unwanted = [...member.owned.keys()].filter((topicId) => !wantedTopicIds.has(topicId));
  if (unwanted.length === 0) return member;
  const owned = new Map(member.owned);
  const revoking = new Map(member.revoking);
  for (const topicId of unwanted) {
    revoking.set(topicId, new Map([...(revoking.get(topicId) ?? []), ...owned.get(topicId)!]));
    owned.delete(topicId);
  }
  return mayStillRead(revoking, reported)
    ? moved(member, member.epoch, 'unrevoked', owned, revoking)
    : moved(member, member.epoch, member.state, owned, member.revoking);
}

function moved(
  before: ConsumerMember,
  epoch: number,
  state: MemberState,
  owned: OwnedPartitions,
  revoking: OwnedPartitions,
): MemberAssignment {
  return { epoch, previousEpoch: before.epoch, state, owned, revoking };
}

/** Whether a member has not said yet that it gave these partitions away. */
function mayStillRead(partitions: OwnedPartitions, reported: TopicPartitions | null): boolean {
  if (reported === null) return true;
  for (const [topicId, list] of reported) {
    const revoked = partitions.get(topicId);
    if (revoked !== undefined && list.some((partition) => revoked.has(partition))) return true;
  }
  return false;
}

function forEach(owned: OwnedPartitions, visit: (topicId: string, partition: number, epoch: number) => void): void {
  for (const [topicId, partitions] of owned) {
    for (const [partition, epoch] of partitions) visit(topicId, partition, epoch);
  }
}

function put(into: Map<string, Map<number, number>>, topicId: string, partition: number, epoch: number): void {
  const known = into.get(topicId);
  if (known === undefined) into.set(topicId, new Map([[partition, epoch]]));
  else known.set(partition, epoch);
}
