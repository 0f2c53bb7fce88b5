/** IncrementalAlterConfigs, versions 0–1 (KIP-339). 1: flexible. */
import type { IncrementalAlterConfigsRequestAlterableConfig } from '@millrace/protocol';
import { brokerConfig } from '../cluster/broker-config.ts';
import { CLIENT_METRICS_CONFIGS } from '../cluster/client-metrics-configs.ts';
import { type ConfigDefinition, splitList } from '../cluster/config-definition.ts';
import { GROUP_CONFIGS } from '../cluster/group-configs.ts';
import { topicConfig } from '../cluster/topic-configs.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { applyConfigChange, configChange, ownConfigs, RESOURCE, type Resource } from './config-resources.ts';

const OPERATION = { set: 0, delete: 1, append: 2, subtract: 3 } as const;
const OPERATION_NAMES = ['SET', 'DELETE', 'APPEND', 'SUBTRACT'];

export const incrementalAlterConfigs: BrokerApi = defineApi({
  name: 'IncrementalAlterConfigs',
  async handle(services, request) {
    const responses = [];
    for (const { resourceType, resourceName, configs } of request.resources) {
      const resource = { resourceType, resourceName };
      try {
        const values = alter(services, resource, configs);
        const change = configChange(services, resource, values);
        if (!request.validateOnly) await applyConfigChange(services, change);
        responses.push({ errorCode: 0, errorMessage: null, ...resource });
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        responses.push({ errorCode: errorCodeOf(error), errorMessage, ...resource });
      }
    }
    return { throttleTimeMs: 0, responses };
  },
});

function alter(
  services: Services,
  resource: Resource,
  configs: readonly IncrementalAlterConfigsRequestAlterableConfig[],
): Record<string, string | null> {
  const values: Record<string, string | null> = { ...ownConfigs(services, resource) };
  const seen = new Set<string>();
  for (const { name, configOperation, value } of configs) {
    if (seen.has(name)) throw new BrokerError('INVALID_REQUEST', 'Error due to duplicate config keys');
    seen.add(name);
    switch (configOperation) {
      case OPERATION.set:
        values[name] = value;
        break;
      case OPERATION.delete:
        delete values[name];
        break;
      case OPERATION.append:
      case OPERATION.subtract: {
        const definition = definitionOf(resource, name);
        if (definition?.type !== 'list') {
          throw new BrokerError(
            'INVALID_CONFIG',
            `Can't ${OPERATION_NAMES[configOperation]} to key ${name} because its type is not LIST.`,
          );
        }
        values[name] = alterList(values[name] ?? definition.default ?? '', configOperation, splitList(value ?? ''));
        break;
      }
      default:
        throw new BrokerError('INVALID_REQUEST', `Unknown operation type id ${configOperation}`);
    }
  }
  return values;
}

function alterList(current: string, operation: number, elements: readonly string[]): string {
  const list = splitList(current);
  const next =
    operation === OPERATION.append
      ? [...list, ...elements.filter((element) => !list.includes(element))]
      : list.filter((element) => !elements.includes(element));
  return next.join(',');
}

function definitionOf({ resourceType }: Resource, name: string): ConfigDefinition | undefined {
  if (resourceType === RESOURCE.clientMetrics) return CLIENT_METRICS_CONFIGS.find((config) => config.name === name);
  if (resourceType === RESOURCE.group) return GROUP_CONFIGS.find((config) => config.name === name);
  return resourceType === RESOURCE.topic ? topicConfig(name) : brokerConfig(name);
}
