import { DescribeConfigsRequestDefaults } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import type { BrokerLink } from '../connection/broker-link.ts';
import { throwIfError } from '../lib/errors.ts';
import type { AlterOptions } from './admin-types.ts';
import type { ConfigChange, ConfigEntry, ConfigResource, DescribeConfigsOptions } from './config-types.ts';

const RESOURCE_TYPE: Readonly<Record<ConfigResource['type'], number>> = {
  topic: 2,
  broker: 4,
  'broker-logger': 8,
  'client-metrics': 16,
  group: 32,
};
const OPERATION: Readonly<Record<ConfigChange['operation'], number>> = { set: 0, delete: 1, append: 2, subtract: 3 };
const SOURCE_DEFAULT = 5;

export async function describeConfigs(
  cluster: Cluster,
  resource: ConfigResource,
  options: DescribeConfigsOptions,
): Promise<readonly ConfigEntry[]> {
  const link = await linkFor(cluster, resource);
  const answer = await link.call('DescribeConfigs', {
    ...DescribeConfigsRequestDefaults,
    includeSynonyms: options.includeSynonyms ?? false,
    includeDocumentation: (options.includeDocumentation ?? false) && link.versionOf('DescribeConfigs') >= 3,
    resources: [
      {
        resourceType: RESOURCE_TYPE[resource.type],
        resourceName: resource.name,
        configurationKeys: options.names ?? null,
      },
    ],
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
      synonyms: config.synonyms,
      documentation: config.documentation,
    }));
  });
}

export async function incrementalAlterConfigs(
  cluster: Cluster,
  resource: ConfigResource,
  changes: readonly ConfigChange[],
  options: AlterOptions,
): Promise<void> {
  const link = await linkFor(cluster, resource);
  const answer = await link.call('IncrementalAlterConfigs', {
    validateOnly: options.validateOnly ?? false,
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
  throwIfRefused(answer.responses, resource);
}

/** Replaces the whole configuration: what is not named falls back to its default. */
export async function replaceConfigs(
  cluster: Cluster,
  resource: ConfigResource,
  configs: Readonly<Record<string, string>>,
  options: AlterOptions,
): Promise<void> {
  const link = await linkFor(cluster, resource);
  const answer = await link.call('AlterConfigs', {
    validateOnly: options.validateOnly ?? false,
    resources: [
      {
        resourceType: RESOURCE_TYPE[resource.type],
        resourceName: resource.name,
        configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
      },
    ],
  });
  throwIfRefused(answer.responses, resource);
}

/** The resources of a type that have a configuration of their own. */
export async function listConfigResources(
  cluster: Cluster,
  type: ConfigResource['type'],
): Promise<readonly ConfigResource[]> {
  const link = await cluster.anyLink();
  const answer = await link.call('ListConfigResources', { resourceTypes: [RESOURCE_TYPE[type]] });
  throwIfError(answer.errorCode, `listing the resources of type ${type}`);
  return answer.configResources.map(({ resourceName }) => ({ type, name: resourceName }));
}

function throwIfRefused(
  responses: readonly { readonly errorCode: number; readonly errorMessage: string | null }[],
  resource: ConfigResource,
): void {
  for (const { errorCode, errorMessage } of responses) {
    throwIfError(errorCode, `changing the configs of ${resource.type} '${resource.name}'`, resource, errorMessage);
  }
}

/** A broker answers for its own configs and loggers only. */
async function linkFor(cluster: Cluster, { type, name }: ConfigResource): Promise<BrokerLink> {
  const isOfOneBroker = (type === 'broker' || type === 'broker-logger') && name !== '';
  if (!isOfOneBroker) return await cluster.controllerLink();
  if (cluster.metadata.nodes.size === 0) await cluster.refresh();
  return await cluster.link(Number(name));
}
