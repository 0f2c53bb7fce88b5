/** RenewDelegationToken, versions 1–2 (KIP-48). 2: flexible. There are no tokens here. */
import { type BrokerApi, defineApi } from './api.ts';
import { delegationTokenError } from './delegation-tokens.ts';

export const renewDelegationToken: BrokerApi = defineApi({
  name: 'RenewDelegationToken',
  handle(_services, _request, call) {
    return { errorCode: delegationTokenError(call), expiryTimestampMs: -1, throttleTimeMs: 0 };
  },
});
