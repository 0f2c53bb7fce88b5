/** ConsumerGroupDescribe, versions 0–1 (KIP-848). 1: member types (KIP-1099). */
import {
  type ConsumerGroupDescribeResponseDescribedGroup,
  type ConsumerGroupDescribeResponseMember,
  ErrorCode,
} from '@millrace/protocol';
import type { ConsumerGroup } from '../coordinators/group/consumer/consumer-group.ts';
import type { ConsumerMember } from '../coordinators/group/consumer/member.ts';
import { type TopicPartitions, toList, withoutEpochs } from '../coordinators/group/consumer/partitions.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { GROUP_OPERATIONS, OPERATIONS_NOT_ASKED } from './authorized-operations.ts';

const MEMBER_TYPE = { classic: 0, consumer: 1 } as const;

export const consumerGroupDescribe: BrokerApi = defineApi({
  name: 'ConsumerGroupDescribe',
  handle(services, request) {
    const groups = request.groupIds.map((groupId) => {
      const described = describe(services, groupId);
      const isTold = request.includeAuthorizedOperations && described.errorCode === 0;
      return { ...described, authorizedOperations: isTold ? GROUP_OPERATIONS : OPERATIONS_NOT_ASKED };
    });
    return { throttleTimeMs: 0, groups };
  },
});

type Described = Omit<ConsumerGroupDescribeResponseDescribedGroup, 'authorizedOperations'>;

function describe(services: Services, groupId: string): Described {
  const nothing = { groupId, groupState: '', groupEpoch: 0, assignmentEpoch: 0, assignorName: '', members: [] };
  try {
    if (groupId === '') return { ...nothing, errorCode: ErrorCode.INVALID_GROUP_ID, errorMessage: null };
    const group = services.groups.group(groupId);
    if (group?.kind === 'consumer') return describeGroup(services, group);
    const what = group === undefined ? 'not found' : 'is not a consumer group';
    return { ...nothing, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: `Group ${groupId} ${what}.` };
  } catch (error) {
    return { ...nothing, errorCode: errorCodeOf(error), errorMessage: null };
  }
}

function describeGroup(services: Services, group: ConsumerGroup): Described {
  const { view } = group;
  return {
    errorCode: 0,
    errorMessage: null,
    groupId: group.id,
    groupState: group.state,
    groupEpoch: view.epoch,
    assignmentEpoch: Math.max(view.targetEpoch, 0),
    assignorName: services.groups.assignorOf(group),
    members: [...view.members.values()].map((member) => describeMember(services, member, view.target(member.id))),
  };
}

function describeMember(
  services: Services,
  member: ConsumerMember,
  target: TopicPartitions,
): ConsumerGroupDescribeResponseMember {
  return {
    memberId: member.id,
    instanceId: member.instanceId,
    rackId: member.rackId,
    memberEpoch: member.epoch,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: member.subscribedTopics,
    subscribedTopicRegex: member.subscribedRegex,
    // What it is still giving away counts, too.
    assignment: withNames(services, withoutEpochs(member.owned, member.revoking)),
    targetAssignment: withNames(services, target),
    memberType: member.classic === null ? MEMBER_TYPE.consumer : MEMBER_TYPE.classic,
  };
}

/** Topics that are no more have no name, and are left out. */
function withNames({ cluster }: Services, partitions: TopicPartitions) {
  const topicPartitions = toList(partitions).flatMap(({ topicId, partitions: list }) => {
    const topicName = cluster.topicById(topicId)?.name;
    return topicName === undefined ? [] : [{ topicId, topicName, partitions: list }];
  });
  return { topicPartitions };
}
