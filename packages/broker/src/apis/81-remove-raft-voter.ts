/** RemoveRaftVoter, version 0 (KIP-853). The quorum is one and stays one, as Kafka's does whose voters are fixed. */
import { ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';

export const removeRaftVoter: BrokerApi = defineApi({
  name: 'RemoveRaftVoter',
  handle() {
    const errorMessage = "Cluster doesn't support removing voter because the kraft.version feature is 0";
    return { throttleTimeMs: 0, errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage };
  },
});
