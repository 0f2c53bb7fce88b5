import { withoutEpochs } from '../consumer/partitions.ts';
import type { ConfiguredSubtopologies, ConfiguredTopology } from './configured-topology.ts';
import type { Endpoint, StreamsMember } from './member.ts';
import type { TaskSet } from './tasks.ts';
import { sourceTopicsOf } from './topology.ts';

type TopicPartitionList = { readonly topic: string; readonly partitions: readonly number[] };

/** What of the sources of an application interactive queries find at an endpoint. */
export type EndpointPartitions = {
  readonly userEndpoint: Endpoint;
  readonly activePartitions: readonly TopicPartitionList[];
  readonly standbyPartitions: readonly TopicPartitionList[];
};

/** The partitions that the tasks of members with an endpoint read. */
export function partitionsByEndpoint(
  members: Iterable<StreamsMember>,
  configured: ConfiguredTopology,
  partitionCountOf: (topic: string) => number,
): EndpointPartitions[] {
  if (configured.kind !== 'ready') return [];
  const { subtopologies } = configured;
  return [...members].flatMap(({ userEndpoint, held }) => {
    if (userEndpoint === null) return [];
    return {
      userEndpoint,
      activePartitions: partitionsOf(withoutEpochs(held.active), subtopologies, partitionCountOf),
      standbyPartitions: partitionsOf(held.standby, subtopologies, partitionCountOf),
    };
  });
}

function partitionsOf(
  tasks: TaskSet,
  subtopologies: ConfiguredSubtopologies,
  partitionCountOf: (topic: string) => number,
): TopicPartitionList[] {
  return [...tasks].flatMap(([id, partitions]) => {
    const configured = subtopologies.get(id);
    if (configured === undefined) return [];
    return sourceTopicsOf(configured.subtopology).map((topic) => {
      // The largest source tells how many tasks there are: others have fewer partitions.
      const count = partitionCountOf(topic);
      return { topic, partitions: partitions.filter((partition) => partition < count) };
    });
  });
}
