/**
 * DescribeTransactions (65): tells the state of transactions (KIP-664).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string } from '../schema.ts';

export const describeTransactions: ApiDeclaration = api({
  name: 'DescribeTransactions',
  key: 65,
  versions: '0',
  flexible: '0+',
  request: {
    transactionalIds: list('0+', 'string'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    transactionStates: list('0+', 'TransactionState', {
      errorCode: int16('0+'),
      transactionalId: string('0+'),
      transactionState: string('0+'),
      transactionTimeoutMs: int32('0+'),
      transactionStartTimeMs: int64('0+'),
      producerId: int64('0+'),
      producerEpoch: int16('0+'),
      topics: list('0+', 'TopicData', {
        topic: string('0+'),
        partitions: list('0+', 'int32'),
      }),
    }),
  },
});
