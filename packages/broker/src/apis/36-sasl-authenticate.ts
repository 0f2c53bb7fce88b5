/**
 * SaslAuthenticate, versions 0–2. 1: lifetime of the session (KIP-368). 2: flexible.
 * As with SaslHandshake, what comes here came at the wrong time.
 */
import { ErrorCode, SaslAuthenticateResponseDefaults } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';

export const saslAuthenticate: BrokerApi = defineApi({
  name: 'SaslAuthenticate',
  handle() {
    return {
      ...SaslAuthenticateResponseDefaults,
      errorCode: ErrorCode.ILLEGAL_SASL_STATE,
      errorMessage: 'SaslAuthenticate request received after successful authentication',
      authBytes: new Uint8Array(0),
    };
  },
});
