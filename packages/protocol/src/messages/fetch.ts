import { LONG_MAX } from '../lib/int64.ts';
import {
  type ApiDeclaration,
  api,
  int8,
  int16,
  int32,
  int64,
  list,
  one,
  records,
  string,
  struct,
  uuid,
} from '../schema.ts';

export const fetch: ApiDeclaration = api({
  name: 'Fetch',
  key: 1,
  versions: '4-18',
  flexible: '12+',
  request: {
    clusterId: string('12+', { nullable: '12+', tag: 0, default: null, ignorable: true }),
    replicaId: int32('0-14', { default: -1 }),
    replicaState: one(
      '15+',
      { tag: 1 },
      struct('ReplicaState', {
        replicaId: int32('15+', { default: -1 }),
        replicaEpoch: int64('15+', { default: -1 }),
      }),
    ),
    maxWaitMs: int32('0+'),
    minBytes: int32('0+'),
    maxBytes: int32('3+', { default: 2147483647, ignorable: true }),
    isolationLevel: int8('4+', { default: 0, ignorable: true }),
    sessionId: int32('7+', { default: 0, ignorable: true }),
    sessionEpoch: int32('7+', { default: -1, ignorable: true }),
    topics: list(
      '0+',
      struct('FetchTopic', {
        topic: string('0-12', { ignorable: true }),
        topicId: uuid('13+', { ignorable: true }),
        partitions: list(
          '0+',
          struct('FetchPartition', {
            partition: int32('0+'),
            currentLeaderEpoch: int32('9+', { default: -1, ignorable: true }),
            fetchOffset: int64('0+'),
            lastFetchedEpoch: int32('12+', { default: -1 }),
            logStartOffset: int64('5+', { default: -1, ignorable: true }),
            partitionMaxBytes: int32('0+'),
            replicaDirectoryId: uuid('17+', { tag: 0, ignorable: true }),
            highWatermark: int64('18+', { tag: 1, default: LONG_MAX, ignorable: true }),
          }),
        ),
      }),
    ),
    forgottenTopicsData: list(
      '7+',
      struct('ForgottenTopic', {
        topic: string('7-12', { ignorable: true }),
        topicId: uuid('13+', { ignorable: true }),
        partitions: list('7+', 'int32'),
      }),
    ),
    rackId: string('11+', { default: '', ignorable: true }),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('7+', { ignorable: true }),
    sessionId: int32('7+', { default: 0 }),
    responses: list(
      '0+',
      struct('FetchableTopicResponse', {
        topic: string('0-12', { ignorable: true }),
        topicId: uuid('13+', { ignorable: true }),
        partitions: list(
          '0+',
          struct('PartitionData', {
            partitionIndex: int32('0+'),
            errorCode: int16('0+'),
            highWatermark: int64('0+'),
            lastStableOffset: int64('4+', { default: -1, ignorable: true }),
            logStartOffset: int64('5+', { default: -1, ignorable: true }),
            divergingEpoch: one(
              '12+',
              { tag: 0 },
              struct('EpochEndOffset', {
                epoch: int32('12+', { default: -1 }),
                endOffset: int64('12+', { default: -1 }),
              }),
            ),
            currentLeader: one(
              '12+',
              { tag: 1 },
              struct('LeaderIdAndEpoch', {
                leaderId: int32('12+', { default: -1 }),
                leaderEpoch: int32('12+', { default: -1 }),
              }),
            ),
            snapshotId: one(
              '12+',
              { tag: 2 },
              struct('SnapshotId', {
                endOffset: int64('0+', { default: -1 }),
                epoch: int32('0+', { default: -1 }),
              }),
            ),
            abortedTransactions: list(
              '4+',
              { nullable: '4+', ignorable: true },
              struct('AbortedTransaction', {
                producerId: int64('4+'),
                firstOffset: int64('4+'),
              }),
            ),
            preferredReadReplica: int32('11+', { default: -1 }),
            records: records('0+', { nullable: '0+' }),
          }),
        ),
      }),
    ),
    nodeEndpoints: list(
      '16+',
      { tag: 0 },
      struct('NodeEndpoint', {
        nodeId: int32('16+'),
        host: string('16+'),
        port: int32('16+'),
        rack: string('16+', { nullable: '16+', default: null }),
      }),
    ),
  },
});
