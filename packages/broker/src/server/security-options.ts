import { type Clock, MillraceError } from '@millrace/base';
import type { BrokerConfig } from '../cluster/broker-config.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { SecurityChange, SecurityImage } from '../cluster/security-image.ts';
import { Authorizer, type AuthorizerOptions } from '../security/acl/authorizer.ts';
import { parsePrincipal } from '../security/principal.ts';
import { ClientQuotas, type QuotaBurst } from '../security/quota/client-quotas.ts';
import { parseScramUser, type ScramUser, scramCredential } from '../security/sasl/scram-credential.ts';
import type { BrokerOptions } from './broker-options.ts';

/** Kafka's authorizer, by its class or by the class alone; ours decides by the same rules. */
const STANDARD_AUTHORIZER = /(^|\.)StandardAuthorizer$/;

/** What guards the broker: rights, quotas, and the users that there are from the start. */
export function buildSecurity(
  { authorizer: given, scramUsers = [] }: BrokerOptions,
  cluster: Cluster,
  clock: Clock,
): { readonly authorizer: Authorizer | null; readonly quotas: ClientQuotas } {
  const { config } = cluster;
  const rules = authorizerOptions(given, config);
  const configured = (config.text('scram.users') ?? '').split(';').filter((user) => user.trim() !== '');
  const users = [...scramUsers, ...configured.map(parseScramUser)];
  const newUsers = missingScramUsers(users, cluster.image.security);
  if (newUsers.length > 0) cluster.changeAtOnce(newUsers);
  return {
    authorizer: rules === null ? null : new Authorizer(rules, () => cluster.image.security),
    quotas: new ClientQuotas({
      clock,
      burst: quotaBurst(config),
      quotas: () => cluster.image.security.clientQuotas,
    }),
  };
}

/** Kafka's windows, as what they let through at once: of a rate all samples but one, of changes of topics all. */
export function quotaBurst(config: BrokerConfig): QuotaBurst {
  const [samples, size] = [config.number('quota.window.num'), config.number('quota.window.size.seconds')];
  const mutations = config.number('controller.quota.window.num');
  return {
    rateSeconds: Math.max(1, samples - 1) * size,
    mutationSeconds: mutations * config.number('controller.quota.window.size.seconds'),
  };
}

/**
 * Whether rights are asked for, and how: by the broker's own option, or by Kafka's configs. Null when not.
 *
 * @throws MillraceError `INVALID_AUTHORIZER`
 */
function authorizerOptions(given: AuthorizerOptions | undefined, config: BrokerConfig): AuthorizerOptions | null {
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
function missingScramUsers(users: readonly ScramUser[], { scramCredentials }: SecurityImage): SecurityChange[] {
  return users
    .filter(({ name, mechanism }) => scramCredentials.get(name)?.[mechanism] === undefined)
    .map((user) => ({
      kind: 'scram-credential-set',
      user: user.name,
      mechanism: user.mechanism,
      credential: scramCredential(user),
    }));
}
