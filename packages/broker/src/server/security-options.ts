import { MillraceError } from '@millrace/base';
import type { BrokerConfig } from '../cluster/broker-config.ts';
import type { SecurityChange, SecurityImage } from '../cluster/security-image.ts';
import type { AuthorizerOptions } from '../security/acl/authorizer.ts';
import { parsePrincipal } from '../security/principal.ts';
import { type ScramUser, scramCredential } from '../security/sasl/scram-credential.ts';

/** Kafka's authorizer, by its class or by the class alone; ours decides by the same rules. */
const STANDARD_AUTHORIZER = /(^|\.)StandardAuthorizer$/;

/**
 * Whether rights are asked for, and how: by the broker's own option, or by Kafka's configs. Null when not.
 *
 * @throws MillraceError `INVALID_AUTHORIZER`
 */
export function authorizerOptions(
  given: AuthorizerOptions | undefined,
  config: BrokerConfig,
): AuthorizerOptions | null {
  const className = (config.text('authorizer.class.name') ?? '').trim();
  if (className !== '' && !STANDARD_AUTHORIZER.test(className)) {
    throw new MillraceError(
      'INVALID_AUTHORIZER',
      `authorizer.class.name is ${className}: give org.apache.kafka.metadata.authorizer.StandardAuthorizer`,
    );
  }
  const configured = (config.text('super.users') ?? '').split(';').map((user) => user.trim());
  const options: AuthorizerOptions | null =
    given ??
    (className === ''
      ? null
      : {
          superUsers: configured.filter((user) => user !== ''),
          allowEveryoneIfNoAclFound: config.flag('allow.everyone.if.no.acl.found'),
        });
  for (const user of options?.superUsers ?? []) {
    if (parsePrincipal(user) !== null) continue;
    throw new MillraceError('INVALID_AUTHORIZER', `the super user ${user} must be written TYPE:NAME, as User:${user}`);
  }
  return options;
}

/** The changes that make users known; those that are known keep what they have. */
export function missingScramUsers(users: readonly ScramUser[], { scramCredentials }: SecurityImage): SecurityChange[] {
  return users
    .filter(({ name, mechanism }) => scramCredentials.get(name)?.[mechanism] === undefined)
    .map((user) => ({
      kind: 'scram-credential-set',
      user: user.name,
      mechanism: user.mechanism,
      credential: scramCredential(user),
    }));
}
