import { MillraceError } from '@millrace/base';
import type { Cluster } from '../cluster/cluster.ts';
import { throwIfError } from '../lib/errors.ts';
import type {
  AclBinding,
  AclFilter,
  AclOperation,
  AclPatternType,
  AclPermission,
  AclResourceType,
} from './acl-types.ts';

/** In requests that filter: whatever the rule says. */
const ANY = 1;

const RESOURCE_TYPE: Readonly<Record<AclResourceType, number>> = {
  topic: 2,
  group: 3,
  cluster: 4,
  'transactional-id': 5,
  'delegation-token': 6,
  user: 7,
};
const PATTERN_TYPE: Readonly<Record<AclPatternType, number>> = { literal: 3, prefixed: 4 };
const FILTER_PATTERN_TYPE = { ...PATTERN_TYPE, any: ANY, match: 2 };
const OPERATION: Readonly<Record<AclOperation, number>> = {
  all: 2,
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  'cluster-action': 9,
  'describe-configs': 10,
  'alter-configs': 11,
  'idempotent-write': 12,
  'create-tokens': 13,
  'describe-tokens': 14,
  'two-phase-commit': 15,
};
const PERMISSION: Readonly<Record<AclPermission, number>> = { deny: 2, allow: 3 };

/** A rule as the protocol writes it, but for the pattern type, whose field has two names. */
type WireAcl = {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
};

export async function describeAcls(cluster: Cluster, filter: AclFilter): Promise<readonly AclBinding[]> {
  const link = await cluster.controllerLink();
  const answer = await link.call('DescribeAcls', wireFilter(filter));
  throwIfError(answer.errorCode, 'describing access rules', {}, answer.errorMessage);
  return answer.resources.flatMap(({ acls, ...resource }) => acls.map((acl) => bindingOf({ ...resource, ...acl })));
}

export async function createAcls(cluster: Cluster, bindings: readonly AclBinding[]): Promise<void> {
  const link = await cluster.controllerLink();
  const answer = await link.call('CreateAcls', {
    creations: bindings.map((binding) => ({
      resourceType: RESOURCE_TYPE[binding.resourceType],
      resourceName: binding.resourceName,
      resourcePatternType: PATTERN_TYPE[binding.patternType],
      principal: binding.principal,
      host: binding.host,
      operation: OPERATION[binding.operation],
      permissionType: PERMISSION[binding.permission],
    })),
  });
  for (const { errorCode, errorMessage } of answer.results) {
    throwIfError(errorCode, 'adding access rules', {}, errorMessage);
  }
}

/** Answers the rules that were deleted. */
export async function deleteAcls(cluster: Cluster, filters: readonly AclFilter[]): Promise<readonly AclBinding[]> {
  const link = await cluster.controllerLink();
  const answer = await link.call('DeleteAcls', { filters: filters.map(wireFilter) });
  return answer.filterResults.flatMap(({ errorCode, errorMessage, matchingAcls }) => {
    throwIfError(errorCode, 'deleting access rules', {}, errorMessage);
    return matchingAcls.map((match) => {
      throwIfError(match.errorCode, `deleting a rule on '${match.resourceName}'`, {}, match.errorMessage);
      return bindingOf(match);
    });
  });
}

function wireFilter(filter: AclFilter) {
  return {
    resourceTypeFilter: filter.resourceType === undefined ? ANY : RESOURCE_TYPE[filter.resourceType],
    resourceNameFilter: filter.resourceName ?? null,
    patternTypeFilter: FILTER_PATTERN_TYPE[filter.patternType ?? 'any'],
    principalFilter: filter.principal ?? null,
    hostFilter: filter.host ?? null,
    operation: filter.operation === undefined ? ANY : OPERATION[filter.operation],
    permissionType: filter.permission === undefined ? ANY : PERMISSION[filter.permission],
  };
}

function bindingOf(acl: WireAcl): AclBinding {
  return {
    resourceType: nameOf(RESOURCE_TYPE, acl.resourceType),
    resourceName: acl.resourceName,
    patternType: nameOf(PATTERN_TYPE, acl.patternType),
    principal: acl.principal,
    host: acl.host,
    operation: nameOf(OPERATION, acl.operation),
    permission: nameOf(PERMISSION, acl.permissionType),
  };
}

function nameOf<N extends string>(codes: Readonly<Record<N, number>>, code: number): N {
  for (const name in codes) if (codes[name] === code) return name;
  throw new MillraceError('UNKNOWN_ACL_CODE', `the broker answered the unknown code ${code} in an access rule`);
}
