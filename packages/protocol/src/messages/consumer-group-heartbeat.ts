/**
 * ConsumerGroupHeartbeat (68): the one request of a member of the new consumer group protocol (KIP-848).
 *
 * - v1: a regular expression of topics; the member makes its own id (KIP-1082)
 */
import { type ApiDeclaration, api, int16, int32, list, one, type StructType, string, struct, uuid } from '../schema.ts';

const topicPartitions: StructType = struct('TopicPartitions', {
  topicId: uuid('0+'),
  partitions: list('0+', 'int32'),
});

export const consumerGroupHeartbeat: ApiDeclaration = api({
  name: 'ConsumerGroupHeartbeat',
  key: 68,
  versions: '0-1',
  flexible: '0+',
  request: {
    groupId: string('0+'),
    memberId: string('0+'),
    memberEpoch: int32('0+'),
    instanceId: string('0+', { nullable: '0+', default: null }),
    rackId: string('0+', { nullable: '0+', default: null }),
    rebalanceTimeoutMs: int32('0+', { default: -1 }),
    subscribedTopicNames: list('0+', { nullable: '0+', default: null }, 'string'),
    subscribedTopicRegex: string('1+', { nullable: '1+', default: null }),
    serverAssignor: string('0+', { nullable: '0+', default: null }),
    topicPartitions: list('0+', { nullable: '0+', default: null }, 'TopicPartitions', {
      topicId: uuid('0+'),
      partitions: list('0+', 'int32'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    memberId: string('0+', { nullable: '0+', default: null }),
    memberEpoch: int32('0+'),
    heartbeatIntervalMs: int32('0+'),
    assignment: one('0+', { nullable: '0+', default: null }, 'Assignment', {
      topicPartitions: list('0+', topicPartitions),
    }),
  },
});
