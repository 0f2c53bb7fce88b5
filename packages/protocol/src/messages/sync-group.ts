/**
 * SyncGroup (14): hands the leader's assignment in and each member's own part out.
 *
 * - v1: throttle time
 * - v3: static members (KIP-345)
 * - v4: flexible
 * - v5: protocol type and name are checked and given back (KIP-559)
 */
import { type ApiDeclaration, api, bytes, int16, int32, list, string } from '../schema.ts';

export const syncGroup: ApiDeclaration = api({
  name: 'SyncGroup',
  key: 14,
  versions: '0-5',
  flexible: '4+',
  request: {
    groupId: string('0+'),
    generationId: int32('0+'),
    memberId: string('0+'),
    groupInstanceId: string('3+', { nullable: '3+', default: null }),
    protocolType: string('5+', { nullable: '5+', default: null, ignorable: true }),
    protocolName: string('5+', { nullable: '5+', default: null, ignorable: true }),
    assignments: list('0+', 'SyncGroupRequestAssignment', {
      memberId: string('0+'),
      assignment: bytes('0+'),
    }),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
    protocolType: string('5+', { nullable: '5+', default: null, ignorable: true }),
    protocolName: string('5+', { nullable: '5+', default: null, ignorable: true }),
    assignment: bytes('0+'),
  },
});
