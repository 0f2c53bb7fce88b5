import type { ApiName } from '@millrace/protocol';
import { CLUSTER_RULES } from './cluster-rules.ts';
import { GROUP_RULES } from './group-rules.ts';
import { ALLOWED, type Rule, rule } from './rule.ts';
import { SHARE_RULES } from './share-rules.ts';
import { STREAMS_RULES } from './streams-rules.ts';
import { TOPIC_RULES } from './topic-rules.ts';
import { TRANSACTION_RULES } from './transaction-rules.ts';

/** APIs that ask for nothing, because a client needs them before it is known, or because they ask on their own. */
const OPEN: readonly ApiName[] = [
  'ApiVersions',
  'SaslHandshake',
  'SaslAuthenticate',
  'CreateDelegationToken',
  'RenewDelegationToken',
  'ExpireDelegationToken',
  'DescribeDelegationToken',
];

const RULES: ReadonlyMap<ApiName, Rule> = new Map(
  [
    ...TOPIC_RULES,
    ...GROUP_RULES,
    ...SHARE_RULES,
    ...STREAMS_RULES,
    ...TRANSACTION_RULES,
    ...CLUSTER_RULES,
    ...OPEN.map((api) => rule(api, () => ALLOWED)),
  ].map((each) => [each.api, each]),
);

/** What rights each API asks for, as Kafka's do: the one place where that stands. An API without a rule is not served. */
export function ruleFor(api: ApiName): Rule | undefined {
  return RULES.get(api);
}
