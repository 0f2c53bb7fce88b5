/**
 * DescribeDelegationToken (41): lists delegation tokens (KIP-48).
 *
 * - v2: flexible
 * - v3: who asked for the token (KIP-373)
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, bytes, int16, int32, int64, list, string } from '../schema.ts';

export const describeDelegationToken: ApiDeclaration = api({
  name: 'DescribeDelegationToken',
  key: 41,
  versions: '1-3',
  flexible: '2+',
  request: {
    owners: list('0+', { nullable: '0+' }, 'DescribeDelegationTokenOwner', {
      principalType: string('0+'),
      principalName: string('0+'),
    }),
  },
  response: {
    errorCode: int16('0+'),
    tokens: list('0+', 'DescribedDelegationToken', {
      principalType: string('0+'),
      principalName: string('0+'),
      tokenRequesterPrincipalType: string('3+'),
      tokenRequesterPrincipalName: string('3+'),
      issueTimestamp: int64('0+'),
      expiryTimestamp: int64('0+'),
      maxTimestamp: int64('0+'),
      tokenId: string('0+'),
      hmac: bytes('0+'),
      renewers: list('0+', 'DescribedDelegationTokenRenewer', {
        principalType: string('0+'),
        principalName: string('0+'),
      }),
    }),
    throttleTimeMs: int32('0+'),
  },
});
