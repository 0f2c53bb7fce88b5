import type { StreamsGroupHeartbeatRequestTopology, StreamsGroupTopologyValue } from '@millrace/protocol';

/** The topology of an application as its members send it, and as it is stored. */
export type Topology = StreamsGroupTopologyValue;

export type Subtopology = Topology['subtopologies'][number];

/** A topic that an application needs and that the broker makes for it. */
export type TopicInfo = Subtopology['stateChangelogTopics'][number];

export function topologyOf(request: StreamsGroupHeartbeatRequestTopology): Topology {
  return structuredClone(request);
}

export function sameTopology(left: Topology, right: Topology): boolean {
  return canonical(left) === canonical(right);
}

/** All topics that an application reads and writes by itself, each once. */
export function requiredTopics({ subtopologies }: Topology): ReadonlySet<string> {
  const topics = new Set<string>();
  for (const subtopology of subtopologies) {
    for (const name of sourceTopicsOf(subtopology)) topics.add(name);
    for (const { name } of subtopology.stateChangelogTopics) topics.add(name);
  }
  return topics;
}

/** The topics that tasks of a subtopology read. */
export function sourceTopicsOf({ sourceTopics, repartitionSourceTopics }: Subtopology): string[] {
  return [...sourceTopics, ...repartitionSourceTopics.map(({ name }) => name)];
}

/** The subtopology that reads a topic. */
export function readerOf({ subtopologies }: Topology, topic: string): Subtopology | undefined {
  return subtopologies.find((subtopology) => sourceTopicsOf(subtopology).includes(topic));
}

/** The subtopologies in ascending order of their ids. */
export function sortedSubtopologies({ subtopologies }: Topology): readonly Subtopology[] {
  return [...subtopologies].sort((left, right) => (left.subtopologyId < right.subtopologyId ? -1 : 1));
}

function canonical(topology: Topology): string {
  return JSON.stringify([topology.epoch, sortedSubtopologies(topology).map(fieldsOf)]);
}

/** In one order, whoever made the object. */
function fieldsOf(subtopology: Subtopology): unknown[] {
  const infos = (topics: readonly TopicInfo[]): unknown[] =>
    topics.map(({ name, partitions, replicationFactor, topicConfigs }) => [
      name,
      partitions,
      replicationFactor,
      topicConfigs.map(({ key, value }) => [key, value]),
    ]);
  return [
    subtopology.subtopologyId,
    subtopology.sourceTopics,
    subtopology.sourceTopicRegex,
    infos(subtopology.stateChangelogTopics),
    subtopology.repartitionSinkTopics,
    infos(subtopology.repartitionSourceTopics),
    subtopology.copartitionGroups.map((group) => [
      group.sourceTopics,
      group.sourceTopicRegex,
      group.repartitionSourceTopics,
    ]),
  ];
}
