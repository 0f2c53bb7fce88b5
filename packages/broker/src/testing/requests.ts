import { type FetchRequest, ZERO_UUID } from '@millrace/protocol';

const FETCH_BYTES = 10_000_000;

/** Asks for partition 0 of a topic from an offset on. */
export function fetchRequest(topic: string, maxWaitMs: number, fetchOffset: number = 0): FetchRequest {
  const partition = {
    partition: 0,
    currentLeaderEpoch: -1,
    fetchOffset,
    lastFetchedEpoch: -1,
    logStartOffset: -1,
    partitionMaxBytes: FETCH_BYTES,
    replicaDirectoryId: ZERO_UUID,
    highWatermark: -1,
  };
  return {
    clusterId: null,
    replicaId: -1,
    replicaState: { replicaId: -1, replicaEpoch: -1 },
    maxWaitMs,
    minBytes: 1,
    maxBytes: FETCH_BYTES,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ topic, topicId: ZERO_UUID, partitions: [partition] }],
    forgottenTopicsData: [],
    rackId: '',
  };
}
