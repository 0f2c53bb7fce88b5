/**
 * AddRaftVoter (80): adds a voter to the metadata quorum (KIP-853).
 *
 * - v1: may answer before the change is committed
 */
import { type ApiDeclaration, api, bool, int16, int32, list, string, uint16, uuid } from '../schema.ts';

export const addRaftVoter: ApiDeclaration = api({
  name: 'AddRaftVoter',
  key: 80,
  versions: '0-1',
  flexible: '0+',
  request: {
    clusterId: string('0+', { nullable: '0+' }),
    timeoutMs: int32('0+'),
    voterId: int32('0+'),
    voterDirectoryId: uuid('0+'),
    listeners: list('0+', 'Listener', {
      name: string('0+'),
      host: string('0+'),
      port: uint16('0+'),
    }),
    ackWhenCommitted: bool('1+', { default: true }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', ignorable: true }),
  },
});
