/**
 * EndTxn (26): commits or aborts a transaction.
 *
 * - v2: PRODUCER_FENCED (KIP-588)
 * - v3: flexible
 * - v4: TRANSACTION_ABORTABLE (KIP-890)
 * - v5: raises the epoch and answers it (KIP-890, transactions v2)
 */
import { type ApiDeclaration, api, bool, int16, int32, int64, string } from '../schema.ts';

export const endTxn: ApiDeclaration = api({
  name: 'EndTxn',
  key: 26,
  versions: '0-5',
  flexible: '3+',
  request: {
    transactionalId: string('0+'),
    producerId: int64('0+'),
    producerEpoch: int16('0+'),
    committed: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    producerId: int64('5+', { default: -1, ignorable: true }),
    producerEpoch: int16('5+', { default: -1, ignorable: true }),
  },
});
