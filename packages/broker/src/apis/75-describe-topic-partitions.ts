/** DescribeTopicPartitions, version 0 (KIP-966): topics in pages; what Java's admin client asks for since 3.8. */
import {
  type DescribeTopicPartitionsResponseCursor,
  type DescribeTopicPartitionsResponseTopic,
  ErrorCode,
  ZERO_UUID,
} from '@millrace/protocol';
import type { Topic } from '../cluster/cluster-image.ts';
import { checkTopicName, isInternalTopic } from '../cluster/topic-names.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { OPERATIONS_NOT_ASKED, TOPIC_OPERATIONS } from './authorized-operations.ts';

/** Partitions of one page, as Kafka's `max.request.partition.size.limit`. */
const PAGE_PARTITIONS_MAX = 2000;

type TopicAnswer = DescribeTopicPartitionsResponseTopic;

export const describeTopicPartitions: BrokerApi = defineApi({
  name: 'DescribeTopicPartitions',
  handle(services, request) {
    if (request.cursor !== null && request.cursor.partitionIndex < 0) return refusal(request.topics);
    const asked = request.topics.length > 0 ? request.topics.map(({ name }) => name) : allNames(services);
    const names = [...new Set(asked)].sort().filter((name) => name >= (request.cursor?.topicName ?? ''));
    let left = Math.max(1, Math.min(request.responsePartitionLimit, PAGE_PARTITIONS_MAX));
    const topics: TopicAnswer[] = [];
    let nextCursor: DescribeTopicPartitionsResponseCursor | null = null;
    for (const name of names) {
      const from = name === request.cursor?.topicName ? request.cursor.partitionIndex : 0;
      if (left === 0) {
        nextCursor = { topicName: name, partitionIndex: from };
        break;
      }
      const answer = describe(services, name, from, left);
      topics.push(answer);
      left -= answer.partitions.length;
      const end = from + answer.partitions.length;
      if (end < (services.cluster.topic(name)?.partitionCount ?? 0)) {
        nextCursor = { topicName: name, partitionIndex: end };
        break;
      }
    }
    return { throttleTimeMs: 0, topics, nextCursor };
  },
});

/** A page that begins nowhere: each topic that is named is refused. */
function refusal(topics: readonly { readonly name: string }[]) {
  const refused = topics.map(({ name }) => nothingOf(name, ErrorCode.INVALID_REQUEST));
  return { throttleTimeMs: 0, topics: refused, nextCursor: null };
}

function allNames(services: Services): string[] {
  return [...services.cluster.image.topics.keys()];
}

function describe(services: Services, name: string, from: number, countMax: number): TopicAnswer {
  try {
    checkTopicName(name);
    const topic = services.cluster.topic(name);
    if (topic === undefined) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
    return {
      errorCode: 0,
      name,
      topicId: topic.id,
      isInternal: isInternalTopic(name),
      partitions: describePartitions(services, topic, from, countMax),
      topicAuthorizedOperations: TOPIC_OPERATIONS,
    };
  } catch (error) {
    return nothingOf(name, errorCodeOf(error));
  }
}

function nothingOf(name: string, errorCode: number): TopicAnswer {
  return {
    errorCode,
    name,
    topicId: ZERO_UUID,
    isInternal: false,
    partitions: [],
    topicAuthorizedOperations: OPERATIONS_NOT_ASKED,
  };
}

function describePartitions({ nodeId, cluster }: Services, topic: Topic, from: number, countMax: number) {
  const count = Math.max(0, Math.min(countMax, topic.partitionCount - from));
  return Array.from({ length: count }, (_, index) => ({
    errorCode: 0,
    partitionIndex: from + index,
    leaderId: nodeId,
    leaderEpoch: cluster.image.leaderEpoch,
    replicaNodes: [nodeId],
    isrNodes: [nodeId],
    eligibleLeaderReplicas: [],
    lastKnownElr: [],
    offlineReplicas: [],
  }));
}
