/**
 * EndTxn, versions 0–5. 2: PRODUCER_FENCED. 3: flexible. 4: TRANSACTION_ABORTABLE. 5: every end raises the epoch, and
 * the answer says to what (KIP-890).
 * Deviations: the answer waits for the markers, so that what was committed is seen as soon as the commit is answered.
 */
import { transactionErrorCode } from './22-init-producer-id.ts';
import { type BrokerApi, defineApi } from './api.ts';

const FENCED_VERSION = 2;
const EPOCH_VERSION = 5;

export const endTxn: BrokerApi = defineApi({
  name: 'EndTxn',
  async handle(services, request, call) {
    const { transactionalId, producerId, producerEpoch, committed: isCommit } = request;
    const none = { throttleTimeMs: 0, producerId: -1, producerEpoch: -1 };
    const raisesEpoch = call.version >= EPOCH_VERSION;
    const clientVersion = raisesEpoch ? 2 : 0;
    try {
      const end = { transactionalId, producerId, producerEpoch, isCommit, clientVersion };
      const next = await services.transactions.end(end);
      if (!raisesEpoch) return { ...none, errorCode: 0 };
      return { ...none, errorCode: 0, producerId: next.producerId, producerEpoch: next.producerEpoch };
    } catch (error) {
      return { ...none, errorCode: transactionErrorCode(error, call.version >= FENCED_VERSION) };
    }
  },
});
