/** Heartbeat, versions 0–4. 3: static members (KIP-345). 4: flexible. */
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const heartbeat: BrokerApi = defineApi({
  name: 'Heartbeat',
  handle(services, { groupId, memberId, groupInstanceId, generationId }) {
    try {
      services.groups.heartbeat({ groupId, memberId, instanceId: groupInstanceId, generation: generationId });
      return { throttleTimeMs: 0, errorCode: 0 };
    } catch (error) {
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error) };
    }
  },
});
