import type { Client } from '@millrace/client';
import type { QueryOffsets } from './results.ts';

/** How far the group of a query is in the topics that it reads: the partitions that it has committed to. */
export async function queryOffsets(
  client: Client,
  groupId: string,
  signal: AbortSignal | undefined,
): Promise<QueryOffsets> {
  const limits = signal === undefined ? {} : { signal };
  const committed = await client.admin.listGroupOffsets(groupId, limits);
  const partitions = committed.map(({ topic, partition }) => ({ topic, partition }));
  const [starts, ends] = await Promise.all([
    client.admin.listOffsets(partitions, 'earliest', limits),
    client.admin.listOffsets(partitions, 'latest', limits),
  ]);
  const topics = new Map<string, QueryOffsets['topics'][number]['partitions'][number][]>();
  for (const [position, { topic, partition, offset }] of committed.entries()) {
    const own = topics.get(topic) ?? [];
    topics.set(topic, own);
    own.push({
      partition,
      logStartOffset: starts[position]!.offset,
      logEndOffset: ends[position]!.offset,
      consumerOffset: Math.max(0, offset ?? 0),
    });
  }
  return { groupId, topics: [...topics].map(([topic, each]) => ({ topic, partitions: each })) };
}
