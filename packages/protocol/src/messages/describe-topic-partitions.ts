/**
 * DescribeTopicPartitions (75): describes topics in pages (KIP-966).
 *
 * Flexible from the start.
 */
import { type ApiDeclaration, api, bool, int16, int32, list, one, string, uuid } from '../schema.ts';

export const describeTopicPartitions: ApiDeclaration = api({
  name: 'DescribeTopicPartitions',
  key: 75,
  versions: '0',
  flexible: '0+',
  request: {
    topics: list('0+', 'TopicRequest', {
      name: string('0+'),
    }),
    responsePartitionLimit: int32('0+', { default: 2000 }),
    cursor: one('0+', { nullable: '0+', default: null }, 'Cursor', {
      topicName: string('0+'),
      partitionIndex: int32('0+'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+', { ignorable: true }),
    topics: list('0+', 'DescribeTopicPartitionsResponseTopic', {
      errorCode: int16('0+'),
      name: string('0+', { nullable: '0+' }),
      topicId: uuid('0+', { ignorable: true }),
      isInternal: bool('0+', { default: false, ignorable: true }),
      partitions: list('0+', 'DescribeTopicPartitionsResponsePartition', {
        errorCode: int16('0+'),
        partitionIndex: int32('0+'),
        leaderId: int32('0+'),
        leaderEpoch: int32('0+', { default: -1, ignorable: true }),
        replicaNodes: list('0+', 'int32'),
        isrNodes: list('0+', 'int32'),
        eligibleLeaderReplicas: list('0+', { nullable: '0+', default: null }, 'int32'),
        lastKnownElr: list('0+', { nullable: '0+', default: null }, 'int32'),
        offlineReplicas: list('0+', { ignorable: true }, 'int32'),
      }),
      topicAuthorizedOperations: int32('0+', { default: -2147483648 }),
    }),
    nextCursor: one('0+', { nullable: '0+', default: null }, 'Cursor', {
      topicName: string('0+'),
      partitionIndex: int32('0+'),
    }),
  },
});
