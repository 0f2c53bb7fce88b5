/** DescribeUserScramCredentials, version 0 (KIP-554): who can log in by SCRAM. Secrets are never told. */
import type { DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult } from '@millrace/protocol';
import { SCRAM_MECHANISMS } from '../cluster/security-image.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { scramMechanismCode } from './scram-mechanisms.ts';

type Result = DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult;

export const describeUserScramCredentials: BrokerApi = defineApi({
  name: 'DescribeUserScramCredentials',
  handle(services, request) {
    const asked = request.users ?? [];
    const names = asked.map(({ name }) => name);
    // No name asks for all.
    const users = names.length > 0 ? [...new Set(names)] : [...services.cluster.image.security.scramCredentials.keys()];
    const results = users.map((user) => describe(services, user, names.indexOf(user) !== names.lastIndexOf(user)));
    return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, results };
  },
});

function describe({ cluster }: Services, user: string, isTwice: boolean): Result {
  try {
    if (isTwice) {
      throw new BrokerError(
        'DUPLICATE_RESOURCE',
        `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`,
      );
    }
    const credentials = cluster.image.security.scramCredentials.get(user);
    if (credentials === undefined) {
      throw new BrokerError('RESOURCE_NOT_FOUND', `Attempt to describe a user credential that does not exist: ${user}`);
    }
    const credentialInfos = SCRAM_MECHANISMS.flatMap((mechanism) => {
      const credential = credentials[mechanism];
      if (credential === undefined) return [];
      return [{ mechanism: scramMechanismCode(mechanism), iterations: credential.iterations }];
    });
    return { user, errorCode: 0, errorMessage: null, credentialInfos };
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { user, errorCode: errorCodeOf(error), errorMessage, credentialInfos: [] };
  }
}
