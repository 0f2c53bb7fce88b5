/**
 * DescribeClientQuotas (48): lists quotas of users, client ids and addresses (KIP-546).
 *
 * - v1: flexible
 */
import { type ApiDeclaration, api, bool, float64, int8, int16, int32, list, string } from '../schema.ts';

export const describeClientQuotas: ApiDeclaration = api({
  name: 'DescribeClientQuotas',
  key: 48,
  versions: '0-1',
  flexible: '1+',
  request: {
    components: list('0+', 'ComponentData', {
      entityType: string('0+'),
      matchType: int8('0+'),
      match: string('0+', { nullable: '0+' }),
    }),
    strict: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    entries: list('0+', { nullable: '0+' }, 'EntryData', {
      entity: list('0+', 'EntityData', {
        entityType: string('0+'),
        entityName: string('0+', { nullable: '0+' }),
      }),
      values: list('0+', 'ValueData', {
        key: string('0+'),
        value: float64('0+'),
      }),
    }),
  },
});
