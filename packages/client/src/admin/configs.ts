import { DescribeConfigsRequestDefaults } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import type { BrokerLink } from '../connection/broker-link.ts';
import { throwIfError } from '../lib/errors.ts';
import type { ConfigChange, ConfigEntry, ConfigResource } from './admin-types.ts';

const RESOURCE_TYPE: Readonly<Record<ConfigResource['type'], number>> = { topic: 2, broker: 4, group: 32 };
const OPERATION: Readonly<Record<ConfigChange['operation'], number>> = { set: 0, delete: 1, append: 2, subtract: 3 };
const SOURCE_DEFAULT = 5;

export async function describeConfigs(cluster: Cluster, resource: ConfigResource): Promise<readonly ConfigEntry[]> {
  const link = await linkFor(cluster, resource);
  const answer = await link.call('DescribeConfigs', {
    ...DescribeConfigsRequestDefaults,
    resources: [{ resourceType: RESOURCE_TYPE[resource.type], resourceName: resource.name, configurationKeys: null }],
  });
  return answer.results.flatMap(({ errorCode, errorMessage, configs }) => {
    throwIfError(errorCode, `describing the configs of ${resource.type} '${resource.name}'`, resource, errorMessage);
    return configs.map((config) => ({
      name: config.name,
      value: config.value,
      isDefault: config.configSource === SOURCE_DEFAULT,
      isReadOnly: config.readOnly,
      isSensitive: config.isSensitive,
      source: config.configSource,
    }));
  });
}

export async function incrementalAlterConfigs(
  cluster: Cluster,
  resource: ConfigResource,
  changes: readonly ConfigChange[],
): Promise<void> {
  const link = await linkFor(cluster, resource);
  const answer = await link.call('IncrementalAlterConfigs', {
    validateOnly: false,
    resources: [
      {
        resourceType: RESOURCE_TYPE[resource.type],
        resourceName: resource.name,
        configs: changes.map(({ name, operation, value }) => ({
          name,
          configOperation: OPERATION[operation],
          value: value ?? null,
        })),
      },
    ],
  });
  for (const { errorCode, errorMessage } of answer.responses) {
    throwIfError(errorCode, `changing the configs of ${resource.type} '${resource.name}'`, resource, errorMessage);
  }
}

/** A broker answers for its own configs only. */
async function linkFor(cluster: Cluster, resource: ConfigResource): Promise<BrokerLink> {
  if (resource.type !== 'broker' || resource.name === '') return await cluster.controllerLink();
  if (cluster.metadata.nodes.size === 0) await cluster.refresh();
  return await cluster.link(Number(resource.name));
}
