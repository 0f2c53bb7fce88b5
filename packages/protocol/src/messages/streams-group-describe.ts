/**
 * StreamsGroupDescribe (89): describes streams groups (KIP-1071).
 *
 * Flexible from the start.
 */
import {
  type ApiDeclaration,
  api,
  bool,
  int16,
  int32,
  int64,
  list,
  one,
  type StructType,
  string,
  struct,
  uint16,
} from '../schema.ts';

const endpoint: StructType = struct('Endpoint', {
  host: string('0+'),
  port: uint16('0+'),
});

const taskOffset: StructType = struct('TaskOffset', {
  subtopologyId: string('0+'),
  partition: int32('0+'),
  offset: int64('0+'),
});

const taskIds: StructType = struct('TaskIds', {
  subtopologyId: string('0+'),
  partitions: list('0+', 'int32'),
});

const assignment: StructType = struct('Assignment', {
  activeTasks: list('0+', taskIds),
  standbyTasks: list('0+', taskIds),
  warmupTasks: list('0+', taskIds),
});

const keyValue: StructType = struct('KeyValue', {
  key: string('0+'),
  value: string('0+'),
});

const topicInfo: StructType = struct('TopicInfo', {
  name: string('0+'),
  partitions: int32('0+'),
  replicationFactor: int16('0+'),
  topicConfigs: list('0+', keyValue),
});

export const streamsGroupDescribe: ApiDeclaration = api({
  name: 'StreamsGroupDescribe',
  key: 89,
  versions: '0',
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
      topology: one('0+', { nullable: '0+', default: null }, 'Topology', {
        epoch: int32('0+'),
        subtopologies: list('0+', { nullable: '0+', default: null }, 'Subtopology', {
          subtopologyId: string('0+'),
          sourceTopics: list('0+', 'string'),
          repartitionSinkTopics: list('0+', 'string'),
          stateChangelogTopics: list('0+', topicInfo),
          repartitionSourceTopics: list('0+', topicInfo),
        }),
      }),
      members: list('0+', 'Member', {
        memberId: string('0+'),
        memberEpoch: int32('0+'),
        instanceId: string('0+', { nullable: '0+', default: null }),
        rackId: string('0+', { nullable: '0+', default: null }),
        clientId: string('0+'),
        clientHost: string('0+'),
        topologyEpoch: int32('0+'),
        processId: string('0+'),
        userEndpoint: one('0+', { nullable: '0+', default: null }, endpoint),
        clientTags: list('0+', keyValue),
        taskOffsets: list('0+', taskOffset),
        taskEndOffsets: list('0+', taskOffset),
        assignment: one('0+', assignment),
        targetAssignment: one('0+', assignment),
        isClassic: bool('0+'),
      }),
      authorizedOperations: int32('0+', { default: -2147483648 }),
    }),
  },
});
