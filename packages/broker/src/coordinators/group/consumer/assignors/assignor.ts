import type { TopicPartitions } from '../partitions.ts';

/** A member as an assignor sees it. */
export type Subscriber = {
  readonly memberId: string;
  readonly instanceId: string | null;
  /** The topics it wants, all of which exist. */
  readonly topicIds: ReadonlySet<string>;
  /** What it should have so far: the less of it changes, the better. */
  readonly target: TopicPartitions;
};

export type PartitionCounts = (topicId: string) => number;

/** Which member should have which partitions: each partition that somebody wants exactly once, to one who wants it. */
export type Assignor = (
  subscribers: readonly Subscriber[],
  partitionCount: PartitionCounts,
) => ReadonlyMap<string, TopicPartitions>;
