import { MillraceError } from '@millrace/base';
import { type ApiName, ErrorCode, type ShareGroupDescribeResponseDescribedGroup } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import type { BrokerLink } from '../connection/broker-link.ts';
import { throwIfError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';
import type { GroupDescription, ShareGroupOffset } from './group-types.ts';

/** Undefined for a group of another type, and where the broker has no share groups. */
export async function describeShareGroup(
  link: BrokerLink,
  groupId: string,
): Promise<Omit<GroupDescription, 'coordinator'> | undefined> {
  if (!offers(link, 'ShareGroupDescribe')) return undefined;
  const answer = await link.call('ShareGroupDescribe', { groupIds: [groupId], includeAuthorizedOperations: false });
  const group = answer.groups[0]!;
  const isOther = group.errorCode === ErrorCode.GROUP_ID_NOT_FOUND || group.errorCode === ErrorCode.UNSUPPORTED_VERSION;
  if (isOther) return undefined;
  throwIfError(group.errorCode, `describing group '${groupId}'`, { groupId }, group.errorMessage);
  return shareGroup(group);
}

/** Whether both sides know an API. */
export function offers(link: BrokerLink, api: ApiName): boolean {
  try {
    link.versionOf(api);
    return true;
  } catch (thrown) {
    if (thrown instanceof MillraceError && thrown.code === 'UNSUPPORTED_VERSION') return false;
    throw thrown;
  }
}

function shareGroup(group: ShareGroupDescribeResponseDescribedGroup): Omit<GroupDescription, 'coordinator'> {
  return {
    groupId: group.groupId,
    state: group.groupState,
    groupType: 'share',
    protocolType: 'share',
    protocolName: group.assignorName,
    groupEpoch: group.groupEpoch,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: null,
      clientId: member.clientId,
      clientHost: member.clientHost,
      assignment: member.assignment.topicPartitions.flatMap(({ topicName: topic, partitions }) =>
        partitions.map((partition) => ({ topic, partition })),
      ),
      targetAssignment: null,
      memberEpoch: member.memberEpoch,
    })),
  };
}

export function listShareGroupOffsets(cluster: Cluster, groupId: string): Promise<readonly ShareGroupOffset[]> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const answer = await link.call('DescribeShareGroupOffsets', { groups: [{ groupId, topics: null }] });
    const group = answer.groups[0]!;
    throwIfError(group.errorCode, `listing the offsets of group '${groupId}'`, { groupId }, group.errorMessage);
    return group.topics.flatMap(({ topicName: topic, partitions }) =>
      partitions.map(({ partitionIndex: partition, startOffset, lag, errorCode, errorMessage }) => {
        const doing = `listing the offset of ${topic}-${partition} of group '${groupId}'`;
        throwIfError(errorCode, doing, { groupId, topic, partition }, errorMessage);
        return { topic, partition, startOffset: knownOrNull(startOffset), lag: knownOrNull(lag) };
      }),
    );
  });
}

export function alterShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly (TopicPartition & { readonly offset: number })[],
): Promise<void> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const topics = groupByTopic(offsets, ({ partition, offset }) => ({
      partitionIndex: partition,
      startOffset: offset,
    }));
    const answer = await link.call('AlterShareGroupOffsets', {
      groupId,
      topics: topics.map(({ topic: topicName, items: partitions }) => ({ topicName, partitions })),
    });
    throwIfError(answer.errorCode, `setting the offsets of group '${groupId}'`, { groupId }, answer.errorMessage);
    for (const { topicName: topic, partitions } of answer.responses) {
      for (const { partitionIndex: partition, errorCode, errorMessage } of partitions) {
        const doing = `setting the offset of ${topic}-${partition} of group '${groupId}'`;
        throwIfError(errorCode, doing, { groupId, topic, partition }, errorMessage);
      }
    }
  });
}

export function deleteShareGroupOffsets(cluster: Cluster, groupId: string, topics: readonly string[]): Promise<void> {
  return withCoordinator(cluster, groupId, undefined, async (link) => {
    const answer = await link.call('DeleteShareGroupOffsets', {
      groupId,
      topics: topics.map((topicName) => ({ topicName })),
    });
    throwIfError(answer.errorCode, `deleting offsets of group '${groupId}'`, { groupId }, answer.errorMessage);
    for (const { topicName: topic, errorCode, errorMessage } of answer.responses) {
      throwIfError(errorCode, `deleting offsets of ${topic} of group '${groupId}'`, { groupId, topic }, errorMessage);
    }
  });
}

function knownOrNull(number: number): number | null {
  return number < 0 ? null : number;
}
