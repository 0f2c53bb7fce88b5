/** AlterUserScramCredentials, version 0 (KIP-554): passwords come salted and hashed, never as they are. */
import type { AlterUserScramCredentialsRequest } from '@millrace/protocol';
import type { SecurityChange } from '../cluster/security-image.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import {
  credentialOfSaltedPassword,
  SCRAM_ITERATIONS_MAX,
  SCRAM_ITERATIONS_MIN,
} from '../security/sasl/scram-credential.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { scramMechanism } from './scram-mechanisms.ts';

type Upsertion = AlterUserScramCredentialsRequest['upsertions'][number];
type Deletion = AlterUserScramCredentialsRequest['deletions'][number];

export const alterUserScramCredentials: BrokerApi = defineApi({
  name: 'AlterUserScramCredentials',
  async handle(services, { deletions, upsertions }) {
    const wanted = [
      ...deletions.map((deletion) => ({ name: deletion.name, plan: () => planDeletion(services, deletion) })),
      ...upsertions.map((upsertion) => ({ name: upsertion.name, plan: () => planUpsertion(upsertion) })),
    ];
    const changes: SecurityChange[] = [];
    const results = [...new Set(wanted.map(({ name }) => name))].map((user) => {
      try {
        const own = wanted.filter(({ name }) => name === user);
        if (own.length > 1) {
          throw new BrokerError('DUPLICATE_RESOURCE', 'A user credential cannot be altered twice in the same request');
        }
        changes.push(own[0]!.plan());
        return { user, errorCode: 0, errorMessage: null };
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        return { user, errorCode: errorCodeOf(error), errorMessage };
      }
    });
    if (changes.length > 0) await services.cluster.change(changes);
    return { throttleTimeMs: 0, results };
  },
});

function planDeletion({ cluster }: Services, { name: user, mechanism: code }: Deletion): SecurityChange {
  checkName(user);
  const mechanism = scramMechanism(code);
  if (cluster.image.security.scramCredentials.get(user)?.[mechanism] === undefined) {
    throw new BrokerError('RESOURCE_NOT_FOUND', 'Attempt to delete a user credential that does not exist');
  }
  return { kind: 'scram-credential-set', user, mechanism, credential: null };
}

function planUpsertion({ name: user, mechanism: code, iterations, salt, saltedPassword }: Upsertion): SecurityChange {
  checkName(user);
  const mechanism = scramMechanism(code);
  if (iterations < SCRAM_ITERATIONS_MIN) throw new BrokerError('UNACCEPTABLE_CREDENTIAL', 'Too few iterations');
  if (iterations > SCRAM_ITERATIONS_MAX) throw new BrokerError('UNACCEPTABLE_CREDENTIAL', 'Too many iterations');
  const credential = credentialOfSaltedPassword(mechanism, saltedPassword, salt, iterations);
  return { kind: 'scram-credential-set', user, mechanism, credential };
}

function checkName(user: string): void {
  if (user === '') throw new BrokerError('UNACCEPTABLE_CREDENTIAL', 'Username must not be empty');
}
