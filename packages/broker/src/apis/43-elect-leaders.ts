/** ElectLeaders, versions 0–2 (KIP-460). 2: flexible. The one broker leads everything: no election is ever needed. */
import { ErrorCode, errorMessage } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';

export const electLeaders: BrokerApi = defineApi({
  name: 'ElectLeaders',
  handle(services, request) {
    // Null asks for all that need one.
    const replicaElectionResults = (request.topicPartitions ?? []).map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map((partitionId) => {
        const isThere = services.cluster.find(topic, partitionId) !== null;
        const errorCode = isThere ? ErrorCode.ELECTION_NOT_NEEDED : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        return { partitionId, errorCode, errorMessage: errorMessage(errorCode) };
      }),
    }));
    return { throttleTimeMs: 0, errorCode: 0, replicaElectionResults };
  },
});
