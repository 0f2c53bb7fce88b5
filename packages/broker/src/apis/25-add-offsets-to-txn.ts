/** AddOffsetsToTxn, versions 0–4. 2: PRODUCER_FENCED. 3: flexible. 4: TRANSACTION_ABORTABLE (KIP-890). */
import { OFFSETS_TOPIC } from '../cluster/topic-names.ts';
import { BrokerError } from '../lib/broker-error.ts';
import { transactionErrorCode } from './22-init-producer-id.ts';
import { type BrokerApi, defineApi } from './api.ts';

const FENCED_VERSION = 2;

export const addOffsetsToTxn: BrokerApi = defineApi({
  name: 'AddOffsetsToTxn',
  async handle(services, request, call) {
    const { groupId, transactionalId, producerId, producerEpoch } = request;
    try {
      if (groupId === '') throw new BrokerError('INVALID_GROUP_ID');
      const partition = { topic: OFFSETS_TOPIC, partition: services.groups.partitionOf(groupId) };
      await services.transactions.addPartitions({ transactionalId, producerId, producerEpoch, clientVersion: 0 }, [
        partition,
      ]);
      return { throttleTimeMs: 0, errorCode: 0 };
    } catch (error) {
      return { throttleTimeMs: 0, errorCode: transactionErrorCode(error, call.version >= FENCED_VERSION) };
    }
  },
});
