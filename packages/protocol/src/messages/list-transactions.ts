/**
 * ListTransactions (66): lists transactions, filtered by state and producer (KIP-664).
 *
 * - v1: by age (KIP-994)
 * - v2: by a pattern of the id (KIP-1152)
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string } from '../schema.ts';

export const listTransactions: ApiDeclaration = api({
  name: 'ListTransactions',
  key: 66,
  versions: '0-2',
  flexible: '0+',
  request: {
    stateFilters: list('0+', 'string'),
    producerIdFilters: list('0+', 'int64'),
    durationFilter: int64('1+', { default: -1 }),
    transactionalIdPattern: string('2+', { nullable: '2+', default: null }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    unknownStateFilters: list('0+', 'string'),
    transactionStates: list('0+', 'TransactionState', {
      transactionalId: string('0+'),
      producerId: int64('0+'),
      transactionState: string('0+'),
    }),
  },
});
