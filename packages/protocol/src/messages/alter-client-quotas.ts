/**
 * AlterClientQuotas (49): changes quotas of users, client ids and addresses (KIP-546).
 *
 * - v1: flexible
 */
import { type ApiDeclaration, api, bool, float64, int16, int32, list, string } from '../schema.ts';

export const alterClientQuotas: ApiDeclaration = api({
  name: 'AlterClientQuotas',
  key: 49,
  versions: '0-1',
  flexible: '1+',
  request: {
    entries: list('0+', 'EntryData', {
      entity: list('0+', 'EntityData', {
        entityType: string('0+'),
        entityName: string('0+', { nullable: '0+' }),
      }),
      ops: list('0+', 'OpData', {
        key: string('0+'),
        value: float64('0+'),
        remove: bool('0+'),
      }),
    }),
    validateOnly: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    entries: list('0+', 'EntryData', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
      entity: list('0+', 'EntityData', {
        entityType: string('0+'),
        entityName: string('0+', { nullable: '0+' }),
      }),
    }),
  },
});
