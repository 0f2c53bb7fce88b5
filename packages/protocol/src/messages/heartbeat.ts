/**
 * Heartbeat (12): keeps a member of a classic group alive and tells it of rebalances.
 *
 * - v1: throttle time
 * - v3: static members (KIP-345)
 * - v4: flexible
 */
import { type ApiDeclaration, api, int16, int32, string } from '../schema.ts';

export const heartbeat: ApiDeclaration = api({
  name: 'Heartbeat',
  key: 12,
  versions: '0-4',
  flexible: '4+',
  request: {
    groupId: string('0+'),
    generationId: int32('0+'),
    memberId: string('0+'),
    groupInstanceId: string('3+', { nullable: '3+', default: null }),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
  },
});
