/**
 * InitProducerId, versions 0–5. 2: flexible. 3: the producer raises its epoch (KIP-360). 4, 5: fencing and transaction
 * errors.
 * Deviations: idempotent producers only; a transactional id is refused until the transaction coordinator is there.
 */
import { InitProducerIdResponseDefaults } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const initProducerId: BrokerApi = defineApi({
  name: 'InitProducerId',
  handle(services, request) {
    const answer = { ...InitProducerIdResponseDefaults, throttleTimeMs: 0 };
    try {
      if (request.transactionalId !== null) throw new BrokerError('INVALID_REQUEST');
      // Without a transactional id nothing ties a producer to its past: it begins anew.
      return { ...answer, errorCode: 0, producerId: services.cluster.nextProducerId(), producerEpoch: 0 };
    } catch (error) {
      return { ...answer, errorCode: errorCodeOf(error), producerId: -1, producerEpoch: -1 };
    }
  },
});
