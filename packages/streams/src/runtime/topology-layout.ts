import { illegalArgument } from '../errors.ts';
import type { SourceSpec } from '../topology/node-specs.ts';
import type { SubTopology } from '../topology/sub-topologies.ts';
import type { Topology } from '../topology/topology.ts';
import type { PartitionCountQuestion } from './assignment/partition-counts.ts';
import type { TaskId } from './assignment/task-id.ts';
import { taskIdText } from './assignment/task-id.ts';
import type { TopicNames } from './topic-names.ts';

/** One sub-topology by real topic names. */
export type SubTopologyLayout = {
  readonly id: number;
  readonly subTopology: SubTopology;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly stores: readonly string[];
};

/** What the runtime asks of a topology: computed once, the same on every instance. */
export type TopologyLayout = {
  readonly subTopologies: readonly SubTopologyLayout[];
  /** Real names of all topics that tasks read: what a member subscribes to. */
  readonly sourceTopics: readonly string[];
  /** Real names of repartition topics that are read, with the partition count that the user fixed, or null. */
  readonly repartitionTopics: ReadonlyMap<string, number | null>;
  readonly question: Omit<PartitionCountQuestion, 'existing'>;
};

/** @throws MillraceError `INVALID_ARGUMENT` for what the runtime cannot do yet. */
export function topologyLayout(topology: Topology, names: TopicNames): TopologyLayout {
  for (const node of topology.nodes.values()) {
    if (node.kind !== 'source' || node.pattern === null) continue;
    throw illegalArgument(
      `source ${node.name} reads topics by the pattern ${node.pattern}, which the runtime cannot do yet: name them`,
    );
  }
  const subTopologies = topology
    .subTopologies()
    .filter(({ global }) => !global)
    .map((subTopology) => layoutOf(subTopology, names))
    .filter(({ sources }) => sources.length > 0);
  const sourceTopics = [...new Set(subTopologies.flatMap(({ sources }) => sources))].sort();
  const repartitionTopics = new Map<string, number | null>();
  for (const { name, partitions } of topology.internalTopics.values()) {
    repartitionTopics.set(names.real(name), partitions);
  }
  const topicsOf = (source: string): readonly string[] => {
    const node = topology.nodes.get(source);
    return node?.kind === 'source' ? node.topics.map((topic) => names.real(topic)) : [];
  };
  const copartitioned = topology.copartitionGroups.map((sources) => sources.flatMap(topicsOf));
  return {
    subTopologies,
    sourceTopics,
    repartitionTopics,
    question: { subTopologies, repartitionTopics, copartitioned },
  };
}

function layoutOf(subTopology: SubTopology, names: TopicNames): SubTopologyLayout {
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
