/**
 * Consumer groups of the new protocol (KIP-848) as records of `__consumer_offsets`. A group is several records: its epoch,
 * the members and what they subscribe to, which partitions each should have (target) and which it has (current). The key
 * begins with an int16, the type of the record; the value with an int16, its version.
 *
 * All values are at version 0 and flexible; what came later is tagged: classic members in a consumer group (KIP-848, live
 * upgrade), the hash of the metadata (KIP-1101), the epoch at which each partition was assigned (KIP-1251), and the time
 * of the assignment (KIP-1263). Kafka means the two nullable ones to be null by default, but its generator does not: null
 * is written.
 */
import {
  bytes,
  int8,
  int32,
  int64,
  list,
  type MessageDeclaration,
  message,
  one,
  type StructType,
  string,
  struct,
  uuid,
} from '../schema.ts';

const METADATA = 3;
const PARTITION_METADATA = 4;
const MEMBER_METADATA = 5;
const TARGET_ASSIGNMENT_METADATA = 6;
const TARGET_ASSIGNMENT_MEMBER = 7;
const CURRENT_MEMBER_ASSIGNMENT = 8;
const REGULAR_EXPRESSION = 16;

function groupKey(name: string, recordType: number): MessageDeclaration {
  return message({ name, versions: '0', recordType, fields: { groupId: string('0') } });
}

function memberKey(name: string, recordType: number): MessageDeclaration {
  return message({ name, versions: '0', recordType, fields: { groupId: string('0'), memberId: string('0') } });
}

export const consumerGroupMetadataKey: MessageDeclaration = groupKey('ConsumerGroupMetadataKey', METADATA);

export const consumerGroupMetadataValue: MessageDeclaration = message({
  name: 'ConsumerGroupMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: METADATA,
  fields: {
    epoch: int32('0+'),
    metadataHash: int64('0+', { tag: 0, default: 0 }),
  },
});

/** Written by Kafka 3.7 to 4.0 instead of the hash; only its tombstone matters today. */
export const consumerGroupPartitionMetadataKey: MessageDeclaration = groupKey(
  'ConsumerGroupPartitionMetadataKey',
  PARTITION_METADATA,
);

export const consumerGroupPartitionMetadataValue: MessageDeclaration = message({
  name: 'ConsumerGroupPartitionMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: PARTITION_METADATA,
  fields: {
    topics: list('0+', 'TopicMetadata', {
      topicId: uuid('0+'),
      topicName: string('0+'),
      numPartitions: int32('0+'),
      partitionMetadata: list('0+', 'PartitionMetadata', {
        partition: int32('0+'),
        racks: list('0+', 'string'),
      }),
    }),
  },
});

export const consumerGroupMemberMetadataKey: MessageDeclaration = memberKey(
  'ConsumerGroupMemberMetadataKey',
  MEMBER_METADATA,
);

export const consumerGroupMemberMetadataValue: MessageDeclaration = message({
  name: 'ConsumerGroupMemberMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: MEMBER_METADATA,
  fields: {
    instanceId: string('0+', { nullable: '0+' }),
    rackId: string('0+', { nullable: '0+' }),
    clientId: string('0+'),
    clientHost: string('0+'),
    subscribedTopicNames: list('0+', 'string'),
    subscribedTopicRegex: string('0+', { nullable: '0+' }),
    rebalanceTimeoutMs: int32('0+', { default: -1 }),
    serverAssignor: string('0+', { nullable: '0+' }),
    classicMemberMetadata: one('0+', { nullable: '0+', tag: 0 }, 'ClassicMemberMetadata', {
      sessionTimeoutMs: int32('0+'),
      supportedProtocols: list('0+', 'ClassicProtocol', {
        name: string('0+'),
        metadata: bytes('0+'),
      }),
    }),
  },
});

export const consumerGroupTargetAssignmentMetadataKey: MessageDeclaration = groupKey(
  'ConsumerGroupTargetAssignmentMetadataKey',
  TARGET_ASSIGNMENT_METADATA,
);

export const consumerGroupTargetAssignmentMetadataValue: MessageDeclaration = message({
  name: 'ConsumerGroupTargetAssignmentMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: TARGET_ASSIGNMENT_METADATA,
  fields: {
    assignmentEpoch: int32('0+'),
    assignmentTimestamp: int64('0+', { tag: 0, default: 0, ignorable: true }),
  },
});

export const consumerGroupTargetAssignmentMemberKey: MessageDeclaration = memberKey(
  'ConsumerGroupTargetAssignmentMemberKey',
  TARGET_ASSIGNMENT_MEMBER,
);

export const consumerGroupTargetAssignmentMemberValue: MessageDeclaration = message({
  name: 'ConsumerGroupTargetAssignmentMemberValue',
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

export const consumerGroupCurrentMemberAssignmentKey: MessageDeclaration = memberKey(
  'ConsumerGroupCurrentMemberAssignmentKey',
  CURRENT_MEMBER_ASSIGNMENT,
);

const topicPartitions: StructType = struct('TopicPartitions', {
  topicId: uuid('0+'),
  partitions: list('0+', 'int32'),
  assignmentEpochs: list('0+', { nullable: '0+', tag: 0 }, 'int32'),
});

export const consumerGroupCurrentMemberAssignmentValue: MessageDeclaration = message({
  name: 'ConsumerGroupCurrentMemberAssignmentValue',
  versions: '0',
  flexible: '0+',
  recordType: CURRENT_MEMBER_ASSIGNMENT,
  fields: {
    memberEpoch: int32('0+'),
    previousMemberEpoch: int32('0+'),
    state: int8('0+'),
    assignedPartitions: list('0+', topicPartitions),
    partitionsPendingRevocation: list('0+', topicPartitions),
  },
});

export const consumerGroupRegularExpressionKey: MessageDeclaration = message({
  name: 'ConsumerGroupRegularExpressionKey',
  versions: '0',
  recordType: REGULAR_EXPRESSION,
  fields: { groupId: string('0'), regularExpression: string('0') },
});

export const consumerGroupRegularExpressionValue: MessageDeclaration = message({
  name: 'ConsumerGroupRegularExpressionValue',
  versions: '0',
  flexible: '0+',
  recordType: REGULAR_EXPRESSION,
  fields: {
    topics: list('0+', 'string'),
    version: int64('0+'),
    timestamp: int64('0+'),
  },
});
