import type { TopicPartition } from '../../lib/topic-partition.ts';
import type { AssignInput } from '../assignor.ts';

export function partitionsOf(topic: string, partitionCounts: ReadonlyMap<string, number>): readonly TopicPartition[] {
  return Array.from({ length: partitionCounts.get(topic) ?? 0 }, (_, partition) => ({ topic, partition }));
}

/** All partitions that someone subscribes to, by topic and number. */
export function subscribedPartitions({ members, partitionCounts }: AssignInput): readonly TopicPartition[] {
  const topics = new Set(members.flatMap((member) => member.topics));
  return [...topics].sort().flatMap((topic) => partitionsOf(topic, partitionCounts));
}
