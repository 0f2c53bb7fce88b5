/**
 * CreateAcls (30): adds access rules.
 *
 * - v1: prefixed patterns (KIP-290)
 * - v2: flexible
 * - v3: rules on users (KIP-373)
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int8, int16, int32, list, string } from '../schema.ts';

export const createAcls: ApiDeclaration = api({
  name: 'CreateAcls',
  key: 30,
  versions: '1-3',
  flexible: '2+',
  request: {
    creations: list('0+', 'AclCreation', {
      resourceType: int8('0+'),
      resourceName: string('0+'),
      resourcePatternType: int8('1+', { default: 3 }),
      principal: string('0+'),
      host: string('0+'),
      operation: int8('0+'),
      permissionType: int8('0+'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    results: list('0+', 'AclCreationResult', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
    }),
  },
});
