/** SyncGroup, versions 0–5. 3: static members (KIP-345). 4: flexible. 5: protocol type and name (KIP-559). */
import { refusedSync } from '../coordinators/group/classic/answers.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const syncGroup: BrokerApi = defineApi({
  name: 'SyncGroup',
  async handle(services, request) {
    const answer = await services.groups.sync(request).catch((error: unknown) => refusedSync(errorCodeOf(error)));
    return { ...answer, throttleTimeMs: 0 };
  },
});
