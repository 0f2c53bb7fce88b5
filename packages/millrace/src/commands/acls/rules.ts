import { MillraceError } from '@millrace/base';
import type { AclBinding, AclOperation, AclPatternType, AclResourceType } from '@millrace/client';
import {
  choice,
  flag,
  type Option,
  type OptionValues,
  repeated,
  text,
  withDefault,
} from '../../command-line/option.ts';

/** The one name that the cluster has as a resource. */
const CLUSTER_NAME = 'kafka-cluster';

export const OPERATIONS: readonly AclOperation[] = [
  'all',
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'cluster-action',
  'describe-configs',
  'alter-configs',
  'idempotent-write',
  'create-tokens',
  'describe-tokens',
  'two-phase-commit',
];

export type ResourceOptions = {
  readonly topic: Option<readonly string[]>;
  readonly group: Option<readonly string[]>;
  readonly cluster: Option<boolean>;
  readonly transactionalId: Option<readonly string[]>;
  readonly delegationToken: Option<readonly string[]>;
  readonly userPrincipal: Option<readonly string[]>;
};

export const RESOURCE_OPTIONS: ResourceOptions = {
  topic: repeated(text('NAME', 'a topic; * for all')),
  group: repeated(text('NAME', 'a group; * for all')),
  cluster: flag('the cluster itself'),
  transactionalId: repeated(text('NAME', 'a transactional id; * for all')),
  delegationToken: repeated(text('NAME', 'a delegation token; * for all')),
  userPrincipal: repeated(text('NAME', 'a user as a resource; * for all')),
};

type RuleOptions = {
  readonly allow: Option<readonly string[]>;
  readonly deny: Option<readonly string[]>;
  readonly host: Option<string>;
  readonly operation: Option<readonly AclOperation[]>;
  readonly pattern: Option<AclPatternType>;
  readonly producer: Option<boolean>;
  readonly consumer: Option<boolean>;
  readonly idempotent: Option<boolean>;
};

export const RULE_OPTIONS: RuleOptions = {
  allow: repeated(text('PRINCIPAL', 'who may, such as User:alice; User:* for all')),
  deny: repeated(text('PRINCIPAL', 'who may not; wins over every allow')),
  host: withDefault(text('ADDRESS', 'from where; * for anywhere'), '*'),
  operation: repeated(choice(OPERATIONS, 'what')),
  pattern: withDefault(
    choice(['literal', 'prefixed'], 'whether the names are meant as they are or as beginnings of names'),
    'literal',
  ),
  producer: flag('all that a producer needs for the topics'),
  consumer: flag('all that a consumer needs for the topics and groups'),
  idempotent: flag('with --producer: also what idempotent producers needed before Kafka 3.0'),
};

type Resource = { readonly resourceType: AclResourceType; readonly resourceName: string };

export function resourcesOf(options: OptionValues<ResourceOptions>): readonly Resource[] {
  const named = (resourceType: AclResourceType, names: readonly string[]) =>
    names.map((resourceName) => ({ resourceType, resourceName }));
  return [
    ...named('topic', options.topic),
    ...named('group', options.group),
    ...named('cluster', options.cluster ? [CLUSTER_NAME] : []),
    ...named('transactional-id', options.transactionalId),
    ...named('delegation-token', options.delegationToken),
    ...named('user', options.userPrincipal),
  ];
}

type RuleValues = OptionValues<ResourceOptions & RuleOptions>;
type Need = Resource & { readonly operation: AclOperation };

/** Every rule that is meant. @throws MillraceError `USAGE` for what says too little. */
export function rulesOf(options: RuleValues): readonly AclBinding[] {
  const principals = [
    ...options.allow.map((principal) => ({ principal, permission: 'allow' }) as const),
    ...options.deny.map((principal) => ({ principal, permission: 'deny' }) as const),
  ];
  if (principals.length === 0) throw usage('who? Give --allow or --deny, such as --allow User:alice');
  for (const { principal } of principals) {
    if (!/^[^:]+:.+$/.test(principal)) throw usage(`'${principal}' is no principal: give one such as User:alice`);
  }
  const needs = needsOf(options);
  const { pattern: patternType, host } = options;
  return principals.flatMap((who) =>
    needs.map(({ resourceType, resourceName, operation }) => ({
      resourceType,
      resourceName,
      // The cluster has no other names that its own could begin.
      patternType: resourceType === 'cluster' ? 'literal' : patternType,
      host,
      operation,
      ...who,
    })),
  );
}

function needsOf(options: RuleValues): readonly Need[] {
  const resources = resourcesOf(options);
  if (options.producer || options.consumer) {
    if (options.operation.length > 0)
      throw usage('--producer and --consumer say the operations: leave --operation out');
    const needs = [
      ...(options.producer ? producerNeeds(resources, options.idempotent) : []),
      ...(options.consumer ? consumerNeeds(resources) : []),
    ];
    return needs;
  }
  if (resources.length === 0) throw usage('on what? Give --topic, --group, --cluster or --transactional-id');
  const operations = options.operation.length === 0 ? (['all'] as const) : options.operation;
  return resources.flatMap((resource) => operations.map((operation) => ({ ...resource, operation })));
}

function producerNeeds(resources: readonly Resource[], isIdempotent: boolean): readonly Need[] {
  const topics = ofType(resources, 'topic');
  if (topics.length === 0) throw usage('--producer needs --topic');
  const cluster = { resourceType: 'cluster', resourceName: CLUSTER_NAME, operation: 'idempotent-write' } as const;
  return [
    ...withOperations(topics, ['write', 'describe', 'create']),
    ...withOperations(ofType(resources, 'transactional-id'), ['write', 'describe']),
    ...(isIdempotent ? [cluster] : []),
  ];
}

function consumerNeeds(resources: readonly Resource[]): readonly Need[] {
  const [topics, groups] = [ofType(resources, 'topic'), ofType(resources, 'group')];
  if (topics.length === 0 || groups.length === 0) throw usage('--consumer needs --topic and --group');
  return [...withOperations(topics, ['read', 'describe']), ...withOperations(groups, ['read'])];
}

function ofType(resources: readonly Resource[], type: AclResourceType): readonly Resource[] {
  return resources.filter(({ resourceType }) => resourceType === type);
}

function withOperations(resources: readonly Resource[], operations: readonly AclOperation[]): readonly Need[] {
  return resources.flatMap((resource) => operations.map((operation) => ({ ...resource, operation })));
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}
