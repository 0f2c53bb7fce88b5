/**
 * ListOffsets (2): finds offsets by timestamp, or by one of the negative timestamps that stand for a place in the log.
 *
 * - v1: one offset with its timestamp
 * - v2: isolation level, throttle time
 * - v4: leader epochs (KIP-320)
 * - v5: OFFSET_NOT_AVAILABLE
 * - v6: flexible
 * - v7: largest timestamp, -3 (KIP-734)
 * - v8: earliest local, -4 (KIP-405)
 * - v9: latest tiered, -5 (KIP-1005)
 * - v10: timeout for remote reads (KIP-1075)
 * - v11: earliest not yet uploaded, -6 (KIP-1023)
 *
 * Left out: version 0 with its lists of offsets, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int8, int16, int32, int64, list, string } from '../schema.ts';

export const listOffsets: ApiDeclaration = api({
  name: 'ListOffsets',
  key: 2,
  versions: '1-11',
  flexible: '6+',
  request: {
    replicaId: int32('0+'),
    isolationLevel: int8('2+'),
    topics: list('0+', 'ListOffsetsTopic', {
      name: string('0+'),
      partitions: list('0+', 'ListOffsetsPartition', {
        partitionIndex: int32('0+'),
        currentLeaderEpoch: int32('4+', { default: -1, ignorable: true }),
        timestamp: int64('0+'),
      }),
    }),
    timeoutMs: int32('10+', { ignorable: true }),
  },
  response: {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: list('0+', 'ListOffsetsTopicResponse', {
      name: string('0+'),
      partitions: list('0+', 'ListOffsetsPartitionResponse', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        timestamp: int64('1+', { default: -1 }),
        offset: int64('1+', { default: -1 }),
        leaderEpoch: int32('4+', { default: -1 }),
      }),
    }),
  },
});
