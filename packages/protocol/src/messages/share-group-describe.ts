/**
 * ShareGroupDescribe (77): describes share groups (KIP-932).
 *
 * Left out: version 0, an early access of Kafka 4.0.
 */
import {
  type ApiDeclaration,
  api,
  bool,
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

export const shareGroupDescribe: ApiDeclaration = api({
  name: 'ShareGroupDescribe',
  key: 77,
  versions: '1',
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
        rackId: string('0+', { nullable: '0+', default: null }),
        memberEpoch: int32('0+'),
        clientId: string('0+'),
        clientHost: string('0+'),
        subscribedTopicNames: list('0+', 'string'),
        assignment: one('0+', assignment),
      }),
      authorizedOperations: int32('0+', { default: -2147483648 }),
    }),
  },
});
