/** AddRaftVoter, versions 0–1 (KIP-853). The quorum is one and stays one, as Kafka's does whose voters are fixed. */
import { ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';

export const addRaftVoter: BrokerApi = defineApi({
  name: 'AddRaftVoter',
  handle() {
    const errorMessage = "Cluster doesn't support adding voter because the kraft.version feature is 0";
    return { throttleTimeMs: 0, errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage };
  },
});
