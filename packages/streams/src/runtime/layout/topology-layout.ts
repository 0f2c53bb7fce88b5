import type { SourceSpec } from '../../topology/node-specs.ts';
import type { SubTopology } from '../../topology/sub-topologies.ts';
import type { Topology } from '../../topology/topology.ts';
import { type MatchedTopics, matchTopics } from './matched-topics.ts';
import type { PartitionCountQuestion } from './partition-counts.ts';
import type { TaskId } from './task-id.ts';
import { taskIdText } from './task-id.ts';
import type { TopicNames } from './topic-names.ts';

/** One sub-topology by real topic names. */
export type SubTopologyLayout = {
  readonly id: number;
  readonly subTopology: SubTopology;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly stores: readonly string[];
  /** Those of its stores that have a changelog, of their own or a source topic: with any, its tasks can have standbys. */
  readonly loggedStores: readonly string[];
};

/** What the runtime asks of a topology: the same on every instance. */
export type TopologyLayout = {
  /** Whether any source reads the topics that a pattern matches; the layout has none of them until it is told. */
  readonly readsPatterns: boolean;
  /** The layout with what patterns match of the topics that exist; this one where there are no patterns. */
  matching(existing: Iterable<string>): TopologyLayout;
  readonly subTopologies: readonly SubTopologyLayout[];
  /** Real names of all topics that tasks read: what a member subscribes to. */
  readonly sourceTopics: readonly string[];
  /** Real names of repartition topics that are read, with the partition count that the user fixed, or null. */
  readonly repartitionTopics: ReadonlyMap<string, number | null>;
  readonly question: Omit<PartitionCountQuestion, 'existing'>;
};

export function topologyLayout(topology: Topology, names: TopicNames): TopologyLayout {
  return layoutWith(NO_MATCHES, topology, names);
}

const NO_MATCHES: MatchedTopics = new Map();

function layoutWith(matched: MatchedTopics, topology: Topology, names: TopicNames): TopologyLayout {
  const subTopologies = topology
    .subTopologies()
    .filter(({ global, nodes }) => !global && nodes.some(({ kind }) => kind === 'source'))
    .map((subTopology) => layoutOf(topology, withMatched(matched, subTopology), names));
  const sourceTopics = [...new Set(subTopologies.flatMap(({ sources }) => sources))].sort();
  const repartitionTopics = new Map<string, number | null>();
  for (const { name, partitions } of topology.internalTopics.values()) {
    repartitionTopics.set(names.real(name), partitions);
  }
  const topicsOf = (source: string): readonly string[] => {
    const node = topology.nodes.get(source);
    if (node?.kind !== 'source') return [];
    return matched.get(source) ?? node.topics.map((topic) => names.real(topic));
  };
  const copartitioned = topology.copartitionGroups.map((sources) => sources.flatMap(topicsOf));
  const readsPatterns = [...topology.nodes.values()].some((node) => node.kind === 'source' && node.pattern !== null);
  const layout: TopologyLayout = {
    readsPatterns,
    matching: (existing) =>
      readsPatterns ? layoutWith(matchTopics(topology, names, existing), topology, names) : layout,
    subTopologies,
    sourceTopics,
    repartitionTopics,
    question: { subTopologies, repartitionTopics, copartitioned },
  };
  return layout;
}

/** The sub-topology with matched topics in the place of patterns. */
function withMatched(matched: MatchedTopics, subTopology: SubTopology): SubTopology {
  const nodes = subTopology.nodes.map((node) => {
    const topics = matched.get(node.name);
    return topics === undefined || node.kind !== 'source' ? node : { ...node, topics };
  });
  return { ...subTopology, nodes };
}

function layoutOf(topology: Topology, subTopology: SubTopology, names: TopicNames): SubTopologyLayout {
  const sources = subTopology.nodes.filter((node): node is SourceSpec => node.kind === 'source');
  const sinks = subTopology.nodes.flatMap((node) =>
    node.kind === 'sink' && typeof node.topic === 'string' ? [names.real(node.topic)] : [],
  );
  return {
    id: subTopology.id,
    subTopology,
    sources: sources.flatMap(({ topics }) => topics.map((topic) => names.real(topic))),
    sinks,
    stores: subTopology.stores,
    loggedStores: subTopology.stores.filter((store) => {
      const { spec, changelogIsSourceTopic } = topology.stores.get(store)!;
      return spec.logging !== false || changelogIsSourceTopic !== null;
    }),
  };
}

/** A sub-topology has as many tasks as the largest of its source topics has partitions. */
export function taskCount(layout: SubTopologyLayout, counts: ReadonlyMap<string, number>): number {
  return Math.max(0, ...layout.sources.map((source) => counts.get(source) ?? 0));
}

export function allTasks(layout: TopologyLayout, counts: ReadonlyMap<string, number>): TaskId[] {
  return layout.subTopologies.flatMap((subTopology) =>
    Array.from({ length: taskCount(subTopology, counts) }, (_, partition) => ({
      subTopology: subTopology.id,
      partition,
    })),
  );
}

/** The input partitions of tasks, given as texts. */
export function partitionsOf(
  layout: TopologyLayout,
  tasks: readonly string[],
  counts: ReadonlyMap<string, number>,
): { readonly topic: string; readonly partition: number }[] {
  const wanted = new Set(tasks);
  return allTasks(layout, counts)
    .filter((task) => wanted.has(taskIdText(task)))
    .flatMap(({ subTopology, partition }) =>
      layout.subTopologies
        .find(({ id }) => id === subTopology)!
        .sources.filter((topic) => partition < (counts.get(topic) ?? 0))
        .map((topic) => ({ topic, partition })),
    );
}
