import { topologyError } from '../../errors.ts';
import type { SourceSpec } from '../../topology/node-specs.ts';
import type { Topology } from '../../topology/topology.ts';
import type { TopicNames } from './topic-names.ts';

/** The brokers' own topics are no pattern's (`exclude.internal.topics`). */
const BROKER_TOPIC_PREFIX = '__';

/** The topics of each source that reads by a pattern, in order: by the source's name. */
export type MatchedTopics = ReadonlyMap<string, readonly string[]>;

/** Whether the pattern matches the name as a whole, as Java's patterns do. */
function matchesTopic(pattern: RegExp, topic: string): boolean {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, '')).test(topic);
}

/**
 * Finds the topics of sources that read by a pattern. Topics that another source names, and those that the application
 * makes for itself, belong to no pattern.
 *
 * @throws MillraceError `TOPOLOGY_INVALID` when two patterns match one topic: who would read it is not said.
 */
export function matchTopics(topology: Topology, names: TopicNames, existing: Iterable<string>): MatchedTopics {
  const sources = [...topology.nodes.values()].filter((node): node is SourceSpec => node.kind === 'source');
  const taken = new Set<string>([
    ...sources.flatMap(({ topics }) => topics.map((topic) => names.real(topic))),
    ...[...topology.internalTopics.keys()].map((topic) => names.real(topic)),
    ...[...topology.stores.keys()].map((store) => names.changelog(store)),
  ]);
  const free = [...existing].filter((topic) => !taken.has(topic) && !topic.startsWith(BROKER_TOPIC_PREFIX)).sort();
  const matched = new Map<string, readonly string[]>();
  const patternOf = new Map<string, RegExp>();
  for (const { name, pattern } of sources) {
    if (pattern === null) continue;
    const own = free.filter((topic) => matchesTopic(pattern, topic));
    for (const topic of own) {
      const other = patternOf.get(topic);
      if (other !== undefined) throw topologyError(`Topic ${topic} is matched by ${pattern}, and by ${other}.`);
      patternOf.set(topic, pattern);
    }
    matched.set(name, own);
  }
  return matched;
}
