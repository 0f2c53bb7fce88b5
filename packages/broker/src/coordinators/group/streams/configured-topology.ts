import type { Topics } from '../consumer/subscriptions.ts';
import { decidePartitionCounts } from './partition-counts.ts';
import { TopicProblem } from './topic-problem.ts';
import { type Subtopology, sortedSubtopologies, sourceTopicsOf, type TopicInfo, type Topology } from './topology.ts';

/** A topic that the broker makes for an application, as it should be. */
export type InternalTopic = {
  readonly name: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  readonly configs: readonly { readonly key: string; readonly value: string }[];
};

/** A subtopology of which is known how many tasks it has. */
export type ConfiguredSubtopology = {
  readonly subtopology: Subtopology;
  readonly taskCount: number;
  readonly repartitionSourceTopics: readonly InternalTopic[];
  readonly changelogTopics: readonly InternalTopic[];
};

/** By the ids of the subtopologies, in ascending order of those. */
export type ConfiguredSubtopologies = ReadonlyMap<string, ConfiguredSubtopology>;

/** What a topology comes to with the topics that there are. */
export type ConfiguredTopology =
  /** All topics are there: it can run. */
  | { readonly kind: 'ready'; readonly subtopologies: ConfiguredSubtopologies }
  /** It could run if these topics were made. */
  | {
      readonly kind: 'incomplete';
      readonly subtopologies: ConfiguredSubtopologies;
      readonly missing: readonly InternalTopic[];
    }
  /** It cannot run: topics that users make are not there, or not as it needs them. */
  | { readonly kind: 'unfit'; readonly problem: TopicProblem };

/** Names of topics in a text; of more than these only the number is told. */
const NAMES_TOLD_MAX = 3;

/**
 * Finds out how many tasks each subtopology has, and which internal topics are missing.
 *
 * @throws BrokerError `STREAMS_INVALID_TOPOLOGY` where no topics could ever make it run.
 */
export function configureTopology(topology: Topology, { topics }: Pick<Topics, 'topics'>): ConfiguredTopology {
  try {
    checkSourceTopics(topology, topics);
    const existing = (name: string): number | undefined => topics.get(name)?.partitionCount;
    const counts = decidePartitionCounts(topology, existing);
    const countOf = (name: string): number => existing(name) ?? counts.get(name) ?? 0;
    const subtopologies = new Map(
      sortedSubtopologies(topology).map((subtopology): [string, ConfiguredSubtopology] => [
        subtopology.subtopologyId,
        {
          subtopology,
          taskCount: Math.max(...sourceTopicsOf(subtopology).map(countOf)),
          repartitionSourceTopics: subtopology.repartitionSourceTopics.map((info) => internalTopic(info, counts)),
          changelogTopics: subtopology.stateChangelogTopics.map((info) => internalTopic(info, counts)),
        },
      ]),
    );
    const missing = missingTopics(subtopologies, existing);
    return missing.length === 0 ? { kind: 'ready', subtopologies } : { kind: 'incomplete', subtopologies, missing };
  } catch (error) {
    if (error instanceof TopicProblem) return { kind: 'unfit', problem: error };
    throw error;
  }
}

/** Names of topics for a text: the first ones, and how many more. */
export function summarizeNames(names: readonly string[]): string {
  const told = names.slice(0, NAMES_TOLD_MAX).join(', ');
  const more = names.length - NAMES_TOLD_MAX;
  return more > 0 ? `${told} and ${more} additional topics` : told;
}

function checkSourceTopics({ subtopologies }: Topology, topics: Topics['topics']): void {
  const needed = new Set(subtopologies.flatMap(({ sourceTopics }) => sourceTopics));
  const missing = [...needed].filter((name) => !topics.has(name)).sort();
  if (missing.length === 0) return;
  throw new TopicProblem('MISSING_SOURCE_TOPICS', `Source topics ${summarizeNames(missing)} are missing.`);
}

function missingTopics(
  subtopologies: ConfiguredSubtopologies,
  existing: (name: string) => number | undefined,
): InternalTopic[] {
  const wanted = new Map<string, InternalTopic>();
  for (const { repartitionSourceTopics, changelogTopics } of subtopologies.values()) {
    for (const topic of [...repartitionSourceTopics, ...changelogTopics]) wanted.set(topic.name, topic);
  }
  const missing: InternalTopic[] = [];
  for (const topic of wanted.values()) {
    const found = existing(topic.name);
    if (found === undefined) missing.push(topic);
    else if (found !== topic.partitionCount) {
      throw new TopicProblem(
        'INCORRECTLY_PARTITIONED_TOPICS',
        `Existing topic ${topic.name} has different number of partitions: expected ${topic.partitionCount}, found ${found}`,
      );
    }
  }
  return missing;
}

function internalTopic(info: TopicInfo, counts: ReadonlyMap<string, number>): InternalTopic {
  return {
    name: info.name,
    partitionCount: info.partitions === 0 ? (counts.get(info.name) ?? 0) : info.partitions,
    // The broker's default where the application does not say.
    replicationFactor: info.replicationFactor === 0 ? -1 : info.replicationFactor,
    configs: info.topicConfigs,
  };
}
