/**
 * ShareAcknowledge (79): acknowledges records of a share group (KIP-932).
 *
 * - v2: renewals (KIP-1222)
 *
 * Left out: version 0, an early access of Kafka 4.0.
 */
import { type ApiDeclaration, api, bool, int16, int32, int64, list, one, string, uuid } from '../schema.ts';

export const shareAcknowledge: ApiDeclaration = api({
  name: 'ShareAcknowledge',
  key: 79,
  versions: '1-2',
  flexible: '0+',
  request: {
    groupId: string('0+', { nullable: '0+', default: null }),
    memberId: string('0+', { nullable: '0+' }),
    shareSessionEpoch: int32('0+'),
    isRenewAck: bool('2+', { default: false }),
    topics: list('0+', 'AcknowledgeTopic', {
      topicId: uuid('0+'),
      partitions: list('0+', 'AcknowledgePartition', {
        partitionIndex: int32('0+'),
        acknowledgementBatches: list('0+', 'AcknowledgementBatch', {
          firstOffset: int64('0+'),
          lastOffset: int64('0+'),
          acknowledgeTypes: list('0+', 'int8'),
        }),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    acquisitionLockTimeoutMs: int32('2+', { ignorable: true }),
    responses: list('0+', 'ShareAcknowledgeTopicResponse', {
      topicId: uuid('0+'),
      partitions: list('0+', 'PartitionData', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+', default: null }),
        currentLeader: one('0+', 'LeaderIdAndEpoch', {
          leaderId: int32('0+'),
          leaderEpoch: int32('0+'),
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
