import type { Acl, AclOperation, AclResourceType } from '../../cluster/security-image.ts';

// Kafka's codes: the place in the list is the number on the wire. In a filter ANY fits everything.

export const ANY = 1;

export const RESOURCE_TYPES: readonly (AclResourceType | null)[] = [
  null,
  null,
  'Topic',
  'Group',
  'Cluster',
  'TransactionalId',
  'DelegationToken',
  'User',
];

export const OPERATIONS: readonly (AclOperation | null)[] = [
  null,
  null,
  'All',
  'Read',
  'Write',
  'Create',
  'Delete',
  'Alter',
  'Describe',
  'ClusterAction',
  'DescribeConfigs',
  'AlterConfigs',
  'IdempotentWrite',
  'CreateTokens',
  'DescribeTokens',
  'TwoPhaseCommit',
];

export const PERMISSIONS: readonly (Acl['permission'] | null)[] = [null, null, 'Deny', 'Allow'];

/** Fits what a rule for the resource would concern: its own name, names that it begins with, and the wildcard. */
export const MATCH = 2;

export const PATTERN_TYPES: readonly (Acl['patternType'] | null)[] = [null, null, null, 'Literal', 'Prefixed'];
