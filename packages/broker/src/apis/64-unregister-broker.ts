/**
 * UnregisterBroker, version 0 (KIP-631): takes a broker out of the cluster that will not come back.
 * Deviations: the one that answers is there, so it is not taken out (Kafka would).
 */
import { ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';

export const unregisterBroker: BrokerApi = defineApi({
  name: 'UnregisterBroker',
  handle({ nodeId }, { brokerId }) {
    if (brokerId === nodeId) {
      const errorMessage = `Broker ID ${brokerId} is the only broker, and running: it can't be unregistered`;
      return { throttleTimeMs: 0, errorCode: ErrorCode.INVALID_REQUEST, errorMessage };
    }
    const errorMessage = `Broker ID ${brokerId} is not currently registered`;
    return { throttleTimeMs: 0, errorCode: ErrorCode.BROKER_ID_NOT_REGISTERED, errorMessage };
  },
});
