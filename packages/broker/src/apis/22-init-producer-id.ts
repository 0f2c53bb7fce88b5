/**
 * InitProducerId, versions 0–5. 2: flexible. 3: the producer raises its epoch (KIP-360). 4, 5: fencing and transaction
 * errors.
 * Deviations: while an earlier producer's transaction is aborted the request waits, instead of being sent away by
 * CONCURRENT_TRANSACTIONS; no two-phase commit (KIP-939).
 */
import { ErrorCode, InitProducerIdResponseDefaults } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

const FENCED_VERSION = 4;

export const initProducerId: BrokerApi = defineApi({
  name: 'InitProducerId',
  versions: [0, 5],
  async handle(services, request, call) {
    const answer = { ...InitProducerIdResponseDefaults, throttleTimeMs: 0 };
    const { transactionalId, transactionTimeoutMs: timeoutMs, producerId, producerEpoch } = request;
    try {
      // An identity is both, or it is none.
      if ((producerId === -1) !== (producerEpoch === -1)) throw new BrokerError('INVALID_REQUEST');
      if (transactionalId === null) {
        // Nothing ties such a producer to its past: it begins anew.
        return { ...answer, errorCode: 0, producerId: services.cluster.nextProducerId(), producerEpoch: 0 };
      }
      const expected = producerId >= 0 ? { producerId, producerEpoch } : null;
      const identity = await services.transactions.initProducerId({ transactionalId, timeoutMs, expected });
      return { ...answer, errorCode: 0, ...identity };
    } catch (error) {
      const errorCode = transactionErrorCode(error, call.version >= FENCED_VERSION);
      return { ...answer, errorCode, producerId: -1, producerEpoch: -1 };
    }
  },
});

/** Older clients know a fenced producer only by its epoch (KIP-588). */
export function transactionErrorCode(error: unknown, knowsFenced: boolean): number {
  const errorCode = errorCodeOf(error);
  return errorCode === ErrorCode.PRODUCER_FENCED && !knowsFenced ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode;
}
