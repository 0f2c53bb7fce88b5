export type TopicPartition = { readonly topic: string; readonly partition: number };

/** A string that names a partition, for maps: topic names never hold a colon. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}

export function compareTopicPartitions(left: TopicPartition, right: TopicPartition): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}
