/** DescribeDelegationToken, versions 1–3 (KIP-48). 2: flexible. 3: who asked for it. There are no tokens here. */
import { type BrokerApi, defineApi } from './api.ts';
import { delegationTokenError } from './delegation-tokens.ts';

export const describeDelegationToken: BrokerApi = defineApi({
  name: 'DescribeDelegationToken',
  handle(_services, _request, call) {
    return { errorCode: delegationTokenError(call), tokens: [], throttleTimeMs: 0 };
  },
});
