import type { AclOperation, AclResourceType } from '../cluster/security-image.ts';
import { OPERATIONS } from '../security/acl/acl-codes.ts';
import { CLUSTER_NAME, type Rights } from '../security/acl/rights.ts';

/** What an answer carries when the client did not ask for it. */
export const OPERATIONS_NOT_ASKED = -2_147_483_648;

// Bits are the codes of Kafka's AclOperation.
const bits = (...operations: AclOperation[]): number =>
  operations.reduce((sum, operation) => sum | (1 << OPERATIONS.indexOf(operation)), 0);

/** All operations that a resource has: what everybody may do where nobody asks for rights. */
export const TOPIC_OPERATIONS: number = bits(
  'Read',
  'Write',
  'Create',
  'Describe',
  'Delete',
  'Alter',
  'DescribeConfigs',
  'AlterConfigs',
);
export const GROUP_OPERATIONS: number = bits('Read', 'Describe', 'Delete', 'DescribeConfigs', 'AlterConfigs');
export const CLUSTER_OPERATIONS: number = bits(
  'Create',
  'ClusterAction',
  'DescribeConfigs',
  'AlterConfigs',
  'IdempotentWrite',
  'Alter',
  'Describe',
);

/** What of these operations a client may do with one resource. */
export function allowedOperations(
  operations: number,
  rights: Rights,
  type: AclResourceType,
  name: string | null,
): number {
  if (operations === OPERATIONS_NOT_ASKED) return operations;
  const isAllowed = (operation: AclOperation | null, code: number): boolean =>
    operation !== null && (operations & (1 << code)) !== 0 && rights.may(operation, type, name ?? CLUSTER_NAME);
  return OPERATIONS.reduce((sum, operation, code) => (isAllowed(operation, code) ? sum | (1 << code) : sum), 0);
}
