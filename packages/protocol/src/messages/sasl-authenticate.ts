/**
 * SaslAuthenticate (36): carries the tokens of a SASL exchange.
 *
 * - v1: lifetime of the session (KIP-368)
 * - v2: flexible
 */
import { type ApiDeclaration, api, bytes, int16, int64, string } from '../schema.ts';

export const saslAuthenticate: ApiDeclaration = api({
  name: 'SaslAuthenticate',
  key: 36,
  versions: '0-2',
  flexible: '2+',
  request: {
    authBytes: bytes('0+'),
  },
  response: {
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    authBytes: bytes('0+'),
    sessionLifetimeMs: int64('1+', { default: 0, ignorable: true }),
  },
});
