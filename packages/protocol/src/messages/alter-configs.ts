/**
 * AlterConfigs (33): replaces the whole configuration of topics and brokers. Kept for old clients; the better way is
 * IncrementalAlterConfigs.
 *
 * - v2: flexible
 */
import { type ApiDeclaration, api, bool, int8, int16, int32, list, string } from '../schema.ts';

export const alterConfigs: ApiDeclaration = api({
  name: 'AlterConfigs',
  key: 33,
  versions: '0-2',
  flexible: '2+',
  request: {
    resources: list('0+', 'AlterConfigsResource', {
      resourceType: int8('0+'),
      resourceName: string('0+'),
      configs: list('0+', 'AlterableConfig', {
        name: string('0+'),
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
