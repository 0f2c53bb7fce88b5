import { createHash } from 'node:crypto';
import type { ClusterImage } from '../../../cluster/cluster-image.ts';
import { compileRegex } from '../../../lib/regex/compile.ts';
import { type ConsumerMember, hasRegex } from './member.ts';
import type { ResolvedRegex } from './resolved-regex.ts';

/** The topics that there are. */
export type Topics = Pick<ClusterImage, 'topics' | 'topicsById'>;

export type Regexes = ReadonlyMap<string, ResolvedRegex>;

/** Bytes of a digest that fit a number exactly. */
const HASH_BYTES = 6;

/** Which topics a member subscribes to, by name or by regular expression, whether they exist or not. */
export function topicsOf(member: ConsumerMember, regexes: Regexes): ReadonlySet<string> {
  const topics = new Set(member.subscribedTopics);
  if (hasRegex(member)) for (const topic of regexes.get(member.subscribedRegex)?.topics ?? []) topics.add(topic);
  return topics;
}

/** The same by the ids of topics that exist. */
export function topicIdsOf(member: ConsumerMember, regexes: Regexes, { topics }: Topics): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const name of topicsOf(member, regexes)) {
    const topic = topics.get(name);
    if (topic !== undefined) ids.add(topic.id);
  }
  return ids;
}

/** Tells whether topics that somebody subscribes to came, went, were made anew, or got more partitions. */
export function metadataHash(members: Iterable<ConsumerMember>, regexes: Regexes, topics: Topics): number {
  const subscribed = new Set<string>();
  for (const member of members) for (const name of topicsOf(member, regexes)) subscribed.add(name);
  return topicsHash(subscribed, topics);
}

/** The same for topics by their names. */
export function topicsHash(subscribed: ReadonlySet<string>, { topics }: Topics): number {
  const existing = [...subscribed].sort().flatMap((name) => topics.get(name) ?? []);
  if (existing.length === 0) return 0;
  const hash = createHash('sha256');
  for (const { name, id, partitionCount } of existing) hash.update(`${name}\n${id}\n${partitionCount}\n`);
  return hash.digest().readUIntBE(0, HASH_BYTES);
}

/** The regular expressions of the members, each with the topics that match it now. */
export function resolveRegexes(
  members: Iterable<ConsumerMember>,
  { topics }: Topics,
  { maySee, nowMs }: { readonly maySee: (topic: string) => boolean; readonly nowMs: number },
): Regexes {
  const resolved = new Map<string, ResolvedRegex>();
  for (const member of members) {
    if (!hasRegex(member) || resolved.has(member.subscribedRegex)) continue;
    const matches = compileRegex(member.subscribedRegex);
    const names = [...topics.keys()].filter((name) => matches(name) && maySee(name)).sort();
    resolved.set(member.subscribedRegex, { topics: names, version: -1, timestampMs: nowMs });
  }
  return resolved;
}
