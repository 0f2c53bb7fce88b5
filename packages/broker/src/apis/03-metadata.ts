/**
 * Metadata, versions 0–13. 4: auto creation. 8: authorized operations. 9: flexible. 10: topic ids. 12: topics by id.
 * 13: top-level error.
 */
import {
  type MetadataRequest,
  type MetadataRequestTopic,
  type MetadataResponsePartition,
  type MetadataResponseTopic,
  ZERO_UUID,
} from '@millrace/protocol';
import type { Topic } from '../cluster/cluster-image.ts';
import { checkTopicName, isInternalTopic } from '../cluster/topic-names.ts';
import { planAutoTopic } from '../cluster/topic-plan.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { CLUSTER_OPERATIONS, OPERATIONS_NOT_ASKED, TOPIC_OPERATIONS } from './authorized-operations.ts';
import { brokerNodes } from './nodes.ts';

/** From here on topics may be asked for by id. */
const FIRST_BY_ID_VERSION = 12;

export const metadata: BrokerApi = defineApi({
  name: 'Metadata',
  async handle(services, request, call) {
    const topics: MetadataResponseTopic[] = [];
    for (const wanted of wantedTopics(services, request, call)) {
      topics.push(await describe(services, request, wanted, call.version));
    }
    return {
      throttleTimeMs: 0,
      brokers: brokerNodes(services, call.listener),
      clusterId: services.cluster.image.clusterId,
      controllerId: services.nodeId,
      topics,
      clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
        ? CLUSTER_OPERATIONS
        : OPERATIONS_NOT_ASKED,
      errorCode: 0,
    };
  },
});

/** Null asks for all topics, and so does the empty list of version 0. */
function wantedTopics(
  services: Services,
  request: MetadataRequest,
  call: Call,
): Iterable<MetadataRequestTopic | Topic> {
  const asksForAll = request.topics === null || (call.version === 0 && request.topics.length === 0);
  return asksForAll ? services.cluster.image.topics.values() : request.topics!;
}

async function describe(
  services: Services,
  request: MetadataRequest,
  wanted: MetadataRequestTopic | Topic,
  version: number,
): Promise<MetadataResponseTopic> {
  const asked = 'topicId' in wanted ? wanted : { name: wanted.name, topicId: wanted.id };
  try {
    // Earlier versions can write an id, but an answer without a name only came with asking by id.
    if (version < FIRST_BY_ID_VERSION && wanted === asked && !isNamed(asked)) throw new BrokerError('INVALID_REQUEST');
    const topic = await findTopic(services, request, asked);
    return {
      errorCode: 0,
      name: topic.name,
      topicId: topic.id,
      isInternal: isInternalTopic(topic.name),
      partitions: describePartitions(services, topic),
      topicAuthorizedOperations: request.includeTopicAuthorizedOperations ? TOPIC_OPERATIONS : OPERATIONS_NOT_ASKED,
    };
  } catch (error) {
    return {
      errorCode: errorCodeOf(error),
      name: version < FIRST_BY_ID_VERSION ? (asked.name ?? '') : asked.name,
      topicId: asked.topicId,
      isInternal: false,
      partitions: [],
      topicAuthorizedOperations: OPERATIONS_NOT_ASKED,
    };
  }
}

function isNamed({ name, topicId }: MetadataRequestTopic): boolean {
  return name !== null && topicId === ZERO_UUID;
}

async function findTopic(services: Services, request: MetadataRequest, asked: MetadataRequestTopic): Promise<Topic> {
  const { cluster } = services;
  if (asked.topicId !== ZERO_UUID) {
    const byId = cluster.topicById(asked.topicId);
    if (byId === undefined) throw new BrokerError('UNKNOWN_TOPIC_ID');
    return byId;
  }
  const name = asked.name ?? '';
  const known = cluster.topic(name);
  if (known !== undefined) return known;
  checkTopicName(name);
  if (!request.allowAutoTopicCreation || !services.config.flag('auto.create.topics.enable')) {
    throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
  }
  const topic = planAutoTopic(name, cluster, services.nodeId);
  await cluster.change([{ kind: 'topic-created', topic }]);
  return topic;
}

function describePartitions(services: Services, topic: Topic): MetadataResponsePartition[] {
  const { nodeId } = services;
  const { leaderEpoch } = services.cluster.image;
  return Array.from({ length: topic.partitionCount }, (_, partitionIndex) => ({
    errorCode: 0,
    partitionIndex,
    leaderId: nodeId,
    leaderEpoch,
    replicaNodes: [nodeId],
    isrNodes: [nodeId],
    offlineReplicas: [],
  }));
}
