import {
  applySecurityChange,
  EMPTY_SECURITY,
  type SecurityChange,
  type SecurityImage,
  securityChangesOf,
} from './security-image.ts';
import type { TopicConfigs } from './topic-configs.ts';

export type Topic = {
  readonly name: string;
  /** Kafka's topic id: sixteen bytes as 22 characters of base64url. */
  readonly id: string;
  readonly partitionCount: number;
  readonly configs: TopicConfigs;
};

/** All that the broker knows about itself and its topics at one moment. Never changed: a change makes the next image. */
export type ClusterImage = {
  readonly clusterId: string;
  /** How many times a broker started on this folder after an unclean stop: the leader epoch of every partition. */
  readonly leaderEpoch: number;
  /** The first producer id that was never given out. */
  readonly nextProducerId: number;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly topicsById: ReadonlyMap<string, Topic>;
  /** Broker configs that were changed while running. */
  readonly brokerConfigs: Readonly<Record<string, string>>;
  /** Configs of consumer groups, of those that have some of their own. */
  readonly groupConfigs: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Configs of subscriptions to metrics of clients. */
  readonly clientMetrics: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly security: SecurityImage;
};

/** What may happen to a cluster; the lines of the metadata log. */
export type ClusterChange =
  | { readonly kind: 'cluster-created'; readonly clusterId: string }
  | { readonly kind: 'leader-epoch-raised'; readonly leaderEpoch: number }
  | { readonly kind: 'producer-ids-reserved'; readonly nextProducerId: number }
  | { readonly kind: 'topic-created'; readonly topic: Topic }
  | { readonly kind: 'topic-deleted'; readonly name: string }
  | { readonly kind: 'partitions-added'; readonly name: string; readonly partitionCount: number }
  | { readonly kind: 'topic-configs-set'; readonly name: string; readonly configs: TopicConfigs }
  | { readonly kind: 'broker-configs-set'; readonly configs: Readonly<Record<string, string>> }
  | {
      readonly kind: 'group-configs-set';
      readonly groupId: string;
      readonly configs: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'client-metrics-set';
      readonly subscription: string;
      readonly configs: Readonly<Record<string, string>>;
    }
  | SecurityChange;

export const EMPTY_IMAGE: ClusterImage = {
  clusterId: '',
  leaderEpoch: 0,
  nextProducerId: 0,
  topics: new Map(),
  topicsById: new Map(),
  brokerConfigs: {},
  groupConfigs: new Map(),
  clientMetrics: new Map(),
  security: EMPTY_SECURITY,
};

/** The image after some changes; many at once cost one copy of the maps. */
export function applyChanges(image: ClusterImage, changes: readonly ClusterChange[]): ClusterImage {
  const touchesTopics = changes.some((change) => 'topic' in change || 'name' in change);
  const topics = touchesTopics ? new Map(image.topics) : image.topics;
  const topicsById = touchesTopics ? new Map(image.topicsById) : image.topicsById;
  let next: ClusterImage = { ...image, topics, topicsById };
  const put = (topic: Topic): void => {
    (topics as Map<string, Topic>).set(topic.name, topic);
    (topicsById as Map<string, Topic>).set(topic.id, topic);
  };
  for (const change of changes) {
    switch (change.kind) {
      case 'cluster-created':
        next = { ...next, clusterId: change.clusterId };
        break;
      case 'leader-epoch-raised':
        // Never back: what a power cut left of an old log is read again on top of a newer snapshot.
        next = { ...next, leaderEpoch: Math.max(next.leaderEpoch, change.leaderEpoch) };
        break;
      case 'producer-ids-reserved':
        next = { ...next, nextProducerId: Math.max(next.nextProducerId, change.nextProducerId) };
        break;
      case 'broker-configs-set':
        next = { ...next, brokerConfigs: change.configs };
        break;
      case 'group-configs-set':
        next = { ...next, groupConfigs: withConfigs(next.groupConfigs, change.groupId, change.configs) };
        break;
      case 'client-metrics-set':
        next = { ...next, clientMetrics: withConfigs(next.clientMetrics, change.subscription, change.configs) };
        break;
      case 'topic-created':
        put(change.topic);
        break;
      case 'topic-deleted': {
        const topic = topics.get(change.name);
        (topics as Map<string, Topic>).delete(change.name);
        if (topic !== undefined) (topicsById as Map<string, Topic>).delete(topic.id);
        break;
      }
      case 'partitions-added':
        put({ ...topics.get(change.name)!, partitionCount: change.partitionCount });
        break;
      case 'topic-configs-set':
        put({ ...topics.get(change.name)!, configs: change.configs });
        break;
      default:
        next = { ...next, security: applySecurityChange(next.security, change) };
    }
  }
  return next;
}

function withConfigs(
  before: ClusterImage['groupConfigs'],
  name: string,
  configs: Readonly<Record<string, string>>,
): ClusterImage['groupConfigs'] {
  const next = new Map(before);
  if (Object.keys(configs).length === 0) next.delete(name);
  else next.set(name, configs);
  return next;
}

/** The changes that make an image from the empty one: what a snapshot holds. */
export function changesOf(image: ClusterImage): ClusterChange[] {
  return [
    { kind: 'cluster-created', clusterId: image.clusterId },
    { kind: 'leader-epoch-raised', leaderEpoch: image.leaderEpoch },
    { kind: 'producer-ids-reserved', nextProducerId: image.nextProducerId },
    { kind: 'broker-configs-set', configs: image.brokerConfigs },
    ...[...image.groupConfigs].map(([groupId, configs]): ClusterChange => {
      return { kind: 'group-configs-set', groupId, configs };
    }),
    ...[...image.clientMetrics].map(([subscription, configs]): ClusterChange => {
      return { kind: 'client-metrics-set', subscription, configs };
    }),
    ...securityChangesOf(image.security),
    ...[...image.topics.values()].map((topic): ClusterChange => ({ kind: 'topic-created', topic })),
  ];
}
