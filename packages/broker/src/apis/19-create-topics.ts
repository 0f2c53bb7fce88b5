/**
 * CreateTopics, versions 2–7. 4: defaults by −1 (KIP-464). 5: flexible, answers with configs (KIP-525). 7: topic ids.
 */
import {
  type CreateTopicsRequestCreatableTopic,
  type CreateTopicsResponseCreatableTopicResult,
  ZERO_UUID,
} from '@millrace/protocol';
import type { Topic } from '../cluster/cluster-image.ts';
import { effectiveTopicConfig, TOPIC_CONFIGS } from '../cluster/topic-configs.ts';
import { planTopic } from '../cluster/topic-plan.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { CONFIG_SOURCE } from './config-resources.ts';
import { partNamedTwice } from './named-twice.ts';

type Result = CreateTopicsResponseCreatableTopicResult;

export const createTopics: BrokerApi = defineApi({
  name: 'CreateTopics',
  async handle(services, request) {
    const { once, twice } = partNamedTwice(request.topics, ({ name }) => name);
    const refused = new BrokerError('INVALID_REQUEST', 'Duplicate topic name.');
    const planned: Topic[] = [];
    const made = once.map((wanted): Result => {
      try {
        const topic = plan(services, wanted);
        planned.push(topic);
        return success(services, topic, request.validateOnly);
      } catch (error) {
        return failure(wanted.name, error);
      }
    });
    // All at once: one write, and one copy of the image, for a thousand topics.
    if (planned.length > 0 && !request.validateOnly) {
      try {
        await services.cluster.change(planned.map((topic) => ({ kind: 'topic-created', topic })));
      } catch (error) {
        services.logger.error('topics were not stored', { error: String(error) });
        const cause = new BrokerError('KAFKA_STORAGE_ERROR', undefined, { cause: error });
        return { throttleTimeMs: 0, topics: [...once, ...twice].map(({ name }) => failure(name, cause)) };
      }
    }
    return { throttleTimeMs: 0, topics: [...made, ...twice.map(({ name }) => failure(name, refused))] };
  },
});

function plan(services: Services, wanted: CreateTopicsRequestCreatableTopic): Topic {
  const { name, numPartitions, replicationFactor, assignments } = wanted;
  const configs = Object.fromEntries(wanted.configs.map((config) => [config.name, config.value]));
  return planTopic(
    { name, partitionCount: numPartitions, replicationFactor, assignments, configs },
    services.cluster,
    services.nodeId,
  );
}

function success(services: Services, topic: Topic, validateOnly: boolean): Result {
  return {
    name: topic.name,
    topicId: validateOnly ? ZERO_UUID : topic.id,
    errorCode: 0,
    errorMessage: null,
    topicConfigErrorCode: 0,
    numPartitions: topic.partitionCount,
    replicationFactor: 1,
    configs: TOPIC_CONFIGS.map((definition) => {
      const { value, source } = effectiveTopicConfig(definition, topic.configs, services.config);
      return {
        name: definition.name,
        value,
        readOnly: false,
        configSource: CONFIG_SOURCE[source],
        isSensitive: false,
      };
    }),
  };
}

function failure(name: string, error: unknown): Result {
  return {
    name,
    topicId: ZERO_UUID,
    errorCode: errorCodeOf(error),
    errorMessage: error instanceof Error ? error.message : String(error),
    topicConfigErrorCode: 0,
    numPartitions: -1,
    replicationFactor: -1,
    configs: null,
  };
}
