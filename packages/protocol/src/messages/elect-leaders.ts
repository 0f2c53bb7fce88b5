/**
 * ElectLeaders (43): starts leader elections (KIP-183).
 *
 * - v1: preferred or unclean (KIP-460)
 * - v2: flexible
 */
import { type ApiDeclaration, api, int8, int16, int32, list, string } from '../schema.ts';

export const electLeaders: ApiDeclaration = api({
  name: 'ElectLeaders',
  key: 43,
  versions: '0-2',
  flexible: '2+',
  request: {
    electionType: int8('1+'),
    topicPartitions: list('0+', { nullable: '0+' }, 'TopicPartitions', {
      topic: string('0+'),
      partitions: list('0+', 'int32'),
    }),
    timeoutMs: int32('0+', { default: 60000 }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('1+'),
    replicaElectionResults: list('0+', 'ReplicaElectionResult', {
      topic: string('0+'),
      partitionResult: list('0+', 'PartitionResult', {
        partitionId: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+' }),
      }),
    }),
  },
});
