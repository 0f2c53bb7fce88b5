/**
 * Fetch (1): reads record batches of partitions, waiting for them if asked to.
 *
 * - v4: isolation level, aborted transactions (KIP-98)
 * - v5: log start offset
 * - v7: fetch sessions (KIP-227)
 * - v9: current leader epoch (KIP-320)
 * - v10: zstd (KIP-110)
 * - v11: racks and preferred replicas (KIP-392)
 * - v12: flexible, last fetched epoch and divergence
 * - v13: topic ids for names (KIP-516)
 * - v14: OFFSET_MOVED_TO_TIERED_STORAGE (KIP-405)
 * - v15: replica id moves into a tagged struct (KIP-903)
 * - v16: addresses of new leaders (KIP-951)
 * - v17: directory id of a follower (KIP-853)
 * - v18: high watermark of a follower (KIP-1166)
 *
 * Left out: versions 0 to 3, removed in Kafka 4.0.
 */
import { LONG_MAX } from '../lib/int64.ts';
import { type ApiDeclaration, api, int8, int16, int32, int64, list, one, records, string, uuid } from '../schema.ts';

export const fetch: ApiDeclaration = api({
  name: 'Fetch',
  key: 1,
  versions: '4-18',
  flexible: '12+',
  request: {
    clusterId: string('12+', { nullable: '12+', tag: 0, default: null, ignorable: true }),
    replicaId: int32('0-14', { default: -1 }),
    replicaState: one('15+', { tag: 1 }, 'ReplicaState', {
      replicaId: int32('15+', { default: -1 }),
      replicaEpoch: int64('15+', { default: -1 }),
    }),
    maxWaitMs: int32('0+'),
    minBytes: int32('0+'),
    maxBytes: int32('3+', { default: 2147483647, ignorable: true }),
    isolationLevel: int8('4+', { default: 0, ignorable: true }),
    sessionId: int32('7+', { default: 0, ignorable: true }),
    sessionEpoch: int32('7+', { default: -1, ignorable: true }),
    topics: list('0+', 'FetchTopic', {
      topic: string('0-12', { ignorable: true }),
      topicId: uuid('13+', { ignorable: true }),
      partitions: list('0+', 'FetchPartition', {
        partition: int32('0+'),
        currentLeaderEpoch: int32('9+', { default: -1, ignorable: true }),
        fetchOffset: int64('0+'),
        lastFetchedEpoch: int32('12+', { default: -1 }),
        logStartOffset: int64('5+', { default: -1, ignorable: true }),
        partitionMaxBytes: int32('0+'),
        replicaDirectoryId: uuid('17+', { tag: 0, ignorable: true }),
        highWatermark: int64('18+', { tag: 1, default: LONG_MAX, ignorable: true }),
      }),
    }),
    forgottenTopicsData: list('7+', 'ForgottenTopic', {
      topic: string('7-12', { ignorable: true }),
      topicId: uuid('13+', { ignorable: true }),
      partitions: list('7+', 'int32'),
    }),
    rackId: string('11+', { default: '', ignorable: true }),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('7+', { ignorable: true }),
    sessionId: int32('7+', { default: 0 }),
    responses: list('0+', 'FetchableTopicResponse', {
      topic: string('0-12', { ignorable: true }),
      topicId: uuid('13+', { ignorable: true }),
      partitions: list('0+', 'PartitionData', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        highWatermark: int64('0+'),
        lastStableOffset: int64('4+', { default: -1, ignorable: true }),
        logStartOffset: int64('5+', { default: -1, ignorable: true }),
        divergingEpoch: one('12+', { tag: 0 }, 'EpochEndOffset', {
          epoch: int32('12+', { default: -1 }),
          endOffset: int64('12+', { default: -1 }),
        }),
        currentLeader: one('12+', { tag: 1 }, 'LeaderIdAndEpoch', {
          leaderId: int32('12+', { default: -1 }),
          leaderEpoch: int32('12+', { default: -1 }),
        }),
        snapshotId: one('12+', { tag: 2 }, 'SnapshotId', {
          endOffset: int64('0+', { default: -1 }),
          epoch: int32('0+', { default: -1 }),
        }),
        abortedTransactions: list('4+', { nullable: '4+', ignorable: true }, 'AbortedTransaction', {
          producerId: int64('4+'),
          firstOffset: int64('4+'),
        }),
        preferredReadReplica: int32('11+', { default: -1 }),
        records: records('0+', { nullable: '0+' }),
      }),
    }),
    nodeEndpoints: list('16+', { tag: 0 }, 'NodeEndpoint', {
      nodeId: int32('16+'),
      host: string('16+'),
      port: int32('16+'),
      rack: string('16+', { nullable: '16+', default: null }),
    }),
  },
});
