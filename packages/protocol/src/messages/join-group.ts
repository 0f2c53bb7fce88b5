/**
 * JoinGroup (11): joins a group of the classic protocol and waits until its members are known.
 *
 * - v1: rebalance timeout
 * - v2: throttle time
 * - v4: the first join only hands out a member id (KIP-394)
 * - v5: static members (KIP-345)
 * - v6: flexible
 * - v7: protocol type in the answer (KIP-559)
 * - v8: a reason (KIP-800)
 * - v9: tells a leader to skip the assignment (KIP-814)
 */
import { type ApiDeclaration, api, bool, bytes, int16, int32, list, string } from '../schema.ts';

export const joinGroup: ApiDeclaration = api({
  name: 'JoinGroup',
  key: 11,
  versions: '0-9',
  flexible: '6+',
  request: {
    groupId: string('0+'),
    sessionTimeoutMs: int32('0+'),
    rebalanceTimeoutMs: int32('1+', { default: -1, ignorable: true }),
    memberId: string('0+'),
    groupInstanceId: string('5+', { nullable: '5+', default: null }),
    protocolType: string('0+'),
    protocols: list('0+', 'JoinGroupRequestProtocol', {
      name: string('0+'),
      metadata: bytes('0+'),
    }),
    reason: string('8+', { nullable: '8+', default: null, ignorable: true }),
  },
  response: {
    throttleTimeMs: int32('2+', { ignorable: true }),
    errorCode: int16('0+'),
    generationId: int32('0+', { default: -1 }),
    protocolType: string('7+', { nullable: '7+', default: null, ignorable: true }),
    protocolName: string('0+', { nullable: '7+' }),
    leader: string('0+'),
    skipAssignment: bool('9+', { default: false }),
    memberId: string('0+'),
    members: list('0+', 'JoinGroupResponseMember', {
      memberId: string('0+'),
      groupInstanceId: string('5+', { nullable: '5+', default: null, ignorable: true }),
      metadata: bytes('0+'),
    }),
  },
});
