/** DescribeTransactions, version 0 (KIP-664). */
import type { DescribeTransactionsResponseTransactionState } from '@millrace/protocol';
import { byTopic } from '../coordinators/transaction/records.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';

export const describeTransactions: BrokerApi = defineApi({
  name: 'DescribeTransactions',
  handle(services, request) {
    const transactionStates = request.transactionalIds.map((transactionalId) => describe(services, transactionalId));
    return { throttleTimeMs: 0, transactionStates };
  },
});

function describe({ transactions }: Services, transactionalId: string): DescribeTransactionsResponseTransactionState {
  try {
    if (transactionalId === '') throw new BrokerError('INVALID_REQUEST');
    const known = transactions.describe(transactionalId);
    if (known === undefined) throw new BrokerError('TRANSACTIONAL_ID_NOT_FOUND');
    return {
      errorCode: 0,
      transactionalId,
      transactionState: known.state,
      transactionTimeoutMs: known.timeoutMs,
      transactionStartTimeMs: known.startMs,
      producerId: known.producerId,
      producerEpoch: known.producerEpoch,
      topics: byTopic(known.partitions).map(({ topic, partitionIds }) => ({ topic, partitions: partitionIds })),
    };
  } catch (error) {
    return {
      errorCode: errorCodeOf(error),
      transactionalId,
      transactionState: '',
      transactionTimeoutMs: 0,
      transactionStartTimeMs: 0,
      producerId: 0,
      producerEpoch: 0,
      topics: [],
    };
  }
}
