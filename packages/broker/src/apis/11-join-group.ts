/**
 * JoinGroup, versions 0–9. 1: rebalance timeout. 4: an id before the first round (KIP-394). 5: static members (KIP-345).
 * 6: flexible. 7: protocol type. 8: reason. 9: a leader that need not assign (KIP-814).
 */
import { refusedJoin } from '../coordinators/group/classic/answers.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const joinGroup: BrokerApi = defineApi({
  name: 'JoinGroup',
  async handle(services, request, call) {
    const client = {
      clientId: call.clientId,
      clientHost: call.clientHost,
      requireKnownMemberId: call.version >= 4,
      supportsSkippingAssignment: call.version >= 9,
    };
    const answer = await services.groups
      .join(request, client)
      .catch((error: unknown) => refusedJoin(request.memberId, errorCodeOf(error)));
    return {
      ...answer,
      throttleTimeMs: 0,
      // Null only exists since version 7.
      protocolName: answer.protocolName ?? (call.version >= 7 ? null : ''),
    };
  },
});
