/**
 * SaslHandshake, versions 0–1. 1: tokens come in requests (KIP-152).
 * A connection that asks for a proof takes it before any handler does (`server/authentication.ts`); what comes here came
 * where nobody asks for one, or too soon after the last.
 */
import { ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';

export const saslHandshake: BrokerApi = defineApi({
  name: 'SaslHandshake',
  handle() {
    return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] };
  },
});
