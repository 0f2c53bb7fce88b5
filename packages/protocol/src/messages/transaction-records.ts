/**
 * Transactions as records of `__transaction_state`. The key begins with an int16, the type of the record; the value with
 * an int16, its version.
 *
 * - v1: flexible; the ids before and after a change of producer id, the protocol that the client speaks (KIP-890)
 */
import { int8, int16, int32, int64, list, type MessageDeclaration, message, string } from '../schema.ts';

export const transactionLogKey: MessageDeclaration = message({
  name: 'TransactionLogKey',
  versions: '0',
  recordType: 0,
  fields: {
    transactionalId: string('0'),
  },
});

export const transactionLogValue: MessageDeclaration = message({
  name: 'TransactionLogValue',
  versions: '0-1',
  flexible: '1+',
  recordType: 0,
  fields: {
    producerId: int64('0+'),
    previousProducerId: int64('1+', { tag: 0, default: -1 }),
    nextProducerId: int64('1+', { tag: 1, default: -1 }),
    producerEpoch: int16('0+'),
    nextProducerEpoch: int16('1+', { tag: 3, default: -1 }),
    transactionTimeoutMs: int32('0+'),
    transactionStatus: int8('0+'),
    transactionPartitions: list('0+', { nullable: '0+' }, 'PartitionsSchema', {
      topic: string('0+'),
      partitionIds: list('0+', 'int32'),
    }),
    transactionLastUpdateTimestampMs: int64('0+'),
    transactionStartTimestampMs: int64('0+'),
    clientTransactionVersion: int16('1+', { tag: 2, default: 0 }),
  },
});
