/**
 * ListGroups (16): lists the groups that the broker coordinates.
 *
 * - v1: throttle time
 * - v3: flexible
 * - v4: states and a filter by them (KIP-518)
 * - v5: types and a filter by them (KIP-848)
 */
import { type ApiDeclaration, api, int16, int32, list, string } from '../schema.ts';

export const listGroups: ApiDeclaration = api({
  name: 'ListGroups',
  key: 16,
  versions: '0-5',
  flexible: '3+',
  request: {
    statesFilter: list('4+', 'string'),
    typesFilter: list('5+', 'string'),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
    groups: list('0+', 'ListedGroup', {
      groupId: string('0+'),
      protocolType: string('0+'),
      groupState: string('4+', { ignorable: true }),
      groupType: string('5+', { ignorable: true }),
    }),
  },
});
