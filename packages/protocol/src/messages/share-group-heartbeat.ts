/**
 * ShareGroupHeartbeat (76): the heartbeat of a member of a share group (KIP-932).
 *
 * Left out: version 0, an early access of Kafka 4.0.
 */
import { type ApiDeclaration, api, int16, int32, list, one, type StructType, string, struct, uuid } from '../schema.ts';

const topicPartitions: StructType = struct('TopicPartitions', {
  topicId: uuid('0+'),
  partitions: list('0+', 'int32'),
});

export const shareGroupHeartbeat: ApiDeclaration = api({
  name: 'ShareGroupHeartbeat',
  key: 76,
  versions: '1',
  flexible: '0+',
  request: {
    groupId: string('0+'),
    memberId: string('0+'),
    memberEpoch: int32('0+'),
    rackId: string('0+', { nullable: '0+', default: null }),
    subscribedTopicNames: list('0+', { nullable: '0+', default: null }, 'string'),
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
