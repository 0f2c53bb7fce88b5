/**
 * DescribeConfigs, versions 1–4. 1: synonyms. 3: types and documentation (KIP-569). 4: flexible.
 * Deviations: topics, brokers and groups only; loggers have no configs of their own.
 */
import type {
  DescribeConfigsRequestDescribeConfigsResource,
  DescribeConfigsResponseDescribeConfigsResourceResult,
  DescribeConfigsResponseDescribeConfigsResult,
  DescribeConfigsResponseDescribeConfigsSynonym,
} from '@millrace/protocol';
import { brokerConfig } from '../cluster/broker-config.ts';
import { BROKER_CONFIGS } from '../cluster/broker-configs.ts';
import { CLIENT_METRICS_CONFIGS } from '../cluster/client-metrics-configs.ts';
import type { ConfigDefinition } from '../cluster/config-definition.ts';
import { effectiveGroupConfig, GROUP_CONFIGS, type GroupConfigs } from '../cluster/group-configs.ts';
import {
  type EffectiveConfig,
  effectiveTopicConfig,
  TOPIC_CONFIGS,
  type TopicConfigs,
} from '../cluster/topic-configs.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import {
  CONFIG_SOURCE,
  CONFIG_TYPE,
  checkBrokerName,
  clientMetricsConfigs,
  groupConfigs,
  RESOURCE,
  requireTopic,
  unsupportedResource,
  type Values,
} from './config-resources.ts';

type Result = DescribeConfigsResponseDescribeConfigsResult;
type Entry = DescribeConfigsResponseDescribeConfigsResourceResult;
type Synonym = DescribeConfigsResponseDescribeConfigsSynonym;
type Wishes = { readonly includeSynonyms: boolean; readonly includeDocumentation: boolean };

export const describeConfigs: BrokerApi = defineApi({
  name: 'DescribeConfigs',
  handle(services, request) {
    const results = request.resources.map((resource): Result => {
      const { resourceType, resourceName } = resource;
      try {
        const configs = describe(services, resource, request);
        return { errorCode: 0, errorMessage: null, resourceType, resourceName, configs };
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        return { errorCode: errorCodeOf(error), errorMessage, resourceType, resourceName, configs: [] };
      }
    });
    return { throttleTimeMs: 0, results };
  },
});

function describe(
  services: Services,
  resource: DescribeConfigsRequestDescribeConfigsResource,
  wishes: Wishes,
): Entry[] {
  const { resourceType, resourceName, configurationKeys } = resource;
  const isWanted = ({ name }: ConfigDefinition): boolean => configurationKeys?.includes(name) ?? true;
  switch (resourceType) {
    case RESOURCE.topic: {
      const { configs } = requireTopic(services, resourceName);
      return TOPIC_CONFIGS.filter(isWanted).map((definition) => topicEntry(services, definition, configs, wishes));
    }
    case RESOURCE.broker:
      checkBrokerName(services, resourceName, true);
      return BROKER_CONFIGS.filter(isWanted)
        .filter(({ name }) => resourceName !== '' || services.config.given(name)?.isDynamic === true)
        .map((definition) => brokerEntry(services, definition, wishes));
    case RESOURCE.group: {
      const configs = groupConfigs(services, resourceName);
      return GROUP_CONFIGS.filter(isWanted).map((definition) => groupEntry(services, definition, configs, wishes));
    }
    case RESOURCE.clientMetrics: {
      const configs = clientMetricsConfigs(services, resourceName);
      return CLIENT_METRICS_CONFIGS.filter(isWanted).map((definition) =>
        clientMetricsEntry(definition, configs, wishes),
      );
    }
    default:
      throw unsupportedResource(resourceType);
  }
}

function topicEntry(services: Services, definition: ConfigDefinition, configs: TopicConfigs, wishes: Wishes): Entry {
  const effective = effectiveTopicConfig(definition, configs, services.config);
  const synonyms: Synonym[] = [];
  if (effective.source === 'topic') synonyms.push(synonym(definition.name, effective));
  const beneath = effectiveTopicConfig(definition, {}, services.config);
  const brokerName = definition.brokerNames?.[0];
  if (brokerName !== undefined) synonyms.push(synonym(beneath.brokerName ?? brokerName, beneath));
  if (brokerName !== undefined && beneath.source !== 'default') {
    synonyms.push({
      name: brokerName,
      value: brokerConfig(brokerName)?.default ?? null,
      source: CONFIG_SOURCE.default,
    });
  }
  return entry(definition, effective, { readOnly: false, synonyms, wishes });
}

function groupEntry(services: Services, definition: ConfigDefinition, configs: GroupConfigs, wishes: Wishes): Entry {
  const effective = effectiveGroupConfig(definition, configs, services.config);
  const beneath = synonym(
    definition.brokerNames?.[0] ?? definition.name,
    effectiveGroupConfig(definition, {}, services.config),
  );
  const synonyms = effective.source === 'group' ? [synonym(definition.name, effective), beneath] : [beneath];
  return entry(definition, effective, { readOnly: false, synonyms, wishes });
}

function clientMetricsEntry(definition: ConfigDefinition, configs: Values, wishes: Wishes): Entry {
  const beneath: EffectiveConfig = { value: definition.default, source: 'default', brokerName: null };
  const own = configs[definition.name];
  const effective: EffectiveConfig =
    own === undefined ? beneath : { value: own, source: 'client-metrics', brokerName: null };
  const synonyms = (own === undefined ? [beneath] : [effective, beneath]).map((one) => synonym(definition.name, one));
  return entry(definition, effective, { readOnly: false, synonyms, wishes });
}

function brokerEntry(services: Services, definition: ConfigDefinition, wishes: Wishes): Entry {
  const given = services.config.given(definition.name);
  const source = given === null ? 'default' : given.isDynamic ? 'dynamic-broker' : 'static-broker';
  const effective: EffectiveConfig = { value: given?.value ?? definition.default, source, brokerName: null };
  const synonyms = [synonym(definition.name, effective)];
  if (source !== 'default') {
    synonyms.push({ name: definition.name, value: definition.default, source: CONFIG_SOURCE.default });
  }
  return entry(definition, effective, { readOnly: definition.isDynamic !== true, synonyms, wishes });
}

function entry(
  definition: ConfigDefinition,
  { value, source }: EffectiveConfig,
  more: { readonly readOnly: boolean; readonly synonyms: readonly Synonym[]; readonly wishes: Wishes },
): Entry {
  const isSensitive = definition.type === 'password';
  return {
    name: definition.name,
    value: isSensitive ? null : value,
    readOnly: more.readOnly,
    configSource: CONFIG_SOURCE[source],
    isSensitive,
    synonyms: more.wishes.includeSynonyms ? more.synonyms : [],
    configType: CONFIG_TYPE[definition.type],
    documentation: more.wishes.includeDocumentation ? definition.documentation : null,
  };
}

function synonym(name: string, { value, source }: EffectiveConfig): Synonym {
  return { name, value, source: CONFIG_SOURCE[source] };
}
