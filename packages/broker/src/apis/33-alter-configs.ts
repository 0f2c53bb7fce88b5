/**
 * AlterConfigs, versions 0–2. 2: flexible. The old way: what is not named goes back to its default. kafkajs still uses it.
 */
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';
import { applyConfigChange, configChange, ownConfigs } from './config-resources.ts';

export const alterConfigs: BrokerApi = defineApi({
  name: 'AlterConfigs',
  async handle(services, request) {
    const responses = [];
    for (const { resourceType, resourceName, configs } of request.resources) {
      const resource = { resourceType, resourceName };
      try {
        ownConfigs(services, resource);
        const values = Object.fromEntries(configs.map(({ name, value }) => [name, value]));
        if (Object.keys(values).length !== configs.length) {
          throw new BrokerError('INVALID_REQUEST', 'Error due to duplicate config keys');
        }
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
