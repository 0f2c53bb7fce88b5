/**
 * ShareFetch (78): acquires records for a member of a share group (KIP-932).
 *
 * - v2: modes of acquiring (KIP-1206), renewals (KIP-1222)
 *
 * Left out: version 0, an early access of Kafka 4.0.
 */
import {
  type ApiDeclaration,
  api,
  bool,
  int8,
  int16,
  int32,
  int64,
  list,
  one,
  records,
  string,
  uuid,
} from '../schema.ts';

export const shareFetch: ApiDeclaration = api({
  name: 'ShareFetch',
  key: 78,
  versions: '1-2',
  flexible: '0+',
  request: {
    groupId: string('0+', { nullable: '0+', default: null }),
    memberId: string('0+', { nullable: '0+' }),
    shareSessionEpoch: int32('0+'),
    maxWaitMs: int32('0+'),
    minBytes: int32('0+'),
    maxBytes: int32('0+', { default: 2147483647 }),
    maxRecords: int32('1+'),
    batchSize: int32('1+'),
    shareAcquireMode: int8('2+', { default: 0, ignorable: true }),
    isRenewAck: bool('2+', { default: false }),
    topics: list('0+', 'FetchTopic', {
      topicId: uuid('0+'),
      partitions: list('0+', 'FetchPartition', {
        partitionIndex: int32('0+'),
        partitionMaxBytes: int32('0'),
        acknowledgementBatches: list('0+', 'AcknowledgementBatch', {
          firstOffset: int64('0+'),
          lastOffset: int64('0+'),
          acknowledgeTypes: list('0+', 'int8'),
        }),
      }),
    }),
    forgottenTopicsData: list('0+', 'ForgottenTopic', {
      topicId: uuid('0+'),
      partitions: list('0+', 'int32'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    acquisitionLockTimeoutMs: int32('1+'),
    responses: list('0+', 'ShareFetchableTopicResponse', {
      topicId: uuid('0+'),
      partitions: list('0+', 'PartitionData', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+', default: null }),
        acknowledgeErrorCode: int16('0+'),
        acknowledgeErrorMessage: string('0+', { nullable: '0+', default: null }),
        currentLeader: one('0+', 'LeaderIdAndEpoch', {
          leaderId: int32('0+'),
          leaderEpoch: int32('0+'),
        }),
        records: records('0+', { nullable: '0' }),
        acquiredRecords: list('0+', 'AcquiredRecords', {
          firstOffset: int64('0+'),
          lastOffset: int64('0+'),
          deliveryCount: int16('0+'),
        }),
      }),
    }),
    nodeEndpoints: list('0+', 'NodeEndpoint', {
      nodeId: int32('0+'),
      host: string('0+'),
      port: int32('0+'),
      rack: string('0+', { nullable: '0+', default: null }),
    }),
  },
});
