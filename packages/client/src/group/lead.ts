import { MillraceError } from '@millrace/base';
import type { Cluster } from '../cluster/cluster.ts';
import type { Assignor, MemberAssignment, MemberSubscription } from './assignor.ts';

type Lead = {
  readonly assignments: ReadonlyMap<string, MemberAssignment>;
  /** What the assignments were made from: when a count changes, the group has to meet again. */
  readonly partitionCounts: ReadonlyMap<string, number>;
};

/** The leader's part in a round: looks up the subscribed topics and lets the chosen assignor divide their partitions. */
export async function assignAsLeader(
  cluster: Cluster,
  assignors: readonly Assignor[],
  protocolName: string | null,
  members: readonly MemberSubscription[],
): Promise<Lead> {
  const assignor = assignors.find(({ name }) => name === protocolName);
  if (assignor === undefined) {
    throw new MillraceError('INCONSISTENT_GROUP_PROTOCOL', `the group chose '${protocolName}', which was not offered`);
  }
  const topics = new Set(members.flatMap((member) => member.topics));
  for (const topic of topics) cluster.want(topic);
  await cluster.refresh();
  const partitionCounts = countPartitions(cluster, topics);
  return { assignments: await assignor.assign({ members, partitionCounts }), partitionCounts };
}

/** The partition counts of those topics that exist. */
export function countPartitions(cluster: Cluster, topics: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const topic of topics) {
    const description = cluster.metadata.topics.get(topic);
    if (description !== undefined) counts.set(topic, description.partitions.length);
  }
  return counts;
}
