import { type MetadataResponse, MetadataResponseDefaults, MetadataResponseTopicDefaults } from '@millrace/protocol';

/** A cluster of one node with the topic `scripted`, which has one partition. */
export function scriptedMetadata(topicId: string): MetadataResponse {
  const partition = {
    errorCode: 0,
    partitionIndex: 0,
    leaderId: 1,
    leaderEpoch: 0,
    replicaNodes: [1],
    isrNodes: [1],
    offlineReplicas: [],
  };
  const topic = { ...MetadataResponseTopicDefaults, errorCode: 0, name: 'scripted', topicId, partitions: [partition] };
  return {
    ...MetadataResponseDefaults,
    brokers: [{ nodeId: 1, host: 'scripted', port: 1, rack: null }],
    clusterId: 'scripted',
    controllerId: 1,
    topics: [topic],
  };
}
