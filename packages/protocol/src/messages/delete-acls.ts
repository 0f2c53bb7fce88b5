/**
 * DeleteAcls (31): deletes the access rules that match filters.
 *
 * - v1: prefixed patterns (KIP-290)
 * - v2: flexible
 * - v3: rules on users (KIP-373)
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int8, int16, int32, list, string } from '../schema.ts';

export const deleteAcls: ApiDeclaration = api({
  name: 'DeleteAcls',
  key: 31,
  versions: '1-3',
  flexible: '2+',
  request: {
    filters: list('0+', 'DeleteAclsFilter', {
      resourceTypeFilter: int8('0+'),
      resourceNameFilter: string('0+', { nullable: '0+' }),
      patternTypeFilter: int8('1+', { default: 3 }),
      principalFilter: string('0+', { nullable: '0+' }),
      hostFilter: string('0+', { nullable: '0+' }),
      operation: int8('0+'),
      permissionType: int8('0+'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    filterResults: list('0+', 'DeleteAclsFilterResult', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
      matchingAcls: list('0+', 'DeleteAclsMatchingAcl', {
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+' }),
        resourceType: int8('0+'),
        resourceName: string('0+'),
        patternType: int8('1+', { default: 3 }),
        principal: string('0+'),
        host: string('0+'),
        operation: int8('0+'),
        permissionType: int8('0+'),
      }),
    }),
  },
});
