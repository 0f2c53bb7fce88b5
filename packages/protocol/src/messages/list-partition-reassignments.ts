/**
 * ListPartitionReassignments (46): lists moves of partitions that are going on (KIP-455).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, int16, int32, list, string } from '../schema.ts';

export const listPartitionReassignments: ApiDeclaration = api({
  name: 'ListPartitionReassignments',
  key: 46,
  versions: '0',
  flexible: '0+',
  request: {
    timeoutMs: int32('0+', { default: 60000 }),
    topics: list('0+', { nullable: '0+', default: null }, 'ListPartitionReassignmentsTopics', {
      name: string('0+'),
      partitionIndexes: list('0+', 'int32'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    topics: list('0+', 'OngoingTopicReassignment', {
      name: string('0+'),
      partitions: list('0+', 'OngoingPartitionReassignment', {
        partitionIndex: int32('0+'),
        replicas: list('0+', 'int32'),
        addingReplicas: list('0+', 'int32'),
        removingReplicas: list('0+', 'int32'),
      }),
    }),
  },
});
