/**
 * Share groups (KIP-932) as records of `__consumer_offsets`. A group is several records: its epoch, the members and what
 * they subscribe to, which partitions each should have (target) and has (current), and the partitions whose delivery the
 * group has a state of, which is kept elsewhere (`share-state-records.ts`). The key begins with an int16, the type of the
 * record; the value with an int16, its version.
 *
 * All values are at version 0 and flexible; the time of the assignment (KIP-1263) came later and is tagged.
 */
import {
  int8,
  int32,
  int64,
  list,
  type MessageDeclaration,
  message,
  type StructType,
  string,
  struct,
  uuid,
} from '../schema.ts';

const MEMBER_METADATA = 10;
const METADATA = 11;
const TARGET_ASSIGNMENT_METADATA = 12;
const TARGET_ASSIGNMENT_MEMBER = 13;
const CURRENT_MEMBER_ASSIGNMENT = 14;
const STATE_PARTITION_METADATA = 15;

function groupKey(name: string, recordType: number): MessageDeclaration {
  return message({ name, versions: '0', recordType, fields: { groupId: string('0') } });
}

function memberKey(name: string, recordType: number): MessageDeclaration {
  return message({ name, versions: '0', recordType, fields: { groupId: string('0'), memberId: string('0') } });
}

export const shareGroupMemberMetadataKey: MessageDeclaration = memberKey(
  'ShareGroupMemberMetadataKey',
  MEMBER_METADATA,
);

export const shareGroupMemberMetadataValue: MessageDeclaration = message({
  name: 'ShareGroupMemberMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: MEMBER_METADATA,
  fields: {
    rackId: string('0+', { nullable: '0+' }),
    clientId: string('0+'),
    clientHost: string('0+'),
    subscribedTopicNames: list('0+', 'string'),
  },
});

export const shareGroupMetadataKey: MessageDeclaration = groupKey('ShareGroupMetadataKey', METADATA);

export const shareGroupMetadataValue: MessageDeclaration = message({
  name: 'ShareGroupMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: METADATA,
  fields: {
    epoch: int32('0+'),
    metadataHash: int64('0+'),
  },
});

export const shareGroupTargetAssignmentMetadataKey: MessageDeclaration = groupKey(
  'ShareGroupTargetAssignmentMetadataKey',
  TARGET_ASSIGNMENT_METADATA,
);

export const shareGroupTargetAssignmentMetadataValue: MessageDeclaration = message({
  name: 'ShareGroupTargetAssignmentMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: TARGET_ASSIGNMENT_METADATA,
  fields: {
    assignmentEpoch: int32('0+'),
    assignmentTimestamp: int64('0+', { tag: 0, default: 0, ignorable: true }),
  },
});

export const shareGroupTargetAssignmentMemberKey: MessageDeclaration = memberKey(
  'ShareGroupTargetAssignmentMemberKey',
  TARGET_ASSIGNMENT_MEMBER,
);

export const shareGroupTargetAssignmentMemberValue: MessageDeclaration = message({
  name: 'ShareGroupTargetAssignmentMemberValue',
  versions: '0',
  flexible: '0+',
  recordType: TARGET_ASSIGNMENT_MEMBER,
  fields: {
    topicPartitions: list('0+', 'TopicPartition', {
      topicId: uuid('0+'),
      partitions: list('0+', 'int32'),
    }),
  },
});

export const shareGroupCurrentMemberAssignmentKey: MessageDeclaration = memberKey(
  'ShareGroupCurrentMemberAssignmentKey',
  CURRENT_MEMBER_ASSIGNMENT,
);

export const shareGroupCurrentMemberAssignmentValue: MessageDeclaration = message({
  name: 'ShareGroupCurrentMemberAssignmentValue',
  versions: '0',
  flexible: '0+',
  recordType: CURRENT_MEMBER_ASSIGNMENT,
  fields: {
    memberEpoch: int32('0+'),
    previousMemberEpoch: int32('0+'),
    state: int8('0+'),
    assignedPartitions: list('0+', 'TopicPartitions', {
      topicId: uuid('0+'),
      partitions: list('0+', 'int32'),
    }),
  },
});

export const shareGroupStatePartitionMetadataKey: MessageDeclaration = groupKey(
  'ShareGroupStatePartitionMetadataKey',
  STATE_PARTITION_METADATA,
);

const topicPartitionsInfo: StructType = struct('TopicPartitionsInfo', {
  topicId: uuid('0+'),
  topicName: string('0+'),
  partitions: list('0+', 'int32'),
});

export const shareGroupStatePartitionMetadataValue: MessageDeclaration = message({
  name: 'ShareGroupStatePartitionMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: STATE_PARTITION_METADATA,
  fields: {
    initializingTopics: list('0+', topicPartitionsInfo),
    initializedTopics: list('0+', topicPartitionsInfo),
    deletingTopics: list('0+', 'TopicInfo', {
      topicId: uuid('0+'),
      topicName: string('0+'),
    }),
  },
});
