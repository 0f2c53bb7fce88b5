/**
 * Produce (0): appends record batches to partitions.
 *
 * - v3: transactional id, batches of magic 2 (KIP-98)
 * - v5: log start offset in the answer
 * - v7: zstd (KIP-110)
 * - v8: errors by record (KIP-467)
 * - v9: flexible (KIP-482)
 * - v10: current leader and its address on NOT_LEADER_OR_FOLLOWER (KIP-951)
 * - v11: TRANSACTION_ABORTABLE may come back (KIP-890)
 * - v12: adds its partitions to the transaction by itself (KIP-890, transactions v2)
 * - v13: topic ids for names (KIP-516)
 *
 * Left out: versions 0 to 2, whose record formats Kafka removed in 4.0 (KIP-896). A broker names 0 as the lowest
 * version in its ApiVersions answer all the same: older librdkafka doesn't compress otherwise (KAFKA-18659).
 */
import { type ApiDeclaration, api, int16, int32, int64, list, one, records, string, uuid } from '../schema.ts';

export const produce: ApiDeclaration = api({
  name: 'Produce',
  key: 0,
  versions: '3-13',
  flexible: '9+',
  request: {
    transactionalId: string('3+', { nullable: '3+', default: null }),
    acks: int16('0+'),
    timeoutMs: int32('0+'),
    topicData: list('0+', 'TopicProduceData', {
      name: string('0-12', { ignorable: true }),
      topicId: uuid('13+', { ignorable: true }),
      partitionData: list('0+', 'PartitionProduceData', {
        index: int32('0+'),
        records: records('0+', { nullable: '0+' }),
      }),
    }),
  },
  response: {
    responses: list('0+', 'TopicProduceResponse', {
      name: string('0-12', { ignorable: true }),
      topicId: uuid('13+', { ignorable: true }),
      partitionResponses: list('0+', 'PartitionProduceResponse', {
        index: int32('0+'),
        errorCode: int16('0+'),
        baseOffset: int64('0+'),
        logAppendTimeMs: int64('2+', { default: -1, ignorable: true }),
        logStartOffset: int64('5+', { default: -1, ignorable: true }),
        recordErrors: list('8+', { ignorable: true }, 'BatchIndexAndErrorMessage', {
          batchIndex: int32('8+'),
          batchIndexErrorMessage: string('8+', { nullable: '8+', default: null }),
        }),
        errorMessage: string('8+', { nullable: '8+', default: null, ignorable: true }),
        currentLeader: one('10+', { tag: 0 }, 'LeaderIdAndEpoch', {
          leaderId: int32('10+', { default: -1 }),
          leaderEpoch: int32('10+', { default: -1 }),
        }),
      }),
    }),
    throttleTimeMs: int32('1+', { default: 0, ignorable: true }),
    nodeEndpoints: list('10+', { tag: 0 }, 'NodeEndpoint', {
      nodeId: int32('10+'),
      host: string('10+'),
      port: int32('10+'),
      rack: string('10+', { nullable: '10+', default: null }),
    }),
  },
});
