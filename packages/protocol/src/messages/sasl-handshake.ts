/**
 * SaslHandshake (17): chooses the SASL mechanism of a connection.
 *
 * - v1: tokens follow in SaslAuthenticate requests (KIP-152) instead of bare frames. Never flexible: old clients
 *   could not negotiate it.
 */
import { type ApiDeclaration, api, int16, list, string } from '../schema.ts';

export const saslHandshake: ApiDeclaration = api({
  name: 'SaslHandshake',
  key: 17,
  versions: '0-1',
  request: {
    mechanism: string('0+'),
  },
  response: {
    errorCode: int16('0+'),
    mechanisms: list('0+', 'string'),
  },
});
