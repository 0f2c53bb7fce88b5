/** SyncGroup, versions 0–5. 3: static members (KIP-345). 4: flexible. 5: protocol type and name (KIP-559). */
import { ErrorCode } from '@millrace/protocol';
import { refusedSync } from '../coordinators/group/classic/answers.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

const PROTOCOL_VERSION = 5;

export const syncGroup: BrokerApi = defineApi({
  name: 'SyncGroup',
  async handle(services, request, call) {
    const isWhole = request.protocolType !== null && request.protocolName !== null;
    if (call.version >= PROTOCOL_VERSION && !isWhole) {
      return { ...refusedSync(ErrorCode.INCONSISTENT_GROUP_PROTOCOL), throttleTimeMs: 0 };
    }
    const answer = await services.groups.sync(request).catch((error: unknown) => refusedSync(errorCodeOf(error)));
    return { ...answer, throttleTimeMs: 0 };
  },
});
