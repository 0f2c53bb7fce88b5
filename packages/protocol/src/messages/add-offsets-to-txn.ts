/**
 * AddOffsetsToTxn (25): adds a group's offsets to a producer's transaction.
 *
 * - v2: PRODUCER_FENCED (KIP-588)
 * - v3: flexible
 * - v4: TRANSACTION_ABORTABLE (KIP-890)
 */
import { type ApiDeclaration, api, int16, int32, int64, string } from '../schema.ts';

export const addOffsetsToTxn: ApiDeclaration = api({
  name: 'AddOffsetsToTxn',
  key: 25,
  versions: '0-4',
  flexible: '3+',
  request: {
    transactionalId: string('0+'),
    producerId: int64('0+'),
    producerEpoch: int16('0+'),
    groupId: string('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
  },
});
