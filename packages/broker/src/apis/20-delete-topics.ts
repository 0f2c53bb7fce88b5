/** DeleteTopics, versions 1–6. 3: disabled deletion has its own error. 4: flexible. 5: messages. 6: by topic id. */
import { type DeleteTopicsResponseDeletableTopicResult, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import type { Topic } from '../cluster/cluster-image.ts';
import { isInternalTopic } from '../cluster/topic-names.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { partNamedTwice } from './named-twice.ts';

const BY_STATE_VERSION = 6;

type Wanted = { readonly name: string | null; readonly topicId: string };

export const deleteTopics: BrokerApi = defineApi({
  name: 'DeleteTopics',
  async handle(services, request, call) {
    const wanted: readonly Wanted[] =
      call.version >= BY_STATE_VERSION
        ? request.topics
        : request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }));
    const { once, twice } = partNamedTwice(wanted, ({ name, topicId }) => name ?? topicId);
    const deleted = new Map<string, Topic>();
    const responses = [...twice.map(namedTwice), ...once.map((asked) => answer(services, asked, deleted))];
    if (deleted.size > 0) await remove(services, [...deleted.values()]);
    return { throttleTimeMs: 0, responses };
  },
});

function namedTwice({ name, topicId }: Wanted): DeleteTopicsResponseDeletableTopicResult {
  const errorMessage = `Duplicate topic ${name === null ? 'id' : 'name'}.`;
  return { name, topicId, errorCode: ErrorCode.INVALID_REQUEST, errorMessage };
}

function answer(
  services: Services,
  asked: Wanted,
  deleted: Map<string, Topic>,
): DeleteTopicsResponseDeletableTopicResult {
  try {
    const topic = find(services, asked);
    if (deleted.has(topic.name)) throw new BrokerError('INVALID_REQUEST', 'Duplicate topic name or id.');
    deleted.set(topic.name, topic);
    return { name: topic.name, topicId: topic.id, errorCode: 0, errorMessage: null };
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { name: asked.name, topicId: asked.topicId, errorCode: errorCodeOf(error), errorMessage };
  }
}

function find({ cluster, config }: Services, { name, topicId }: Wanted): Topic {
  if (!config.flag('delete.topic.enable')) throw new BrokerError('TOPIC_DELETION_DISABLED');
  if (name !== null && topicId !== ZERO_UUID) {
    throw new BrokerError('INVALID_REQUEST', 'You may not specify both topic name and topic id.');
  }
  const topic = topicId === ZERO_UUID ? cluster.topic(name ?? '') : cluster.topicById(topicId);
  if (topic === undefined) {
    throw new BrokerError(topicId === ZERO_UUID ? 'UNKNOWN_TOPIC_OR_PARTITION' : 'UNKNOWN_TOPIC_ID');
  }
  if (isInternalTopic(topic.name)) {
    throw new BrokerError('INVALID_TOPIC_EXCEPTION', `${topic.name} belongs to the broker and can't be deleted.`);
  }
  return topic;
}

/** First the image, so that nobody finds the topic any more, then its logs, then what groups committed for it. */
async function remove({ cluster, logs, groups, counters, logger }: Services, topics: readonly Topic[]): Promise<void> {
  await cluster.change(topics.map(({ name }) => ({ kind: 'topic-deleted', name })));
  for (const { name, partitionCount } of topics) {
    logs.delete(name, partitionCount);
    counters.forgetTopic(name);
  }
  await groups.offsets.forgetTopics(topics.map(({ name }) => name)).catch((error: unknown) => {
    logger.error('offsets of deleted topics stay', { error: String(error) });
  });
  await groups.share.forgetTopics(new Set(topics.map(({ id }) => id)));
}
