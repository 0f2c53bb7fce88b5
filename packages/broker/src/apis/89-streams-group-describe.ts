/** StreamsGroupDescribe, version 0 (KIP-1071). */
import {
  ErrorCode,
  type StreamsGroupDescribeResponseDescribedGroup,
  type StreamsGroupDescribeResponseTopology,
} from '@millrace/protocol';
import { withoutEpochs } from '../coordinators/group/consumer/partitions.ts';
import type { InternalTopic } from '../coordinators/group/streams/configured-topology.ts';
import type { StreamsMember } from '../coordinators/group/streams/member.ts';
import type { StreamsGroup } from '../coordinators/group/streams/streams-group.ts';
import { type Tasks, toTaskIds } from '../coordinators/group/streams/tasks.ts';
import { type Subtopology, sortedSubtopologies, type TopicInfo } from '../coordinators/group/streams/topology.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { GROUP_OPERATIONS, OPERATIONS_NOT_ASKED } from './authorized-operations.ts';

export const streamsGroupDescribe: BrokerApi = defineApi({
  name: 'StreamsGroupDescribe',
  handle(services, request) {
    const groups = request.groupIds.map((groupId) => {
      const described = describe(services, groupId);
      const isTold = request.includeAuthorizedOperations && described.errorCode === 0;
      return { ...described, authorizedOperations: isTold ? GROUP_OPERATIONS : OPERATIONS_NOT_ASKED };
    });
    return { throttleTimeMs: 0, groups };
  },
});

type Described = Omit<StreamsGroupDescribeResponseDescribedGroup, 'authorizedOperations'>;
type DescribedMember = Described['members'][number];
type DescribedSubtopology = NonNullable<StreamsGroupDescribeResponseTopology['subtopologies']>[number];
type DescribedTopic = DescribedSubtopology['stateChangelogTopics'][number];

function describe(services: Services, groupId: string): Described {
  const nothing = { groupId, groupState: '', groupEpoch: 0, assignmentEpoch: 0, topology: null, members: [] };
  try {
    if (groupId === '') return { ...nothing, errorCode: ErrorCode.INVALID_GROUP_ID, errorMessage: null };
    const group = services.groups.group(groupId);
    if (group?.kind === 'streams') return describeGroup(group);
    const what = group === undefined ? 'not found' : 'is not a streams group';
    return { ...nothing, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: `Group ${groupId} ${what}.` };
  } catch (error) {
    return { ...nothing, errorCode: errorCodeOf(error), errorMessage: null };
  }
}

function describeGroup(group: StreamsGroup): Described {
  const { id, state, view } = group;
  return {
    errorCode: 0,
    errorMessage: null,
    groupId: id,
    groupState: state,
    groupEpoch: view.epoch,
    assignmentEpoch: view.targetEpoch,
    topology: describeTopology(group),
    members: [...view.members.values()].map((member) => describeMember(member, view.target(member.id))),
  };
}

/** With the numbers of partitions that were found out, where they were. */
function describeTopology({ view, configured }: StreamsGroup): StreamsGroupDescribeResponseTopology | null {
  const { topology } = view;
  if (topology === null) return null;
  const subtopologies =
    configured?.kind === 'ready'
      ? [...configured.subtopologies.values()].map(({ subtopology, repartitionSourceTopics, changelogTopics }) =>
          describeSubtopology(subtopology, repartitionSourceTopics.map(madeTopic), changelogTopics.map(madeTopic)),
        )
      : sortedSubtopologies(topology).map((one) =>
          describeSubtopology(
            one,
            one.repartitionSourceTopics.map(askedTopic),
            one.stateChangelogTopics.map(askedTopic),
          ),
        );
  return { epoch: topology.epoch, subtopologies };
}

function describeSubtopology(
  { subtopologyId, sourceTopics, repartitionSinkTopics }: Subtopology,
  repartitionSourceTopics: readonly DescribedTopic[],
  stateChangelogTopics: readonly DescribedTopic[],
): DescribedSubtopology {
  return {
    subtopologyId,
    sourceTopics: [...sourceTopics].sort(),
    repartitionSinkTopics: [...repartitionSinkTopics].sort(),
    stateChangelogTopics: [...stateChangelogTopics].sort(byName),
    repartitionSourceTopics: [...repartitionSourceTopics].sort(byName),
  };
}

function madeTopic({ name, partitionCount, replicationFactor, configs }: InternalTopic): DescribedTopic {
  return { name, partitions: partitionCount, replicationFactor: Math.max(replicationFactor, 0), topicConfigs: configs };
}

function askedTopic({ name, partitions, replicationFactor, topicConfigs }: TopicInfo): DescribedTopic {
  return { name, partitions, replicationFactor, topicConfigs };
}

function byName(left: DescribedTopic, right: DescribedTopic): number {
  return left.name < right.name ? -1 : 1;
}

function describeMember(member: StreamsMember, target: Tasks): DescribedMember {
  return {
    memberId: member.id,
    memberEpoch: member.epoch,
    instanceId: member.instanceId,
    rackId: member.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    topologyEpoch: member.topologyEpoch,
    processId: member.processId,
    userEndpoint: member.userEndpoint,
    clientTags: member.clientTags,
    taskOffsets: [],
    taskEndOffsets: [],
    assignment: describeTasks({ ...member.held, active: withoutEpochs(member.held.active) }),
    targetAssignment: describeTasks(target),
    isClassic: false,
  };
}

function describeTasks({ active, standby, warmup }: Tasks): DescribedMember['assignment'] {
  return { activeTasks: toTaskIds(active), standbyTasks: toTaskIds(standby), warmupTasks: toTaskIds(warmup) };
}
