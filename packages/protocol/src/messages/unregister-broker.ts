/**
 * UnregisterBroker (64): takes a broker out of the cluster's records.
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, int16, int32, string } from '../schema.ts';

export const unregisterBroker: ApiDeclaration = api({
  name: 'UnregisterBroker',
  key: 64,
  versions: '0',
  flexible: '0+',
  request: {
    brokerId: int32('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
  },
});
