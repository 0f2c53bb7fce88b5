/**
 * DescribeUserScramCredentials (50): tells which SCRAM credentials users have (KIP-554).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, int8, int16, int32, list, string } from '../schema.ts';

export const describeUserScramCredentials: ApiDeclaration = api({
  name: 'DescribeUserScramCredentials',
  key: 50,
  versions: '0',
  flexible: '0+',
  request: {
    users: list('0+', { nullable: '0+' }, 'UserName', {
      name: string('0+'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    results: list('0+', 'DescribeUserScramCredentialsResult', {
      user: string('0+'),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
      credentialInfos: list('0+', 'CredentialInfo', {
        mechanism: int8('0+'),
        iterations: int32('0+'),
      }),
    }),
  },
});
