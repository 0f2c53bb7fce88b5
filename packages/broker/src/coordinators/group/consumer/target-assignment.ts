import type { Assignor, Subscriber } from './assignors/assignor.ts';
import { ASSIGNORS } from './assignors/assignors.ts';
import type { GroupChange } from './changes.ts';
import type { ConsumerGroupView } from './group-state.ts';
import { NO_PARTITIONS, samePartitions } from './partitions.ts';
import { type Topics, topicIdsOf } from './subscriptions.ts';

/** The assignor that most members ask for; the broker's first where nobody asks. */
export function preferredAssignor({ members }: ConsumerGroupView, defaultName: string): string {
  const votes = new Map<string, number>();
  for (const { serverAssignor } of members.values()) {
    if (serverAssignor !== null) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
  }
  let best: string | null = null;
  for (const [name, count] of votes) if (best === null || count > votes.get(best)!) best = name;
  return best ?? defaultName;
}

/** What makes the target of a group the one of its epoch. */
export function newTarget(
  group: ConsumerGroupView,
  topics: Topics,
  defaultAssignor: string,
  timestampMs: number,
): GroupChange[] {
  const assign: Assignor = ASSIGNORS[preferredAssignor(group, defaultAssignor)]!;
  const subscribers = [...group.members.values()].map(
    (member): Subscriber => ({
      memberId: member.id,
      instanceId: member.instanceId,
      topicIds: topicIdsOf(member, group.regexes, topics),
      target: group.target(member.id),
    }),
  );
  const targets = assign(subscribers, (topicId) => topics.topicsById.get(topicId)?.partitionCount ?? 0);
  const changes: GroupChange[] = [];
  for (const { memberId, target } of subscribers) {
    const value = targets.get(memberId) ?? NO_PARTITIONS;
    if (!group.hasTarget(memberId) || !samePartitions(target, value)) changes.push({ kind: 'target', memberId, value });
  }
  return [...changes, { kind: 'target-epoch', value: { epoch: group.epoch, timestampMs } }];
}
