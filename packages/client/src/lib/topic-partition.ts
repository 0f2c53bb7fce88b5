export type TopicPartition = { readonly topic: string; readonly partition: number };

/** A string that names a partition, for maps: topic names never hold a colon. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}

export function compareTopicPartitions(left: TopicPartition, right: TopicPartition): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}

/** Groups what belongs to partitions by topic, as most requests want it; topics keep the order of their first mention. */
export function groupByTopic<P extends TopicPartition, T>(
  partitions: Iterable<P>,
  toItem: (partition: P) => T,
): readonly { readonly topic: string; readonly items: readonly T[] }[] {
  const byTopic = new Map<string, T[]>();
  for (const partition of partitions) {
    const items = byTopic.get(partition.topic);
    if (items === undefined) byTopic.set(partition.topic, [toItem(partition)]);
    else items.push(toItem(partition));
  }
  return [...byTopic].map(([topic, items]) => ({ topic, items }));
}

/** Those of the partitions that are not among the others. */
export function withoutPartitions(
  partitions: readonly TopicPartition[],
  others: readonly TopicPartition[],
): readonly TopicPartition[] {
  const keys = new Set(others.map(({ topic, partition }) => partitionKey(topic, partition)));
  return partitions.filter(({ topic, partition }) => !keys.has(partitionKey(topic, partition)));
}
