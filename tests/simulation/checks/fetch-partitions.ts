import { type FetchRequest, ZERO_UUID } from '@millrace/protocol';

const FETCH_BYTES = 1_000_000;

export type FetchPosition = {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: number;
  /** The epoch of the record before, −1 for none: then the broker does not say whether it diverged. */
  readonly lastEpoch: number;
};

/** Asks for several partitions, each from its own offset on. */
export function partitionsToFetch(positions: readonly FetchPosition[], maxWaitMs: number): FetchRequest {
  const topics = [...new Set(positions.map(({ topic }) => topic))];
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
    topics: topics.map((topic) => ({
      topic,
      topicId: ZERO_UUID,
      partitions: positions
        .filter((position) => position.topic === topic)
        .map(({ partition, nextOffset, lastEpoch }) => ({
          partition,
          currentLeaderEpoch: -1,
          fetchOffset: nextOffset,
          lastFetchedEpoch: lastEpoch,
          logStartOffset: -1,
          partitionMaxBytes: FETCH_BYTES,
          replicaDirectoryId: ZERO_UUID,
          highWatermark: -1,
        })),
    })),
    forgottenTopicsData: [],
    rackId: '',
  };
}
