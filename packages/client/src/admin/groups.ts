import { DescribeGroupsRequestDefaults, ListGroupsRequestDefaults } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import { decodeAssignment } from '../group/consumer-protocol.ts';
import { throwIfError } from '../lib/errors.ts';
import type { GroupDescription, GroupListing } from './admin-types.ts';

const CONSUMER_PROTOCOL = 'consumer';

/** Each node lists the groups that it coordinates. */
export async function listGroups(cluster: Cluster): Promise<readonly GroupListing[]> {
  await cluster.refresh();
  const lists = await Promise.all(
    [...cluster.metadata.nodes.keys()].map(async (nodeId) => {
      const link = await cluster.link(nodeId);
      const answer = await link.call('ListGroups', ListGroupsRequestDefaults);
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

export function describeGroup(cluster: Cluster, groupId: string): Promise<GroupDescription> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const answer = await link.call('DescribeGroups', { ...DescribeGroupsRequestDefaults, groups: [groupId] });
    const group = answer.groups[0]!;
    throwIfError(group.errorCode, `describing group '${groupId}'`, { groupId }, group.errorMessage);
    return {
      groupId,
      state: group.groupState,
      protocolType: group.protocolType,
      protocolName: group.protocolData,
      members: group.members.map((member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        assignment:
          group.protocolType === CONSUMER_PROTOCOL ? decodeAssignment(member.memberAssignment).partitions : [],
      })),
    };
  });
}

export function deleteGroup(cluster: Cluster, groupId: string): Promise<void> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const answer = await link.call('DeleteGroups', { groupsNames: [groupId] });
    for (const { errorCode } of answer.results) throwIfError(errorCode, `deleting group '${groupId}'`, { groupId });
  });
}
