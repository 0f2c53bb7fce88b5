import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { MillraceError } from '@millrace/base';
import { ErrorCode } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { throwIfError } from '../lib/errors.ts';

export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

export type ScramCredential = { readonly mechanism: ScramMechanism; readonly iterations: number };

export type ScramUser = { readonly user: string; readonly credentials: readonly ScramCredential[] };

export type ScramUpsertion = {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  readonly password: string;
  /** Default: 4096. */
  readonly iterations?: number;
  /** Default: 24 random bytes. */
  readonly salt?: Uint8Array;
};

export type ScramDeletion = { readonly user: string; readonly mechanism: ScramMechanism };

export type ScramAlterations = {
  readonly upsertions?: readonly ScramUpsertion[];
  readonly deletions?: readonly ScramDeletion[];
};

const MECHANISM: Readonly<Record<ScramMechanism, number>> = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 };
const HASH = {
  'SCRAM-SHA-256': { name: 'sha256', keyBytes: 32 },
  'SCRAM-SHA-512': { name: 'sha512', keyBytes: 64 },
} as const;
const ITERATIONS_DEFAULT = 4096;
const SALT_BYTES = 24;

/** With null, all users that have credentials; a named user without any is left out. */
export async function describeScramCredentials(
  cluster: Cluster,
  users: readonly string[] | null,
): Promise<readonly ScramUser[]> {
  const link = await cluster.controllerLink();
  const answer = await link.call('DescribeUserScramCredentials', {
    users: users === null ? null : users.map((name) => ({ name })),
  });
  throwIfError(answer.errorCode, 'describing SCRAM credentials', {}, answer.errorMessage);
  return answer.results.flatMap(({ user, errorCode, errorMessage, credentialInfos }) => {
    if (errorCode === ErrorCode.RESOURCE_NOT_FOUND) return [];
    throwIfError(errorCode, `describing the SCRAM credentials of '${user}'`, { user }, errorMessage);
    const credentials = credentialInfos.map(({ mechanism, iterations }) => ({
      mechanism: mechanismOf(mechanism),
      iterations,
    }));
    return [{ user, credentials }];
  });
}

/** The password itself never travels: what is sent is salted and hashed here (RFC 5802). */
export async function alterScramCredentials(cluster: Cluster, alterations: ScramAlterations): Promise<void> {
  const link = await cluster.controllerLink();
  const upsertions = await Promise.all((alterations.upsertions ?? []).map(salted));
  const answer = await link.call('AlterUserScramCredentials', {
    upsertions,
    deletions: (alterations.deletions ?? []).map(({ user, mechanism }) => ({
      name: user,
      mechanism: MECHANISM[mechanism],
    })),
  });
  for (const { user, errorCode, errorMessage } of answer.results) {
    throwIfError(errorCode, `changing the SCRAM credentials of '${user}'`, { user }, errorMessage);
  }
}

async function salted({ user, mechanism, password, ...given }: ScramUpsertion) {
  const { iterations = ITERATIONS_DEFAULT, salt = randomBytes(SALT_BYTES) } = given;
  const { name, keyBytes } = HASH[mechanism];
  const saltedPassword = await promisify(pbkdf2)(password.normalize('NFKC'), salt, iterations, keyBytes, name);
  return { name: user, mechanism: MECHANISM[mechanism], iterations, salt, saltedPassword };
}

function mechanismOf(code: number): ScramMechanism {
  if (code === MECHANISM['SCRAM-SHA-256']) return 'SCRAM-SHA-256';
  if (code === MECHANISM['SCRAM-SHA-512']) return 'SCRAM-SHA-512';
  throw new MillraceError('UNKNOWN_SCRAM_MECHANISM', `the broker answered the unknown SCRAM mechanism ${code}`);
}
