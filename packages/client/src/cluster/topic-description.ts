export type PartitionDescription = {
  readonly partition: number;
  /** The node id of the leader; −1 while there is none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
};

export type TopicDescription = {
  readonly name: string;
  /** Kafka's text form of the topic's UUID; the zero UUID from brokers before 2.8. */
  readonly topicId: string;
  readonly isInternal: boolean;
  readonly partitions: readonly PartitionDescription[];
};
