/**
 * DeleteGroups (42): deletes empty groups.
 *
 * - v2: flexible
 */
import { type ApiDeclaration, api, int16, int32, list, string } from '../schema.ts';

export const deleteGroups: ApiDeclaration = api({
  name: 'DeleteGroups',
  key: 42,
  versions: '0-2',
  flexible: '2+',
  request: {
    groupsNames: list('0+', 'string'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    results: list('0+', 'DeletableGroupResult', {
      groupId: string('0+'),
      errorCode: int16('0+'),
    }),
  },
});
