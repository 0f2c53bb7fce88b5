/**
 * DescribeAcls (29): lists the access rules that match a filter.
 *
 * - v1: prefixed patterns (KIP-290)
 * - v2: flexible
 * - v3: rules on users (KIP-373)
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int8, int16, int32, list, string } from '../schema.ts';

export const describeAcls: ApiDeclaration = api({
  name: 'DescribeAcls',
  key: 29,
  versions: '1-3',
  flexible: '2+',
  request: {
    resourceTypeFilter: int8('0+'),
    resourceNameFilter: string('0+', { nullable: '0+' }),
    patternTypeFilter: int8('1+', { default: 3 }),
    principalFilter: string('0+', { nullable: '0+' }),
    hostFilter: string('0+', { nullable: '0+' }),
    operation: int8('0+'),
    permissionType: int8('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    resources: list('0+', 'DescribeAclsResource', {
      resourceType: int8('0+'),
      resourceName: string('0+'),
      patternType: int8('1+', { default: 3 }),
      acls: list('0+', 'AclDescription', {
        principal: string('0+'),
        host: string('0+'),
        operation: int8('0+'),
        permissionType: int8('0+'),
      }),
    }),
  },
});
