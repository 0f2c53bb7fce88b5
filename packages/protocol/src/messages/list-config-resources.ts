/**
 * ListConfigResources (74): lists the resources that have a configuration.
 *
 * - v0: only client metrics (KIP-714)
 * - v1: any type (KIP-1142)
 */
import { type ApiDeclaration, api, int8, int16, int32, list, string } from '../schema.ts';

export const listConfigResources: ApiDeclaration = api({
  name: 'ListConfigResources',
  key: 74,
  versions: '0-1',
  flexible: '0+',
  request: {
    resourceTypes: list('1+', 'int8'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    configResources: list('0+', 'ConfigResource', {
      resourceName: string('0+'),
      resourceType: int8('1+', { default: 16, ignorable: true }),
    }),
  },
});
