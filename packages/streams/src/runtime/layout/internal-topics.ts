import { unreachable } from '@millrace/base';
import type { Admin, NewTopic } from '@millrace/client';
import { topologyError } from '../../errors.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { Topology } from '../../topology/topology.ts';
import type { TopicNames } from './topic-names.ts';
import { type TopologyLayout, taskCount } from './topology-layout.ts';

/** Kafka Streams' `windowstore.changelog.additional.retention.ms`: for clocks that do not agree. */
const ADDITIONAL_RETENTION_MS = 24 * 60 * 60 * 1_000;
/** Kafka Streams' segment size for repartition topics: small, so that purging frees disk soon. */
const REPARTITION_SEGMENT_BYTES = 50 * 1024 * 1024;

type WantedTopic = { readonly name: string; readonly partitionCount: number; readonly configs: TopicConfigs };
type TopicConfigs = Readonly<Record<string, string>>;

/** How many partitions each topic has that is on the brokers. */
export async function partitionCounts(admin: Admin): Promise<ReadonlyMap<string, number>> {
  return new Map((await admin.listTopics()).map(({ name, partitions }) => [name, partitions.length]));
}

export type InternalTopicsOptions = {
  readonly layout: TopologyLayout;
  readonly topology: Topology;
  readonly names: TopicNames;
};

/** The topics that an application makes for itself, given the partition counts of all that it reads. */
export function internalTopicsOf(
  { layout, topology, names }: InternalTopicsOptions,
  counts: ReadonlyMap<string, number>,
): WantedTopic[] {
  const wanted: WantedTopic[] = [];
  for (const name of layout.repartitionTopics.keys()) {
    const partitionCount = counts.get(name);
    if (partitionCount !== undefined) wanted.push({ name, partitionCount, configs: REPARTITION_CONFIGS });
  }
  for (const own of layout.subTopologies) {
    const partitionCount = taskCount(own, counts);
    // Without tasks, since a pattern matches no topic yet.
    if (partitionCount === 0) continue;
    for (const store of own.stores) {
      const { spec } = topology.stores.get(store)!;
      if (spec.logging === false) continue;
      const name = names.changelog(store);
      wanted.push({ name, partitionCount, configs: changelogConfigs(spec) });
    }
  }
  return wanted;
}

/**
 * Repartition records are deleted by the application itself once they were processed, never by age: event times may
 * lie years back.
 */
const REPARTITION_CONFIGS: TopicConfigs = {
  'cleanup.policy': 'delete',
  'message.timestamp.type': 'CreateTime',
  'retention.ms': '-1',
  'segment.bytes': String(REPARTITION_SEGMENT_BYTES),
};

/** A changelog keeps the last change of each key; those of windows also end with the store's retention. */
function changelogConfigs(spec: StoreSpec): TopicConfigs {
  const own = spec.logging === false ? {} : spec.logging.topicConfig;
  return { 'message.timestamp.type': 'CreateTime', ...cleanup(spec), ...own };
}

function cleanup(spec: StoreSpec): TopicConfigs {
  switch (spec.kind) {
    case 'key-value':
      return { 'cleanup.policy': 'compact' };
    case 'versioned':
      return {
        'cleanup.policy': 'compact',
        'min.compaction.lag.ms': String(spec.historyRetentionMs + ADDITIONAL_RETENTION_MS),
      };
    case 'window':
    case 'session':
      return {
        'cleanup.policy': 'compact,delete',
        'retention.ms': String(spec.retentionMs + ADDITIONAL_RETENTION_MS),
      };
    default:
      return unreachable(spec);
  }
}

/**
 * Makes the topics that are not there yet.
 *
 * @throws MillraceError `TOPOLOGY_INVALID` when one is there with another number of partitions: records of a key would
 *   be looked for in the wrong task.
 */
export async function ensureInternalTopics(
  admin: Admin,
  wanted: readonly WantedTopic[],
  replicationFactor: number,
): Promise<void> {
  const existing = await partitionCounts(admin);
  const missing: NewTopic[] = [];
  for (const { name, partitionCount, configs } of wanted) {
    const actual = existing.get(name);
    if (actual === undefined) missing.push({ name, partitionCount, replicationFactor, configs });
    else if (actual !== partitionCount) {
      throw topologyError(
        `Existing internal topic ${name} has invalid partitions: expected: ${partitionCount}; actual: ${actual}. ` +
          'Delete the topic (its state is rebuilt from the input), or go back to the former number of partitions.',
      );
    }
  }
  if (missing.length > 0) await admin.createTopics(missing, { ignoreExisting: true });
}
