import type { Client } from '@millrace/client';

type Admin = Client['admin'];

/**
 * Whether all the groups are there and each has committed the ends of the partitions that it reads. A query flushes what
 * it wrote before it commits, so that asking twice, with the same answer, also covers queries that read from queries.
 */
export async function caughtUp(admin: Admin, groupCount: number): Promise<boolean> {
  return (await lagOf(admin, groupCount)) === 0 && (await lagOf(admin, groupCount)) === 0;
}

async function lagOf(admin: Admin, groupCount: number): Promise<number> {
  const groups = await admin.listGroups();
  if (groups.length < groupCount) return Number.POSITIVE_INFINITY;
  const described = await admin.describeGroups(groups.map(({ groupId }) => groupId));
  let lag = 0;
  for (const { groupId, members } of described) {
    const assigned = members.flatMap(({ assignment }) => assignment);
    if (assigned.length === 0) return Number.POSITIVE_INFINITY;
    const committed = await admin.listGroupOffsets(groupId, { partitions: assigned });
    const ends = await admin.listOffsets(assigned, 'latest');
    for (const { topic, partition, offset: end } of ends) {
      const own = committed.find((each) => each.topic === topic && each.partition === partition);
      lag += Math.max(0, end - Math.max(0, own?.offset ?? 0));
    }
  }
  return lag;
}
