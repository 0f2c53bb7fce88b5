import { brokerConfig } from '../cluster/broker-config.ts';
import { checkClientMetricsConfigs } from '../cluster/client-metrics-configs.ts';
import type { ClusterChange, Topic } from '../cluster/cluster-image.ts';
import { type ConfigDefinition, type ConfigType, checkConfigValue } from '../cluster/config-definition.ts';
import { checkGroupConfigs } from '../cluster/group-configs.ts';
import { isIgnoredConfig } from '../cluster/ignored-configs.ts';
import { checkTopicConfigs } from '../cluster/topic-configs.ts';
import { checkTopicName } from '../cluster/topic-names.ts';
import { BrokerError } from '../lib/broker-error.ts';
import type { Services } from './api.ts';

/** Kafka's `ConfigResource.Type`. */
export const RESOURCE = { topic: 2, broker: 4, brokerLogger: 8, clientMetrics: 16, group: 32 } as const;

/** Kafka's `DescribeConfigsResponse.ConfigSource`. */
export const CONFIG_SOURCE = {
  topic: 1,
  'dynamic-broker': 2,
  'static-broker': 4,
  default: 5,
  'client-metrics': 7,
  group: 8,
} as const;

/** Kafka's `DescribeConfigsResponse.ConfigType`. */
export const CONFIG_TYPE: Readonly<Record<ConfigType, number>> = {
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
};

export type Resource = { readonly resourceType: number; readonly resourceName: string };
export type Values = Readonly<Record<string, string>>;

/** @throws BrokerError `UNKNOWN_TOPIC_OR_PARTITION`, `INVALID_TOPIC_EXCEPTION`. */
export function requireTopic(services: Services, name: string): Topic {
  checkTopicName(name);
  const topic = services.cluster.topic(name);
  if (topic === undefined) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
  return topic;
}

/** A broker is named by its id; the empty name stands for all brokers. @throws BrokerError `INVALID_REQUEST`. */
export function checkBrokerName(services: Services, name: string, mayBeEmpty: boolean): void {
  if ((name === '' && mayBeEmpty) || name === String(services.nodeId)) return;
  throw new BrokerError(
    'INVALID_REQUEST',
    /^\d+$/.test(name)
      ? `Unexpected broker id, expected ${services.nodeId} or empty string, but received ${name}`
      : `Broker id must be an integer, but it is: ${name}`,
  );
}

/** The configs that were set on a resource itself. */
export function ownConfigs(services: Services, { resourceType, resourceName }: Resource): Values {
  switch (resourceType) {
    case RESOURCE.topic:
      return requireTopic(services, resourceName).configs;
    case RESOURCE.broker:
      checkBrokerName(services, resourceName, true);
      return services.cluster.image.brokerConfigs;
    case RESOURCE.group:
      return groupConfigs(services, resourceName);
    case RESOURCE.clientMetrics:
      return clientMetricsConfigs(services, resourceName);
    default:
      throw unsupportedResource(resourceType);
  }
}

/** What was set for a group, which need not be there yet. @throws BrokerError `INVALID_REQUEST`. */
export function groupConfigs({ cluster }: Services, groupId: string): Values {
  if (groupId === '') throw new BrokerError('INVALID_REQUEST', 'Group name must not be empty');
  return cluster.image.groupConfigs.get(groupId) ?? {};
}

/** What was set for a subscription to metrics of clients. @throws BrokerError `INVALID_REQUEST`. */
export function clientMetricsConfigs({ cluster }: Services, subscription: string): Values {
  if (subscription === '') throw new BrokerError('INVALID_REQUEST', "Subscription name can't be empty");
  return cluster.image.clientMetrics.get(subscription) ?? {};
}

/** The change that gives a resource these configs and no others. @throws BrokerError `INVALID_CONFIG`, … */
export function configChange(
  services: Services,
  { resourceType, resourceName }: Resource,
  values: Readonly<Record<string, string | null>>,
): ClusterChange {
  if (resourceType === RESOURCE.topic) {
    return { kind: 'topic-configs-set', name: resourceName, configs: checkTopicConfigs(values) };
  }
  if (resourceType === RESOURCE.group) {
    const configs = checkGroupConfigs(values, services.config);
    return { kind: 'group-configs-set', groupId: resourceName, configs };
  }
  if (resourceType === RESOURCE.clientMetrics) {
    return { kind: 'client-metrics-set', subscription: resourceName, configs: checkClientMetricsConfigs(values) };
  }
  return { kind: 'broker-configs-set', configs: checkBrokerConfigs(services, values) };
}

/** Stores a change of configs and lets the logs that it concerns go by it. */
export async function applyConfigChange(services: Services, change: ClusterChange): Promise<void> {
  await services.cluster.change([change]);
  if (change.kind === 'topic-configs-set') services.logs.configure(change.name);
  if (change.kind !== 'broker-configs-set') return;
  for (const name of services.cluster.image.topics.keys()) services.logs.configure(name);
}

export function unsupportedResource(resourceType: number): BrokerError {
  return new BrokerError(
    'INVALID_REQUEST',
    `Unexpected resource type ${resourceType}: topics, brokers, groups and metrics of clients have configs`,
  );
}

function checkBrokerConfigs(services: Services, values: Readonly<Record<string, string | null>>): Values {
  const checked: Record<string, string> = {};
  const current = services.cluster.image.brokerConfigs;
  for (const [name, value] of Object.entries(values)) {
    const definition: ConfigDefinition | undefined = brokerConfig(name);
    if (value === null) throw new BrokerError('INVALID_CONFIG', `Null value not supported for broker configs: ${name}`);
    if (definition === undefined) {
      if (!isIgnoredConfig(name)) throw new BrokerError('INVALID_CONFIG', `Unknown broker config name: ${name}`);
      checked[name] = value;
      continue;
    }
    if (definition.isDynamic !== true && current[name] !== value) {
      throw new BrokerError('INVALID_REQUEST', `Cannot update these configs dynamically: Set(${name})`);
    }
    checkConfigValue(definition, value);
    checked[name] = value.trim();
  }
  return checked;
}
