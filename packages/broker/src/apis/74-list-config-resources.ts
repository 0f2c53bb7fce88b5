/**
 * ListConfigResources, versions 0–1. 0: client metrics only (KIP-714). 1: any type (KIP-1142); no types means all.
 */
import { ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { RESOURCE, type Resource } from './config-resources.ts';

const ANY_TYPE_VERSION = 1;

const TYPES: ReadonlySet<number> = new Set(Object.values(RESOURCE));

export const listConfigResources: BrokerApi = defineApi({
  name: 'ListConfigResources',
  handle(services, { resourceTypes }, call) {
    const wanted = call.version >= ANY_TYPE_VERSION ? resourceTypes : [RESOURCE.clientMetrics];
    if (wanted.some((type) => !TYPES.has(type))) {
      return { throttleTimeMs: 0, errorCode: ErrorCode.UNSUPPORTED_VERSION, configResources: [] };
    }
    const isWanted = ({ resourceType }: Resource): boolean => wanted.length === 0 || wanted.includes(resourceType);
    return { throttleTimeMs: 0, errorCode: 0, configResources: everyResource(services).filter(isWanted) };
  },
});

function everyResource({ cluster, nodeId }: Services): Resource[] {
  const { topics, groupConfigs, clientMetrics } = cluster.image;
  const ofType = (resourceType: number, names: Iterable<string>): Resource[] =>
    [...names].map((resourceName) => ({ resourceType, resourceName }));
  return [
    ...ofType(RESOURCE.topic, topics.keys()),
    ...ofType(RESOURCE.broker, [String(nodeId)]),
    ...ofType(RESOURCE.brokerLogger, [String(nodeId)]),
    ...ofType(RESOURCE.clientMetrics, clientMetrics.keys()),
    ...ofType(RESOURCE.group, groupConfigs.keys()),
  ];
}
