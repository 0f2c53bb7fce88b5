import {
  type CreateTopicsResponseCreatableTopicResult,
  DeleteTopicsRequestDefaults,
  ErrorCode,
  ZERO_UUID,
} from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { describeTopic } from '../cluster/metadata.ts';
import type { TopicDescription } from '../cluster/topic-description.ts';
import { throwIfError } from '../lib/errors.ts';
import type { AlterOptions, CreateTopicsOptions, NewTopic } from './admin-types.ts';

/** From this version on, topics to delete may be named by id (KIP-516). */
const FIRST_DELETE_BY_STATE_VERSION = 6;

export async function createTopics(
  cluster: Cluster,
  topics: readonly NewTopic[],
  options: CreateTopicsOptions,
): Promise<void> {
  const link = await cluster.controllerLink();
  const answer = await link.call('CreateTopics', {
    timeoutMs: cluster.settings.requestTimeoutMs,
    validateOnly: options.validateOnly ?? false,
    topics: topics.map(({ name, partitionCount, replicationFactor, configs }) => ({
      name,
      numPartitions: partitionCount ?? -1,
      replicationFactor: replicationFactor ?? -1,
      assignments: [],
      configs: Object.entries(configs ?? {}).map(([key, value]) => ({ name: key, value })),
    })),
  });
  for (const result of answer.topics) throwUnlessCreated(result, options);
}

function throwUnlessCreated(result: CreateTopicsResponseCreatableTopicResult, options: CreateTopicsOptions): void {
  if (result.errorCode === ErrorCode.TOPIC_ALREADY_EXISTS && options.ignoreExisting === true) return;
  throwIfError(result.errorCode, `creating topic '${result.name}'`, { topic: result.name }, result.errorMessage);
}

export async function deleteTopics(cluster: Cluster, names: readonly string[]): Promise<void> {
  const link = await cluster.controllerLink();
  const byState = link.versionOf('DeleteTopics') >= FIRST_DELETE_BY_STATE_VERSION;
  const answer = await link.call('DeleteTopics', {
    ...DeleteTopicsRequestDefaults,
    timeoutMs: cluster.settings.requestTimeoutMs,
    topicNames: byState ? [] : names,
    topics: byState ? names.map((name) => ({ name, topicId: ZERO_UUID })) : [],
  });
  for (const { name, errorCode, errorMessage } of answer.responses) {
    throwIfError(errorCode, `deleting topic '${name}'`, { topic: name }, errorMessage);
    if (name !== null) cluster.forgetTopic(name);
  }
}

export async function createPartitions(
  cluster: Cluster,
  topic: string,
  totalCount: number,
  options: AlterOptions,
): Promise<void> {
  const link = await cluster.controllerLink();
  const answer = await link.call('CreatePartitions', {
    timeoutMs: cluster.settings.requestTimeoutMs,
    validateOnly: options.validateOnly ?? false,
    topics: [{ name: topic, count: totalCount, assignments: null }],
  });
  for (const { errorCode, errorMessage } of answer.results) {
    throwIfError(errorCode, `adding partitions to topic '${topic}'`, { topic, totalCount }, errorMessage);
  }
}

/** With null, all topics that the user may see. */
export async function describeTopics(
  cluster: Cluster,
  names: readonly string[] | null,
): Promise<readonly TopicDescription[]> {
  const answer = await cluster.fetchMetadata(names);
  return answer.topics.map((topic) => {
    const name = topic.name ?? '';
    throwIfError(topic.errorCode, `describing topic '${name}'`, { topic: name });
    return describeTopic(name, topic, undefined);
  });
}
