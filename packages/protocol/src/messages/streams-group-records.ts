/**
 * Streams groups (KIP-1071) as records of `__consumer_offsets`. A group is several records: its epoch, the topology that
 * its members run, the members, and which tasks each should have (target) and has (current). The key begins with an int16,
 * the type of the record; the value with an int16, its version.
 *
 * All values are at version 0 and flexible; what came later is tagged: which topology was found valid and what the
 * assignment went by, the time of the assignment (KIP-1263), and since when a task is assigned (KIP-1251).
 */
import {
  int8,
  int16,
  int32,
  int64,
  list,
  type MessageDeclaration,
  message,
  one,
  type StructType,
  string,
  struct,
  uint16,
} from '../schema.ts';

const METADATA = 17;
const MEMBER_METADATA = 19;
const TARGET_ASSIGNMENT_METADATA = 20;
const TARGET_ASSIGNMENT_MEMBER = 21;
const CURRENT_MEMBER_ASSIGNMENT = 22;
const TOPOLOGY = 23;

function groupKey(name: string, recordType: number): MessageDeclaration {
  return message({ name, versions: '0', recordType, fields: { groupId: string('0') } });
}

function memberKey(name: string, recordType: number): MessageDeclaration {
  return message({ name, versions: '0', recordType, fields: { groupId: string('0'), memberId: string('0') } });
}

export const streamsGroupMetadataKey: MessageDeclaration = groupKey('StreamsGroupMetadataKey', METADATA);

export const streamsGroupMetadataValue: MessageDeclaration = message({
  name: 'StreamsGroupMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: METADATA,
  fields: {
    epoch: int32('0+'),
    metadataHash: int64('0+'),
    validatedTopologyEpoch: int32('0+', { tag: 0, default: -1 }),
    lastAssignmentConfigs: list('0+', { nullable: '0+', tag: 1 }, 'LastAssignmentConfig', {
      key: string('0+'),
      value: string('0+'),
    }),
  },
});

export const streamsGroupMemberMetadataKey: MessageDeclaration = memberKey(
  'StreamsGroupMemberMetadataKey',
  MEMBER_METADATA,
);

export const streamsGroupMemberMetadataValue: MessageDeclaration = message({
  name: 'StreamsGroupMemberMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: MEMBER_METADATA,
  fields: {
    instanceId: string('0+', { nullable: '0+' }),
    rackId: string('0+', { nullable: '0+' }),
    clientId: string('0+'),
    clientHost: string('0+'),
    rebalanceTimeoutMs: int32('0+', { default: -1 }),
    topologyEpoch: int32('0+'),
    processId: string('0+'),
    userEndpoint: one('0+', { nullable: '0+', default: null }, 'Endpoint', {
      host: string('0+'),
      port: uint16('0+'),
    }),
    clientTags: list('0+', 'KeyValue', {
      key: string('0+'),
      value: string('0+'),
    }),
  },
});

export const streamsGroupTargetAssignmentMetadataKey: MessageDeclaration = groupKey(
  'StreamsGroupTargetAssignmentMetadataKey',
  TARGET_ASSIGNMENT_METADATA,
);

export const streamsGroupTargetAssignmentMetadataValue: MessageDeclaration = message({
  name: 'StreamsGroupTargetAssignmentMetadataValue',
  versions: '0',
  flexible: '0+',
  recordType: TARGET_ASSIGNMENT_METADATA,
  fields: {
    assignmentEpoch: int32('0+'),
    assignmentTimestamp: int64('0+', { tag: 0, default: 0, ignorable: true }),
  },
});

export const streamsGroupTargetAssignmentMemberKey: MessageDeclaration = memberKey(
  'StreamsGroupTargetAssignmentMemberKey',
  TARGET_ASSIGNMENT_MEMBER,
);

const targetTaskIds: StructType = struct('TaskIds', {
  subtopologyId: string('0+'),
  partitions: list('0+', 'int32'),
});

export const streamsGroupTargetAssignmentMemberValue: MessageDeclaration = message({
  name: 'StreamsGroupTargetAssignmentMemberValue',
  versions: '0',
  flexible: '0+',
  recordType: TARGET_ASSIGNMENT_MEMBER,
  fields: {
    activeTasks: list('0+', targetTaskIds),
    standbyTasks: list('0+', targetTaskIds),
    warmupTasks: list('0+', targetTaskIds),
  },
});

export const streamsGroupCurrentMemberAssignmentKey: MessageDeclaration = memberKey(
  'StreamsGroupCurrentMemberAssignmentKey',
  CURRENT_MEMBER_ASSIGNMENT,
);

const taskIds: StructType = struct('TaskIds', {
  subtopologyId: string('0+'),
  partitions: list('0+', 'int32'),
  assignmentEpochs: list('0+', { nullable: '0+', tag: 0 }, 'int32'),
});

export const streamsGroupCurrentMemberAssignmentValue: MessageDeclaration = message({
  name: 'StreamsGroupCurrentMemberAssignmentValue',
  versions: '0',
  flexible: '0+',
  recordType: CURRENT_MEMBER_ASSIGNMENT,
  fields: {
    memberEpoch: int32('0+'),
    previousMemberEpoch: int32('0+'),
    state: int8('0+'),
    activeTasks: list('0+', taskIds),
    standbyTasks: list('0+', taskIds),
    warmupTasks: list('0+', taskIds),
    activeTasksPendingRevocation: list('0+', taskIds),
    standbyTasksPendingRevocation: list('0+', taskIds),
    warmupTasksPendingRevocation: list('0+', taskIds),
  },
});

export const streamsGroupTopologyKey: MessageDeclaration = groupKey('StreamsGroupTopologyKey', TOPOLOGY);

const topicInfo: StructType = struct('TopicInfo', {
  name: string('0+'),
  partitions: int32('0+'),
  replicationFactor: int16('0+'),
  topicConfigs: list('0+', 'TopicConfig', {
    key: string('0+'),
    value: string('0+'),
  }),
});

export const streamsGroupTopologyValue: MessageDeclaration = message({
  name: 'StreamsGroupTopologyValue',
  versions: '0',
  flexible: '0+',
  recordType: TOPOLOGY,
  fields: {
    epoch: int32('0+'),
    subtopologies: list('0+', 'Subtopology', {
      subtopologyId: string('0+'),
      sourceTopics: list('0+', 'string'),
      sourceTopicRegex: list('0+', 'string'),
      stateChangelogTopics: list('0+', topicInfo),
      repartitionSinkTopics: list('0+', 'string'),
      repartitionSourceTopics: list('0+', topicInfo),
      copartitionGroups: list('0+', 'CopartitionGroup', {
        sourceTopics: list('0+', 'int16'),
        sourceTopicRegex: list('0+', 'int16'),
        repartitionSourceTopics: list('0+', 'int16'),
      }),
    }),
  },
});
