/**
 * OffsetForLeaderEpoch (23): finds where a leader epoch ended, so that a client notices a truncated log.
 *
 * - v2: current leader epoch (KIP-320)
 * - v3: replica id
 * - v4: flexible
 *
 * Left out: versions 0 and 1, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int16, int32, int64, list, string } from '../schema.ts';

export const offsetForLeaderEpoch: ApiDeclaration = api({
  name: 'OffsetForLeaderEpoch',
  key: 23,
  versions: '2-4',
  flexible: '4+',
  request: {
    replicaId: int32('3+', { default: -2, ignorable: true }),
    topics: list('0+', 'OffsetForLeaderTopic', {
      topic: string('0+'),
      partitions: list('0+', 'OffsetForLeaderPartition', {
        partition: int32('0+'),
        currentLeaderEpoch: int32('2+', { default: -1, ignorable: true }),
        leaderEpoch: int32('0+'),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: list('0+', 'OffsetForLeaderTopicResult', {
      topic: string('0+'),
      partitions: list('0+', 'EpochEndOffset', {
        errorCode: int16('0+'),
        partition: int32('0+'),
        leaderEpoch: int32('1+', { default: -1, ignorable: true }),
        endOffset: int64('0+', { default: -1 }),
      }),
    }),
  },
});
