/** CreateDelegationToken, versions 1–3 (KIP-48). 2: flexible. 3: for others (KIP-373). There are no tokens here. */
import { type BrokerApi, defineApi } from './api.ts';
import { delegationTokenError } from './delegation-tokens.ts';

const ABSENT = -1;

export const createDelegationToken: BrokerApi = defineApi({
  name: 'CreateDelegationToken',
  handle(_services, { ownerPrincipalType, ownerPrincipalName }, call) {
    const { type, name } = call.principal;
    // Only versions that can ask for others' tokens say who asked.
    const isForOthers = call.version >= 3;
    const isOwn = (ownerPrincipalName ?? '') === '';
    return {
      errorCode: delegationTokenError(call),
      principalType: isOwn ? type : (ownerPrincipalType ?? ''),
      principalName: isOwn ? name : (ownerPrincipalName ?? ''),
      tokenRequesterPrincipalType: isForOthers ? type : '',
      tokenRequesterPrincipalName: isForOthers ? name : '',
      issueTimestampMs: ABSENT,
      expiryTimestampMs: ABSENT,
      maxTimestampMs: ABSENT,
      tokenId: '',
      hmac: new Uint8Array(0),
      throttleTimeMs: 0,
    };
  },
});
