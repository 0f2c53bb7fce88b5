/**
 * DescribeQuorum, versions 0–2 (KIP-595). 1: times of the last fetch (KIP-836). 2: directory ids, addresses (KIP-853).
 * The broker is a quorum of one, which has always caught up with itself.
 * Deviations: offsets count changes since the last snapshot of the metadata log, which is not Kafka's.
 */
import { type DescribeQuorumResponseTopicData, ErrorCode, errorMessage, ZERO_UUID } from '@millrace/protocol';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { brokerNode } from './nodes.ts';

const METADATA_TOPIC = '__cluster_metadata';

type Partition = DescribeQuorumResponseTopicData['partitions'][number];

export const describeQuorum: BrokerApi = defineApi({
  name: 'DescribeQuorum',
  handle(services, request, { listener, version }) {
    const topics = request.topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) =>
        topicName === METADATA_TOPIC && partitionIndex === 0 ? quorum(services) : unknown(partitionIndex),
      ),
    }));
    const { nodeId, host, port } = brokerNode(services, listener);
    const nodes = [{ nodeId, listeners: [{ name: listener, host, port }] }];
    return { errorCode: 0, errorMessage: '', topics, nodes: version >= 2 ? nodes : [] };
  },
});

function quorum({ cluster, clock, nodeId }: Services): Partition {
  const logEndOffset = cluster.metadataEndOffset;
  const nowMs = clock.wallMs();
  const replica = {
    replicaId: nodeId,
    replicaDirectoryId: ZERO_UUID,
    logEndOffset,
    lastFetchTimestamp: nowMs,
    lastCaughtUpTimestamp: nowMs,
  };
  return {
    partitionIndex: 0,
    errorCode: 0,
    errorMessage: '',
    leaderId: nodeId,
    leaderEpoch: cluster.image.leaderEpoch,
    highWatermark: logEndOffset,
    currentVoters: [replica],
    observers: [],
  };
}

function unknown(partitionIndex: number): Partition {
  const errorCode = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const none = { leaderId: 0, leaderEpoch: 0, highWatermark: 0, currentVoters: [], observers: [] };
  return { partitionIndex, errorCode, errorMessage: errorMessage(errorCode), ...none };
}
