import {
  type ConsumerGroupDescribeResponseAssignment,
  type ConsumerGroupDescribeResponseDescribedGroup,
  DescribeGroupsRequestDefaults,
  type DescribeGroupsResponseDescribedGroup,
  ErrorCode,
} from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import type { BrokerLink } from '../connection/broker-link.ts';
import { decodeAssignment } from '../group/consumer-protocol.ts';
import { throwIfError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';
import type { GroupDescription, GroupListing, ListGroupsOptions } from './group-types.ts';
import { describeShareGroup, offers } from './share-groups.ts';

const CONSUMER_PROTOCOL = 'consumer';
const FIRST_STATES_VERSION = 4;
const FIRST_TYPES_VERSION = 5;

/** Each node lists the groups that it coordinates. */
export async function listGroups(cluster: Cluster, options: ListGroupsOptions): Promise<readonly GroupListing[]> {
  await cluster.refresh();
  const lists = await Promise.all(
    [...cluster.metadata.nodes.keys()].map(async (nodeId) => {
      const link = await cluster.link(nodeId);
      const version = link.versionOf('ListGroups');
      const answer = await link.call('ListGroups', {
        statesFilter: version >= FIRST_STATES_VERSION ? (options.states ?? []) : [],
        typesFilter: version >= FIRST_TYPES_VERSION ? (options.types ?? []) : [],
      });
      throwIfError(answer.errorCode, `listing the groups of node ${nodeId}`, { nodeId });
      return answer.groups.map(({ groupId, protocolType, groupState, groupType }) => ({
        groupId,
        protocolType,
        state: groupState,
        groupType,
      }));
    }),
  );
  return lists.flat();
}

/** Asks by the newer protocols first, as their groups are not told by the older one. */
export function describeGroup(cluster: Cluster, groupId: string): Promise<GroupDescription> {
  return withCoordinator(cluster, groupId, undefined, async (link, coordinator) => {
    const modern = await describeModern(link, groupId);
    if (modern !== undefined) return { ...modern, coordinator };
    const shared = await describeShareGroup(link, groupId);
    if (shared !== undefined) return { ...shared, coordinator };
    const answer = await link.call('DescribeGroups', { ...DescribeGroupsRequestDefaults, groups: [groupId] });
    const group = answer.groups[0]!;
    throwIfError(group.errorCode, `describing group '${groupId}'`, { groupId }, group.errorMessage);
    return { ...classicGroup(group), coordinator };
  });
}

type Described = Omit<GroupDescription, 'coordinator'>;

/** Undefined for a group of another protocol, and where the broker knows only that. */
async function describeModern(link: BrokerLink, groupId: string): Promise<Described | undefined> {
  if (!offers(link, 'ConsumerGroupDescribe')) return undefined;
  const answer = await link.call('ConsumerGroupDescribe', { groupIds: [groupId], includeAuthorizedOperations: false });
  const group = answer.groups[0]!;
  const isOther = group.errorCode === ErrorCode.GROUP_ID_NOT_FOUND || group.errorCode === ErrorCode.UNSUPPORTED_VERSION;
  if (isOther) return undefined;
  throwIfError(group.errorCode, `describing group '${groupId}'`, { groupId }, group.errorMessage);
  return modernGroup(group);
}

function modernGroup(group: ConsumerGroupDescribeResponseDescribedGroup): Described {
  return {
    groupId: group.groupId,
    state: group.groupState,
    groupType: 'consumer',
    protocolType: CONSUMER_PROTOCOL,
    protocolName: group.assignorName,
    groupEpoch: group.groupEpoch,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      assignment: partitionsOf(member.assignment),
      targetAssignment: partitionsOf(member.targetAssignment),
      memberEpoch: member.memberEpoch,
    })),
  };
}

function partitionsOf({ topicPartitions }: ConsumerGroupDescribeResponseAssignment): readonly TopicPartition[] {
  return topicPartitions.flatMap(({ topicName, partitions }) =>
    partitions.map((partition) => ({ topic: topicName, partition })),
  );
}

function classicGroup(group: DescribeGroupsResponseDescribedGroup): Described {
  return {
    groupId: group.groupId,
    state: group.groupState,
    groupType: 'classic',
    protocolType: group.protocolType,
    protocolName: group.protocolData,
    groupEpoch: null,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      assignment: group.protocolType === CONSUMER_PROTOCOL ? decodeAssignment(member.memberAssignment).partitions : [],
      targetAssignment: null,
      memberEpoch: null,
    })),
  };
}

export function deleteGroup(cluster: Cluster, groupId: string): Promise<void> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const answer = await link.call('DeleteGroups', { groupsNames: [groupId] });
    for (const { errorCode } of answer.results) throwIfError(errorCode, `deleting group '${groupId}'`, { groupId });
  });
}

export function deleteGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
): Promise<void> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const topics = groupByTopic(partitions, ({ partition }) => ({ partitionIndex: partition }));
    const answer = await link.call('OffsetDelete', {
      groupId,
      topics: topics.map(({ topic, items }) => ({ name: topic, partitions: items })),
    });
    throwIfError(answer.errorCode, `deleting offsets of group '${groupId}'`, { groupId });
    for (const { name: topic, partitions: results } of answer.topics) {
      for (const { partitionIndex: partition, errorCode } of results) {
        const doing = `deleting the offset of ${topic}-${partition} of group '${groupId}'`;
        throwIfError(errorCode, doing, { groupId, topic, partition });
      }
    }
  });
}

/** Which members leave: by member id, or static ones by their instance id. */
export type LeavingMember = { readonly memberId: string } | { readonly groupInstanceId: string };

export function removeMembers(cluster: Cluster, groupId: string, members: readonly LeavingMember[]): Promise<void> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const answer = await link.call('LeaveGroup', {
      groupId,
      memberId: '',
      members: members.map((member) => ({
        memberId: 'memberId' in member ? member.memberId : '',
        groupInstanceId: 'groupInstanceId' in member ? member.groupInstanceId : null,
        reason: 'removed by an administrator',
      })),
    });
    throwIfError(answer.errorCode, `removing members of group '${groupId}'`, { groupId });
    for (const { memberId, groupInstanceId, errorCode } of answer.members) {
      const name = memberId === '' ? groupInstanceId : memberId;
      throwIfError(errorCode, `removing member '${name}' of group '${groupId}'`, { groupId, memberId });
    }
  });
}
