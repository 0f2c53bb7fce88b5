/**
 * ConsumerGroupDescribe (69): describes groups of the new consumer protocol (KIP-848).
 *
 * - v1: types of members (KIP-1099)
 */
import {
  type ApiDeclaration,
  api,
  bool,
  int8,
  int16,
  int32,
  list,
  one,
  type StructType,
  string,
  struct,
  uuid,
} from '../schema.ts';

const topicPartitions: StructType = struct('TopicPartitions', {
  topicId: uuid('0+'),
  topicName: string('0+'),
  partitions: list('0+', 'int32'),
});

const assignment: StructType = struct('Assignment', {
  topicPartitions: list('0+', topicPartitions),
});

export const consumerGroupDescribe: ApiDeclaration = api({
  name: 'ConsumerGroupDescribe',
  key: 69,
  versions: '0-1',
  flexible: '0+',
  request: {
    groupIds: list('0+', 'string'),
    includeAuthorizedOperations: bool('0+'),
  },
  response: {
    throttleTimeMs: int32('0+'),
    groups: list('0+', 'DescribedGroup', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+', default: null }),
      groupId: string('0+'),
      groupState: string('0+'),
      groupEpoch: int32('0+'),
      assignmentEpoch: int32('0+'),
      assignorName: string('0+'),
      members: list('0+', 'Member', {
        memberId: string('0+'),
        instanceId: string('0+', { nullable: '0+', default: null }),
        rackId: string('0+', { nullable: '0+', default: null }),
        memberEpoch: int32('0+'),
        clientId: string('0+'),
        clientHost: string('0+'),
        subscribedTopicNames: list('0+', 'string'),
        subscribedTopicRegex: string('0+', { nullable: '0+', default: null }),
        assignment: one('0+', assignment),
        targetAssignment: one('0+', assignment),
        memberType: int8('1+', { default: -1, ignorable: true }),
      }),
      authorizedOperations: int32('0+', { default: -2147483648 }),
    }),
  },
});
