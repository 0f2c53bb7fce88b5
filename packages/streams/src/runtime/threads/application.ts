import type { ClientOptions } from '@millrace/client';
import { illegalArgument } from '../../errors.ts';
import { CacheMemory } from '../../state/layers/cache-memory.ts';
import { RecentMemory } from '../../state/layers/recent-segments.ts';
import type { Topology } from '../../topology/topology.ts';
import { type KafkaStreamsOptions, type RuntimeConfig, resolveOptions } from '../config/options.ts';
import { type TopicNames, topicNames } from '../layout/topic-names.ts';
import { type TopologyLayout, topologyLayout } from '../layout/topology-layout.ts';

/** Memory of an instance for the latest windows and sessions of its stores. */
const RECENT_SEGMENTS_BYTES_MAX = 64 * 1024 * 1024;

/** An application before it runs: the same in all its threads. */
export type Application = {
  readonly topology: Topology;
  readonly config: RuntimeConfig;
  readonly names: TopicNames;
  readonly layout: TopologyLayout;
};

/** @throws MillraceError `INVALID_ARGUMENT` for options that cannot be. */
export function applicationOf(topology: Topology, options: KafkaStreamsOptions): Application {
  const config = resolveOptions(options);
  const names = topicNames(config.applicationId, topology);
  return { topology, config, names, layout: topologyLayout(topology, names) };
}

/** What each of so many threads has of the memory that the instance may use. */
export function memoryShare(
  { stateStoreCacheMaxBytes }: RuntimeConfig,
  threadCount: number,
): { readonly cache: CacheMemory | null; readonly recent: RecentMemory } {
  const cacheBytes = Math.floor(stateStoreCacheMaxBytes / threadCount);
  return {
    cache: cacheBytes > 0 ? new CacheMemory(cacheBytes) : null,
    recent: new RecentMemory(Math.floor(RECENT_SEGMENTS_BYTES_MAX / threadCount)),
  };
}

/** @throws MillraceError `INVALID_ARGUMENT` when nothing says where the brokers are. */
export function clientOptions(options: KafkaStreamsOptions, clientId: string): ClientOptions {
  const { bootstrapServers, dial } = options;
  const bootstrap = bootstrapServers ?? options.config?.['bootstrap.servers'];
  if (bootstrap === undefined && dial === undefined) {
    throw illegalArgument('say where the brokers are: bootstrapServers, or dial for a broker in this process');
  }
  const common = { clientId, ...options };
  return (dial === undefined ? { ...common, bootstrapServers: bootstrap } : common) as ClientOptions;
}
