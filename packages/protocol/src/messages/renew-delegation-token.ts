/**
 * RenewDelegationToken (39): renews a delegation token (KIP-48).
 *
 * - v2: flexible
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, bytes, int16, int32, int64 } from '../schema.ts';

export const renewDelegationToken: ApiDeclaration = api({
  name: 'RenewDelegationToken',
  key: 39,
  versions: '1-2',
  flexible: '2+',
  request: {
    hmac: bytes('0+'),
    renewPeriodMs: int64('0+'),
  },
  response: {
    errorCode: int16('0+'),
    expiryTimestampMs: int64('0+'),
    throttleTimeMs: int32('0+'),
  },
});
