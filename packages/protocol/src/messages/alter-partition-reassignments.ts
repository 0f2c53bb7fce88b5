/**
 * AlterPartitionReassignments (45): starts or cancels moves of partitions (KIP-455).
 *
 * - v1: may forbid a change of the replication factor (KIP-860)
 */
import { type ApiDeclaration, api, bool, int16, int32, list, string } from '../schema.ts';

export const alterPartitionReassignments: ApiDeclaration = api({
  name: 'AlterPartitionReassignments',
  key: 45,
  versions: '0-1',
  flexible: '0+',
  request: {
    timeoutMs: int32('0+', { default: 60000 }),
    allowReplicationFactorChange: bool('1+', { default: true }),
    topics: list('0+', 'ReassignableTopic', {
      name: string('0+'),
      partitions: list('0+', 'ReassignablePartition', {
        partitionIndex: int32('0+'),
        replicas: list('0+', { nullable: '0+', default: null }, 'int32'),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    allowReplicationFactorChange: bool('1+', { default: true, ignorable: true }),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    responses: list('0+', 'ReassignableTopicResponse', {
      name: string('0+'),
      partitions: list('0+', 'ReassignablePartitionResponse', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+' }),
      }),
    }),
  },
});
