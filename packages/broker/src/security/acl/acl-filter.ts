import type { Acl, AclOperation, AclResourceType } from '../../cluster/security-image.ts';
import { BrokerError } from '../../lib/broker-error.ts';
import { parsePrincipal } from '../principal.ts';
import { ANY, MATCH, OPERATIONS, PATTERN_TYPES, PERMISSIONS, RESOURCE_TYPES } from './acl-codes.ts';
import { WILDCARD } from './acl-index.ts';
import { CLUSTER_NAME } from './rights.ts';

/** A rule as it stands on the wire. */
export type AclCodes = {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
};

/** What rules are asked for; null fits everything. */
export type AclFilter = {
  readonly resourceTypeFilter: number;
  readonly resourceNameFilter: string | null;
  readonly patternTypeFilter: number;
  readonly principalFilter: string | null;
  readonly hostFilter: string | null;
  readonly operation: number;
  readonly permissionType: number;
};

export function aclCodes(acl: Acl): AclCodes {
  return {
    resourceType: RESOURCE_TYPES.indexOf(acl.resourceType),
    resourceName: acl.resourceName,
    patternType: PATTERN_TYPES.indexOf(acl.patternType),
    principal: acl.principal,
    host: acl.host,
    operation: OPERATIONS.indexOf(acl.operation),
    permissionType: PERMISSIONS.indexOf(acl.permission),
  };
}

/** @throws BrokerError `INVALID_REQUEST` for what is no rule. */
export function aclOfCodes(codes: AclCodes): Acl {
  const { resourceName, principal, host } = codes;
  const resourceType = known(RESOURCE_TYPES, codes.resourceType, 'resourceType');
  const patternType = known(PATTERN_TYPES, codes.patternType, 'patternType');
  const operation = known(OPERATIONS, codes.operation, 'operation');
  const permission = known(PERMISSIONS, codes.permissionType, 'permissionType');
  if (resourceName === '') throw new BrokerError('INVALID_REQUEST', 'Resource name should not be empty');
  if (resourceType === 'Cluster' && resourceName !== CLUSTER_NAME) {
    throw new BrokerError('INVALID_REQUEST', `The only valid name for the CLUSTER resource is ${CLUSTER_NAME}`);
  }
  if (parsePrincipal(principal) === null) {
    throw new BrokerError(
      'INVALID_REQUEST',
      `Could not parse principal from \`${principal}\` (no colon is present separating the principal type from the ` +
        'principal name)',
    );
  }
  return { resourceType, patternType, resourceName, principal, host, operation, permission };
}

/** @throws BrokerError `INVALID_REQUEST` for codes that are none. */
export function aclFilter(filter: AclFilter): (acl: Acl) => boolean {
  const type = wanted<AclResourceType>(RESOURCE_TYPES, filter.resourceTypeFilter);
  const operation = wanted<AclOperation>(OPERATIONS, filter.operation);
  const permission = wanted(PERMISSIONS, filter.permissionType);
  const fitsPattern = patternFilter(filter.patternTypeFilter, filter.resourceNameFilter);
  const { principalFilter, hostFilter } = filter;
  return (acl) =>
    (type === null || acl.resourceType === type) &&
    (operation === null || acl.operation === operation) &&
    (permission === null || acl.permission === permission) &&
    (principalFilter === null || acl.principal === principalFilter) &&
    (hostFilter === null || acl.host === hostFilter) &&
    fitsPattern(acl);
}

function patternFilter(code: number, name: string | null): (acl: Acl) => boolean {
  const pattern = code === MATCH ? null : wanted(PATTERN_TYPES, code);
  return (acl) => {
    if (pattern !== null && acl.patternType !== pattern) return false;
    if (name === null || acl.resourceName === name) return true;
    if (code !== MATCH) return false;
    return acl.patternType === 'Prefixed' ? name.startsWith(acl.resourceName) : acl.resourceName === WILDCARD;
  };
}

function known<T>(names: readonly (T | null)[], code: number, what: string): T {
  const name = names[code] ?? null;
  if (name === null) throw new BrokerError('INVALID_REQUEST', `Invalid ${what} ${code}`);
  return name;
}

/** Null for any. */
function wanted<T>(names: readonly (T | null)[], code: number): T | null {
  if (code === ANY) return null;
  const name = names[code] ?? null;
  if (name === null) throw new BrokerError('INVALID_REQUEST', 'The AclBindingFilter contained UNKNOWN elements.');
  return name;
}
