/**
 * LeaveGroup (13): takes members out of a classic group.
 *
 * - v1: throttle time
 * - v3: several members in one request, static ones too (KIP-345)
 * - v4: flexible
 * - v5: a reason (KIP-800)
 */
import { type ApiDeclaration, api, int16, int32, list, string } from '../schema.ts';

export const leaveGroup: ApiDeclaration = api({
  name: 'LeaveGroup',
  key: 13,
  versions: '0-5',
  flexible: '4+',
  request: {
    groupId: string('0+'),
    memberId: string('0-2'),
    members: list('3+', 'MemberIdentity', {
      memberId: string('3+'),
      groupInstanceId: string('3+', { nullable: '3+', default: null }),
      reason: string('5+', { nullable: '5+', default: null, ignorable: true }),
    }),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
    members: list('3+', 'MemberResponse', {
      memberId: string('3+'),
      groupInstanceId: string('3+', { nullable: '3+' }),
      errorCode: int16('3+'),
    }),
  },
});
