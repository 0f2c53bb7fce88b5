/**
 * IncrementalAlterConfigs (44): sets, deletes, appends to or subtracts from single configuration values (KIP-339).
 *
 * - v1: flexible
 */
import { type ApiDeclaration, api, bool, int8, int16, int32, list, string } from '../schema.ts';

export const incrementalAlterConfigs: ApiDeclaration = api({
  name: 'IncrementalAlterConfigs',
  key: 44,
  versions: '0-1',
  flexible: '1+',
  request: {
    resources: list('0+', 'AlterConfigsResource', {
      resourceType: int8('0+'),
      resourceName: string('0+'),
      configs: list('0+', 'AlterableConfig', {
        name: string('0+'),
        configOperation: int8('0+'),
        value: string('0+', { nullable: '0+' }),
      }),
    }),
    validateOnly: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    responses: list('0+', 'AlterConfigsResourceResponse', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
      resourceType: int8('0+'),
      resourceName: string('0+'),
    }),
  },
});
