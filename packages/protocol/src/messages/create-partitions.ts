/**
 * CreatePartitions (37): adds partitions to topics.
 *
 * - v2: flexible
 * - v3: THROTTLING_QUOTA_EXCEEDED (KIP-599)
 */
import { type ApiDeclaration, api, bool, int16, int32, list, string } from '../schema.ts';

export const createPartitions: ApiDeclaration = api({
  name: 'CreatePartitions',
  key: 37,
  versions: '0-3',
  flexible: '2+',
  request: {
    topics: list('0+', 'CreatePartitionsTopic', {
      name: string('0+'),
      count: int32('0+'),
      assignments: list('0+', { nullable: '0+' }, 'CreatePartitionsAssignment', {
        brokerIds: list('0+', 'int32'),
      }),
    }),
    timeoutMs: int32('0+'),
    validateOnly: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    results: list('0+', 'CreatePartitionsTopicResult', {
      name: string('0+'),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+', default: null }),
    }),
  },
});
