import { BrokerError } from '../../../lib/broker-error.ts';
import { TopicProblem } from './topic-problem.ts';
import { type Subtopology, sourceTopicsOf, type Topology } from './topology.ts';

/** How many partitions a topic has that exists. */
type Existing = (name: string) => number | undefined;

type Counts = Map<string, number>;

/**
 * How many partitions each internal topic should have. A repartition topic has those that the application says, or as
 * many as the largest source of who writes it; topics that are joined have the same number; a changelog has as many as its
 * subtopology has tasks.
 *
 * @throws TopicProblem where users' topics that are joined differ.
 * @throws BrokerError `STREAMS_INVALID_TOPOLOGY` where a number can't be found out.
 */
export function decidePartitionCounts(topology: Topology, existing: Existing): ReadonlyMap<string, number> {
  const counts = repartitionCounts(topology, existing);
  const countOf: Existing = (name) => existing(name) ?? counts.get(name);
  for (const subtopology of topology.subtopologies) {
    for (const group of copartitionGroups(subtopology)) alignCounts(group, topology, counts, countOf);
  }
  for (const subtopology of topology.subtopologies) {
    const sources = sourceTopicsOf(subtopology).map((name) => countOf(name) ?? 0);
    if (sources.length === 0) {
      throw invalid(`No source topics found for subtopology ${subtopology.subtopologyId}`);
    }
    for (const { name } of subtopology.stateChangelogTopics) counts.set(name, Math.max(...sources));
  }
  return counts;
}

/** Repartition topics follow from each other: each round finds those whose sources are known. */
function repartitionCounts({ subtopologies }: Topology, existing: Existing): Counts {
  const counts: Counts = new Map();
  for (const { name, partitions } of subtopologies.flatMap((one) => one.repartitionSourceTopics)) {
    if (partitions !== 0) counts.set(name, partitions);
  }
  for (let open = unknownSinks(subtopologies, counts); open.length > 0; ) {
    for (const { name, writer } of open) {
      const sources = [
        ...writer.repartitionSourceTopics.flatMap((topic) => counts.get(topic.name) ?? []),
        ...writer.sourceTopics.flatMap((topic) => existing(topic) ?? []),
      ];
      if (sources.length > 0) counts.set(name, Math.max(...sources));
    }
    const left = unknownSinks(subtopologies, counts);
    if (left.length === open.length) {
      throw invalid(
        'Failed to compute number of partitions for all repartition topics. There may be loops in the topology that ' +
          'cannot be resolved.',
      );
    }
    open = left;
  }
  const isUnwritten = subtopologies.some((one) => one.repartitionSourceTopics.some(({ name }) => !counts.has(name)));
  if (isUnwritten) {
    throw invalid(
      'Failed to compute number of partitions for all repartition topics, because a repartition source topic is never ' +
        'used as a sink topic.',
    );
  }
  return counts;
}

function unknownSinks(
  subtopologies: readonly Subtopology[],
  counts: Counts,
): { readonly name: string; readonly writer: Subtopology }[] {
  return subtopologies.flatMap((writer) =>
    writer.repartitionSinkTopics.flatMap((name) => (counts.has(name) ? [] : [{ name, writer }])),
  );
}

/** The topics that are joined with each other, by name. */
function copartitionGroups(subtopology: Subtopology): string[][] {
  const { sourceTopics, repartitionSourceTopics } = subtopology;
  return subtopology.copartitionGroups.map((group) => {
    const names = [
      ...group.sourceTopics.map((at) => sourceTopics[at]),
      ...group.repartitionSourceTopics.map((at) => repartitionSourceTopics[at]?.name),
    ];
    if (names.includes(undefined)) throw invalid('A copartition group names a topic that the subtopology has not.');
    return [...new Set(names as string[])];
  });
}

/** Gives all repartition topics of a group the number of partitions that the group needs. */
function alignCounts(group: readonly string[], topology: Topology, counts: Counts, countOf: Existing): void {
  const infos = topology.subtopologies.flatMap(({ repartitionSourceTopics }) => repartitionSourceTopics);
  const repartitions = group.filter((name) => infos.some((info) => info.name === name));
  const isFixed = (name: string): boolean => infos.some((info) => info.name === name && info.partitions !== 0);
  const others = group.filter((name) => !repartitions.includes(name));
  const fixed = repartitions.filter(isFixed);
  // Users' topics decide, then what the application says, then the largest.
  const deciding = others.length > 0 ? others : fixed;
  const wanted =
    deciding.length > 0 ? sameCount(deciding, countOf) : Math.max(...repartitions.map((name) => countOf(name) ?? 0), 0);
  for (const name of repartitions) {
    const count = countOf(name) ?? 0;
    if (isFixed(name) && count !== wanted) {
      throw new TopicProblem(
        'INCORRECTLY_PARTITIONED_TOPICS',
        `Number of partitions [${count}] of repartition topic [${name}] doesn't match number of partitions [${wanted}] ` +
          'of the source topic.',
      );
    }
    counts.set(name, wanted);
  }
}

function sameCount(names: readonly string[], countOf: Existing): number {
  const counts = names.map((name) => countOf(name) ?? 0);
  if (counts.every((count) => count === counts[0])) return counts[0]!;
  const listed = [...names].sort().map((name) => `${name}=${countOf(name) ?? 0}`);
  throw new TopicProblem(
    'INCORRECTLY_PARTITIONED_TOPICS',
    `Following topics do not have the same number of partitions: [{${listed.join(', ')}}]`,
  );
}

function invalid(what: string): BrokerError {
  return new BrokerError('STREAMS_INVALID_TOPOLOGY', what);
}
