import type { EngineParts } from '../engine-parts.ts';
import type { HostStat } from '../results.ts';
import type { Stat } from '../statistics/topic-statistics.ts';
import { askOthers } from './ask-others.ts';

/** Where engines ask each other what they do with topics. */
export const TOPIC_STATS_PATH = '/topic-stats-here';

export type TopicStatsRequest = { readonly topics: readonly string[] };

type TopicStats = { readonly stats: readonly Stat[]; readonly errorStats: readonly Stat[] };

/** By topic. */
export type TopicStatsHere = Readonly<Record<string, TopicStats>>;

/** What an engine does with some topics, as it tells the others. */
export async function topicStatsHere(topics: readonly string[], engine: EngineParts): Promise<TopicStatsHere> {
  const { sampler, statistics } = engine;
  await sampler.sample();
  return Object.fromEntries(
    topics.map((topic) => [topic, { stats: statistics.stats(topic), errorStats: statistics.errorStats(topic) }]),
  );
}

type ClusterStats = { readonly stats: readonly HostStat[]; readonly errorStats: readonly HostStat[] };

/** The same of all engines that answer, each figure with its host. */
export async function topicStatsOfAll(
  topics: readonly string[],
  engine: EngineParts,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ClusterStats>> {
  const body: TopicStatsRequest = { topics };
  const elsewhere = await askOthers<TopicStatsHere>({ path: TOPIC_STATS_PATH, body }, engine, signal);
  const here = await topicStatsHere(topics, engine);
  const told = [[engine.advertised?.server ?? '', here] as const, ...elsewhere];
  const ofTopic = (topic: string, kind: 'stats' | 'errorStats'): readonly HostStat[] =>
    told.flatMap(([host, answer]) => (answer?.[topic]?.[kind] ?? []).map((stat) => ({ ...stat, host })));
  return new Map(
    topics.map((topic) => [topic, { stats: ofTopic(topic, 'stats'), errorStats: ofTopic(topic, 'errorStats') }]),
  );
}
