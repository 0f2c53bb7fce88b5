/**
 * DescribeGroups (15): describes classic groups and their members.
 *
 * - v1: throttle time
 * - v3: authorized operations (KIP-430)
 * - v4: static members (KIP-345)
 * - v5: flexible
 * - v6: GROUP_ID_NOT_FOUND with a message (KIP-1043)
 */
import { type ApiDeclaration, api, bool, bytes, int16, int32, list, string } from '../schema.ts';

export const describeGroups: ApiDeclaration = api({
  name: 'DescribeGroups',
  key: 15,
  versions: '0-6',
  flexible: '5+',
  request: {
    groups: list('0+', 'string'),
    includeAuthorizedOperations: bool('3+'),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    groups: list('0+', 'DescribedGroup', {
      errorCode: int16('0+'),
      errorMessage: string('6+', { nullable: '6+', default: null }),
      groupId: string('0+'),
      groupState: string('0+'),
      protocolType: string('0+'),
      protocolData: string('0+'),
      members: list('0+', 'DescribedGroupMember', {
        memberId: string('0+'),
        groupInstanceId: string('4+', { nullable: '4+', default: null, ignorable: true }),
        clientId: string('0+'),
        clientHost: string('0+'),
        memberMetadata: bytes('0+'),
        memberAssignment: bytes('0+'),
      }),
      authorizedOperations: int32('3+', { default: -2147483648 }),
    }),
  },
});
