/**
 * InitProducerId (22): gives a producer its id and epoch.
 *
 * - v2: flexible
 * - v3: a producer may raise its own epoch (KIP-360)
 * - v4: PRODUCER_FENCED (KIP-588)
 * - v5: TRANSACTION_ABORTABLE (KIP-890)
 * - v6: two-phase commit, not stable yet (KIP-939)
 */
import { type ApiDeclaration, api, bool, int16, int32, int64, string } from '../schema.ts';

export const initProducerId: ApiDeclaration = api({
  name: 'InitProducerId',
  key: 22,
  versions: '0-6',
  latestVersionUnstable: true,
  flexible: '2+',
  request: {
    transactionalId: string('0+', { nullable: '0+' }),
    transactionTimeoutMs: int32('0+'),
    producerId: int64('3+', { default: -1 }),
    producerEpoch: int16('3+', { default: -1 }),
    enable2Pc: bool('6+', { default: false }),
    keepPreparedTxn: bool('6+', { default: false }),
  },
  response: {
    throttleTimeMs: int32('0+', { ignorable: true }),
    errorCode: int16('0+'),
    producerId: int64('0+', { default: -1 }),
    producerEpoch: int16('0+'),
    ongoingTxnProducerId: int64('6+', { default: -1 }),
    ongoingTxnProducerEpoch: int16('6+', { default: -1 }),
  },
});
