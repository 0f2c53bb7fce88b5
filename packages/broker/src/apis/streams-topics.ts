import type { StreamsGroupHeartbeatRequestTopology } from '@millrace/protocol';
import { checkTopicName, isInternalTopic } from '../cluster/topic-names.ts';
import { planTopic } from '../cluster/topic-plan.ts';
import type { InternalTopic } from '../coordinators/group/streams/configured-topology.ts';
import { BrokerError } from '../lib/broker-error.ts';
import type { Call, Services } from './api.ts';

type Subtopology = Pick<
  StreamsGroupHeartbeatRequestTopology['subtopologies'][number],
  'sourceTopics' | 'repartitionSinkTopics'
> & {
  readonly repartitionSourceTopics: readonly { readonly name: string }[];
  readonly stateChangelogTopics: readonly { readonly name: string }[];
};

/** Reasons in one text. */
const REASONS_TOLD_MAX = 3;

/** All topics that a topology names, each once. */
export function topicsOf(topology: { readonly subtopologies: readonly Subtopology[] }): string[] {
  const names = topology.subtopologies.flatMap((one) => [
    ...one.sourceTopics,
    ...one.repartitionSinkTopics,
    ...one.repartitionSourceTopics.map(({ name }) => name),
    ...one.stateChangelogTopics.map(({ name }) => name),
  ]);
  return [...new Set(names)];
}

/** @throws BrokerError `STREAMS_INVALID_TOPOLOGY` */
export function checkTopics(topology: StreamsGroupHeartbeatRequestTopology): void {
  const names = topicsOf(topology);
  const prohibited = names.filter(isInternalTopic);
  if (prohibited.length > 0) {
    throw new BrokerError(
      'STREAMS_INVALID_TOPOLOGY',
      `Use of Kafka internal topics ${prohibited.join(',')} in a Kafka Streams topology is prohibited.`,
    );
  }
  const invalid = names.filter((name) => !isTopicName(name));
  if (invalid.length > 0) {
    throw new BrokerError('STREAMS_INVALID_TOPOLOGY', `Topic names ${invalid.join(',')} are not valid topic names.`);
  }
}

function isTopicName(name: string): boolean {
  try {
    checkTopicName(name);
    return true;
  } catch {
    return false;
  }
}

/** Makes the topics that an application needs, if its client may. Answers why some are still missing. */
export async function makeTopics(
  { cluster, nodeId, logger }: Services,
  { rights }: Call,
  topics: readonly InternalTopic[],
): Promise<string | null> {
  if (rights !== null && !rights.mayOnCluster('Create')) {
    const refused = topics.filter(({ name }) => !rights.may('Create', 'Topic', name)).map(({ name }) => name);
    if (refused.length > 0) return `Unauthorized to CREATE on topics ${refused.join(', ')}.`;
  }
  const reasons: string[] = [];
  const planned = topics.flatMap((topic) => {
    try {
      const { name, partitionCount, replicationFactor } = topic;
      const configs = Object.fromEntries(topic.configs.map(({ key, value }) => [key, value]));
      const wish = { name, partitionCount, replicationFactor, assignments: [], configs };
      return [planTopic(wish, cluster, nodeId)];
    } catch (error) {
      // Another member was faster.
      if (cluster.topic(topic.name) === undefined) reasons.push(`${topic.name} (${String(error)})`);
      return [];
    }
  });
  try {
    if (planned.length > 0) {
      await cluster.change(planned.map((topic) => ({ kind: 'topic-created', topic })));
      logger.info('internal topics were made', { topics: planned.map(({ name }) => name) });
    }
  } catch (error) {
    reasons.push(String(error));
  }
  if (reasons.length === 0) return null;
  const more = reasons.length > REASONS_TOLD_MAX ? ` and ${reasons.length - REASONS_TOLD_MAX} more` : '';
  return `Creation failed: ${reasons.slice(0, REASONS_TOLD_MAX).join(', ')}${more}.`;
}
