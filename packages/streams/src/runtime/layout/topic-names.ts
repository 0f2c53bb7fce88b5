import type { Topology } from '../../topology/topology.ts';

/** The names that topics of Millrace's own have on the brokers: the application's id, the name, the kind. */
export type TopicNames = {
  /** A topic as the topology calls it → as the brokers do. */
  real(topic: string): string;
  changelog(store: string): string;
};

export function topicNames(applicationId: string, topology: Topology): TopicNames {
  return {
    real: (topic) => (topology.internalTopics.has(topic) ? `${applicationId}-${topic}` : topic),
    changelog: (store) => {
      const source = topology.stores.get(store)?.changelogIsSourceTopic ?? null;
      return source ?? `${applicationId}-${store}-changelog`;
    },
  };
}
