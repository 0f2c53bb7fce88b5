/**
 * StreamsGroupHeartbeat (88): the heartbeat of a member of a streams group, whose broker assigns tasks (KIP-1071).
 *
 * Flexible from the start.
 */
import {
  type ApiDeclaration,
  api,
  bool,
  int8,
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

const status: StructType = struct('Status', {
  statusCode: int8('0+'),
  statusDetail: string('0+'),
});

const topicPartition: StructType = struct('TopicPartition', {
  topic: string('0+'),
  partitions: list('0+', 'int32'),
});

const responseTaskIds: StructType = struct('TaskIds', {
  subtopologyId: string('0+'),
  partitions: list('0+', 'int32'),
});

const responseEndpoint: StructType = struct('Endpoint', {
  host: string('0+'),
  port: uint16('0+'),
});

export const streamsGroupHeartbeat: ApiDeclaration = api({
  name: 'StreamsGroupHeartbeat',
  key: 88,
  versions: '0',
  flexible: '0+',
  request: {
    groupId: string('0+'),
    memberId: string('0+'),
    memberEpoch: int32('0+'),
    endpointInformationEpoch: int32('0+'),
    instanceId: string('0+', { nullable: '0+', default: null }),
    rackId: string('0+', { nullable: '0+', default: null }),
    rebalanceTimeoutMs: int32('0+', { default: -1 }),
    topology: one('0+', { nullable: '0+', default: null }, 'Topology', {
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
    }),
    activeTasks: list('0+', { nullable: '0+', default: null }, taskIds),
    standbyTasks: list('0+', { nullable: '0+', default: null }, taskIds),
    warmupTasks: list('0+', { nullable: '0+', default: null }, taskIds),
    processId: string('0+', { nullable: '0+', default: null }),
    userEndpoint: one('0+', { nullable: '0+', default: null }, endpoint),
    clientTags: list('0+', { nullable: '0+', default: null }, keyValue),
    taskOffsets: list('0+', { nullable: '0+', default: null }, taskOffset),
    taskEndOffsets: list('0+', { nullable: '0+', default: null }, taskOffset),
    shutdownApplication: bool('0+', { default: false }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    memberId: string('0+'),
    memberEpoch: int32('0+'),
    heartbeatIntervalMs: int32('0+'),
    acceptableRecoveryLag: int32('0+'),
    taskOffsetIntervalMs: int32('0+'),
    status: list('0+', { nullable: '0+' }, status),
    activeTasks: list('0+', { nullable: '0+', default: null }, responseTaskIds),
    standbyTasks: list('0+', { nullable: '0+', default: null }, responseTaskIds),
    warmupTasks: list('0+', { nullable: '0+', default: null }, responseTaskIds),
    endpointInformationEpoch: int32('0+'),
    partitionsByUserEndpoint: list('0+', { nullable: '0+', default: null }, 'EndpointToPartitions', {
      userEndpoint: one('0+', responseEndpoint),
      activePartitions: list('0+', topicPartition),
      standbyPartitions: list('0+', topicPartition),
    }),
  },
});
