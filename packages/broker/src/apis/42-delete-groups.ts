/** DeleteGroups, versions 0–2. 2: flexible. */
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const deleteGroups: BrokerApi = defineApi({
  name: 'DeleteGroups',
  async handle(services, request) {
    const results = [];
    for (const groupId of new Set(request.groupsNames)) {
      results.push({ groupId, errorCode: await services.groups.delete(groupId).then(() => 0, errorCodeOf) });
    }
    return { throttleTimeMs: 0, results };
  },
});
