/**
 * ExpireDelegationToken (40): ends a delegation token (KIP-48).
 *
 * - v2: flexible
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, bytes, int16, int32, int64 } from '../schema.ts';

export const expireDelegationToken: ApiDeclaration = api({
  name: 'ExpireDelegationToken',
  key: 40,
  versions: '1-2',
  flexible: '2+',
  request: {
    hmac: bytes('0+'),
    expiryTimePeriodMs: int64('0+'),
  },
  response: {
    errorCode: int16('0+'),
    expiryTimestampMs: int64('0+'),
    throttleTimeMs: int32('0+'),
  },
});
