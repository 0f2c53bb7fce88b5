import type { HostPort, MetadataResponse, MetadataResponseTopic } from '@millrace/protocol';
import { ErrorCode } from '@millrace/protocol';
import type { PartitionDescription, TopicDescription } from './topic-description.ts';

export type ClusterNode = HostPort & { readonly nodeId: number; readonly rack: string | null };

/** What is known of the cluster at one moment; a refresh makes the next one. */
export type Metadata = {
  readonly clusterId: string | null;
  readonly controllerId: number;
  readonly nodes: ReadonlyMap<number, ClusterNode>;
  readonly topics: ReadonlyMap<string, TopicDescription>;
  readonly topicNames: ReadonlyMap<string, string>;
};

export const NO_METADATA: Metadata = {
  clusterId: null,
  controllerId: -1,
  nodes: new Map(),
  topics: new Map(),
  topicNames: new Map(),
};

/** Nodes are replaced; of the topics those that the answer names, the others stay. */
export function mergeMetadata(before: Metadata, answer: MetadataResponse): Metadata {
  const topics = new Map(before.topics);
  for (const topic of answer.topics) {
    if (topic.name === null) continue;
    const known = topics.get(topic.name);
    if (topic.partitions.length > 0) topics.set(topic.name, describeTopic(topic.name, topic, known));
    // An error without partitions may pass (no leader yet); only a topic that is gone is forgotten.
    else if (topic.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) topics.delete(topic.name);
  }
  return {
    clusterId: answer.clusterId,
    controllerId: answer.controllerId,
    nodes: answer.brokers.length === 0 ? before.nodes : new Map(answer.brokers.map((node) => [node.nodeId, node])),
    topics,
    topicNames: new Map([...topics.values()].map((topic) => [topic.topicId, topic.name])),
  };
}

export function describeTopic(
  name: string,
  topic: MetadataResponseTopic,
  known: TopicDescription | undefined,
): TopicDescription {
  const partitions = topic.partitions
    .map((partition) => ({
      partition: partition.partitionIndex,
      leader: partition.errorCode === ErrorCode.LEADER_NOT_AVAILABLE ? -1 : partition.leaderId,
      leaderEpoch: partition.leaderEpoch,
      replicas: partition.replicaNodes,
      inSyncReplicas: partition.isrNodes,
    }))
    .sort((left, right) => left.partition - right.partition);
  const isSameTopic = known !== undefined && known.topicId === topic.topicId;
  return {
    name,
    topicId: topic.topicId,
    isInternal: topic.isInternal,
    partitions: partitions.map((partition) => newerOf(partition, isSameTopic ? known : undefined)),
  };
}

/** A broker that lags behind must not bring back a leader that has been replaced. */
function newerOf(partition: PartitionDescription, known: TopicDescription | undefined): PartitionDescription {
  const before = known?.partitions[partition.partition];
  return before !== undefined && before.leaderEpoch > partition.leaderEpoch ? before : partition;
}
