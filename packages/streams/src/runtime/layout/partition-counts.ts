import { StreamsError, topologyError } from '../../errors.ts';

/** What must be known of the topology, by real topic names, to find out how many partitions its own topics need. */
export type PartitionCountQuestion = {
  /** One entry a sub-topology: what it reads and which repartition topics it writes. */
  readonly subTopologies: readonly { readonly sources: readonly string[]; readonly sinks: readonly string[] }[];
  /** Repartition topics with the count that the user fixed, or null. */
  readonly repartitionTopics: ReadonlyMap<string, number | null>;
  /** Sets of source topics that must have equal counts. */
  readonly copartitioned: readonly (readonly string[])[];
  /** Counts of the topics that exist; what is missing is not there. */
  readonly existing: ReadonlyMap<string, number>;
};

/**
 * The partition count of every source topic: repartition topics without a fixed count get as many as what feeds them
 * has, or what their co-partitioned neighbours need. (Kafka Streams: RepartitionTopics, CopartitionedTopicsEnforcer.)
 *
 * @throws MillraceError `MISSING_SOURCE_TOPIC` when an input topic is not there, `TOPOLOGY_INVALID` when topics that are
 *   joined cannot be brought to one count.
 */
export function resolvePartitionCounts(question: PartitionCountQuestion): ReadonlyMap<string, number> {
  const { subTopologies, repartitionTopics, existing } = question;
  const counts = new Map<string, number>();
  const missing = new Set<string>();
  for (const source of subTopologies.flatMap(({ sources }) => sources)) {
    if (repartitionTopics.has(source)) continue;
    const count = existing.get(source);
    if (count === undefined) missing.add(source);
    else counts.set(source, count);
  }
  if (missing.size > 0) throw missingTopics([...missing].sort());
  for (const [topic, count] of repartitionTopics) if (count !== null) counts.set(topic, count);
  deriveCounts(question, counts);
  for (const topics of question.copartitioned) copartition(topics, question, counts);
  return counts;
}

/** A repartition topic takes the largest count among the sources of what writes it; those may be such topics again. */
function deriveCounts(question: PartitionCountQuestion, counts: Map<string, number>): void {
  const unfed = unfedTopics(question);
  let open = [...question.repartitionTopics.keys()].filter((topic) => !counts.has(topic) && !unfed.has(topic));
  while (open.length > 0) {
    const before = open.length;
    open = open.filter((topic) => !deriveCount(topic, question, counts, 'all'));
    if (open.length < before) continue;
    // The two topics of a foreign-key join wait for each other: one of them begins with what is known.
    const first = open.find((topic) => deriveCount(topic, question, counts, 'some'));
    if (first === undefined) {
      throw topologyError(`Failed to compute number of partitions for all repartition topics: [${open.join(', ')}]`);
    }
    open = open.filter((topic) => topic !== first);
  }
}

/** Repartition topics that nothing can come to: a pattern at their beginning matches no topic yet. */
function unfedTopics({ subTopologies, repartitionTopics }: PartitionCountQuestion): Set<string> {
  const unfed = new Set<string>();
  for (let before = -1; before < unfed.size; ) {
    before = unfed.size;
    for (const { sources, sinks } of subTopologies) {
      if (!sources.every((source) => unfed.has(source))) continue;
      for (const topic of sinks) if (repartitionTopics.has(topic)) unfed.add(topic);
    }
  }
  return unfed;
}

/** Returns whether it could: if all counts upstream are known, or some. */
function deriveCount(
  topic: string,
  { subTopologies }: PartitionCountQuestion,
  counts: Map<string, number>,
  needed: 'all' | 'some',
): boolean {
  const writers = subTopologies.filter(({ sinks }) => sinks.includes(topic));
  const upstream = writers.flatMap(({ sources }) => sources).map((source) => counts.get(source));
  const known = upstream.filter((count) => count !== undefined);
  if (known.length === 0 || (needed === 'all' && known.length < upstream.length)) return false;
  counts.set(topic, Math.max(...known));
  return true;
}

function copartition(
  topics: readonly string[],
  { repartitionTopics }: PartitionCountQuestion,
  counts: Map<string, number>,
): void {
  const known = topics.filter((topic) => counts.has(topic));
  const given = known.filter((topic) => repartitionTopics.get(topic) !== null || !repartitionTopics.has(topic));
  const derived = known.filter((topic) => repartitionTopics.get(topic) === null);
  const needed = new Set(given.map((topic) => counts.get(topic)!));
  if (needed.size > 1) {
    const shown = given.map((topic) => `${topic} (${counts.get(topic)})`).sort();
    throw topologyError(
      `Topics not co-partitioned: [${shown.join(', ')}]. Topics that are joined or co-grouped need equal partition ` +
        'counts: create them so, or repartition() one side first.',
    );
  }
  const [fixed] = needed;
  const count = fixed ?? Math.max(...derived.map((topic) => counts.get(topic)!));
  for (const topic of derived) counts.set(topic, count);
}

function missingTopics(topics: readonly string[]): StreamsError {
  return new StreamsError(
    'MISSING_SOURCE_TOPIC',
    `One or more source topics were missing during rebalance: [${topics.join(', ')}]. Create them before the start.`,
    { context: { topics } },
  );
}
