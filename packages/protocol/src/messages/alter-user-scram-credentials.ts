/**
 * AlterUserScramCredentials (51): sets and deletes SCRAM credentials (KIP-554).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, bytes, int8, int16, int32, list, string } from '../schema.ts';

export const alterUserScramCredentials: ApiDeclaration = api({
  name: 'AlterUserScramCredentials',
  key: 51,
  versions: '0',
  flexible: '0+',
  request: {
    deletions: list('0+', 'ScramCredentialDeletion', {
      name: string('0+'),
      mechanism: int8('0+'),
    }),
    upsertions: list('0+', 'ScramCredentialUpsertion', {
      name: string('0+'),
      mechanism: int8('0+'),
      iterations: int32('0+'),
      salt: bytes('0+'),
      saltedPassword: bytes('0+'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    results: list('0+', 'AlterUserScramCredentialsResult', {
      user: string('0+'),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
    }),
  },
});
