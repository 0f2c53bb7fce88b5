/** LeaveGroup, versions 0–5. 3: several members, static ones by instance id (KIP-345). 4: flexible. 5: reason. */
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

const SEVERAL_MEMBERS_VERSION = 3;

export const leaveGroup: BrokerApi = defineApi({
  name: 'LeaveGroup',
  async handle(services, request, call) {
    const several = call.version >= SEVERAL_MEMBERS_VERSION;
    const leaving = several ? request.members : [{ memberId: request.memberId, groupInstanceId: null, reason: null }];
    try {
      const members = await services.groups.leave(request.groupId, leaving);
      return several
        ? { throttleTimeMs: 0, errorCode: 0, members }
        : { throttleTimeMs: 0, errorCode: members[0]!.errorCode, members: [] };
    } catch (error) {
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error), members: [] };
    }
  },
});
