import type { ApiName, ApiTypes } from '@millrace/protocol';
import type { AclOperation } from '../../cluster/security-image.ts';
import { BrokerError } from '../../lib/broker-error.ts';
import type { Rights } from '../../security/acl/rights.ts';
import type { Call, Services } from '../api.ts';

type Request<A extends ApiName> = ApiTypes[A]['request'];
type Response<A extends ApiName> = ApiTypes[A]['response'];

/** Where a rule looks things up. */
export type RuleContext = { readonly rights: Rights; readonly services: Services; readonly call: Call };

/** What becomes of a request whose client may not do everything. */
export type Verdict<A extends ApiName> =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly response: Response<A> }
  /** The handler sees only what is allowed; what is refused, or must not be seen, comes into or out of its answer. */
  | {
      readonly kind: 'reduced';
      readonly request: Request<A>;
      readonly finish: (response: Response<A>) => Response<A>;
    };

/** A rule whose types are erased, so that all fit one table. */
export type Rule = {
  readonly api: ApiName;
  judge(request: unknown, context: RuleContext): Verdict<ApiName>;
};

export const ALLOWED = { kind: 'allowed' } as const;

/** What rights one API asks for. */
export function rule<A extends ApiName>(
  api: A,
  judge: (request: Request<A>, context: RuleContext) => Verdict<A>,
): Rule {
  return { api, judge: judge as Rule['judge'] };
}

/** An API that asks for one operation on the cluster. */
export function clusterRule<A extends ApiName>(
  api: A,
  operation: AclOperation,
  refuse: (errorCode: number, request: Request<A>, errorMessage: string, version: number) => Response<A>,
): Rule {
  return rule(api, (request, { rights, call }) => {
    if (rights.mayOnCluster(operation)) return ALLOWED;
    return {
      kind: 'refused',
      response: refuse(DENIED.cluster, request, 'Cluster authorization failed.', call.version),
    };
  });
}

/** An API of one group, which asks for one operation on it. */
export function groupRule<A extends ApiName>(
  api: A,
  operation: AclOperation,
  groupIdOf: (request: Request<A>) => string,
  refuse: (errorCode: number, request: Request<A>) => Response<A>,
): Rule {
  return rule(api, (request, { rights }) => {
    if (rights.may(operation, 'Group', groupIdOf(request))) return ALLOWED;
    return { kind: 'refused', response: refuse(DENIED.group, request) };
  });
}

/** How a refusal is told, by what it is about. */
export const DENIED: Readonly<Record<'topic' | 'group' | 'cluster' | 'transactionalId', number>> = {
  topic: new BrokerError('TOPIC_AUTHORIZATION_FAILED').errorCode,
  group: new BrokerError('GROUP_AUTHORIZATION_FAILED').errorCode,
  cluster: new BrokerError('CLUSTER_AUTHORIZATION_FAILED').errorCode,
  transactionalId: new BrokerError('TRANSACTIONAL_ID_AUTHORIZATION_FAILED').errorCode,
};

/** Parts a list: what is allowed, and what is not. */
export function part<T>(list: readonly T[], isAllowed: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  const allowed = list.filter(isAllowed);
  return allowed.length === list.length ? [list, []] : [allowed, list.filter((one) => !isAllowed(one))];
}

/** The name of a topic that newer versions name by its id; null for an id that is none, which the handler answers. */
export function nameOfTopic(services: Services, topicId: string): string | null {
  return services.cluster.topicById(topicId)?.name ?? null;
}
