/** ShareGroupDescribe, version 1 (KIP-932). */
import { ErrorCode, type ShareGroupDescribeResponseDescribedGroup } from '@millrace/protocol';
import { toList } from '../coordinators/group/consumer/partitions.ts';
import type { ShareGroup } from '../coordinators/group/share/share-group.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { GROUP_OPERATIONS, OPERATIONS_NOT_ASKED } from './authorized-operations.ts';

/** The one assignor that there is. */
const ASSIGNOR = 'simple';

export const shareGroupDescribe: BrokerApi = defineApi({
  name: 'ShareGroupDescribe',
  handle(services, request) {
    const groups = request.groupIds.map((groupId) => {
      const described = describe(services, groupId);
      const isTold = request.includeAuthorizedOperations && described.errorCode === 0;
      return { ...described, authorizedOperations: isTold ? GROUP_OPERATIONS : OPERATIONS_NOT_ASKED };
    });
    return { throttleTimeMs: 0, groups };
  },
});

type Described = Omit<ShareGroupDescribeResponseDescribedGroup, 'authorizedOperations'>;

function describe(services: Services, groupId: string): Described {
  const nothing = { groupId, groupState: '', groupEpoch: 0, assignmentEpoch: 0, assignorName: '', members: [] };
  try {
    if (groupId === '') return { ...nothing, errorCode: ErrorCode.INVALID_GROUP_ID, errorMessage: null };
    const group = services.groups.group(groupId);
    if (group?.kind === 'share') return describeGroup(services, group);
    const what = group === undefined ? 'not found' : 'is not a share group';
    return { ...nothing, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: `Group ${groupId} ${what}.` };
  } catch (error) {
    return { ...nothing, errorCode: errorCodeOf(error), errorMessage: null };
  }
}

function describeGroup({ cluster }: Services, { id, state, view }: ShareGroup): Described {
  return {
    errorCode: 0,
    errorMessage: null,
    groupId: id,
    groupState: state,
    groupEpoch: view.epoch,
    assignmentEpoch: Math.max(view.targetEpoch, 0),
    assignorName: ASSIGNOR,
    members: [...view.members.values()].map((member) => ({
      memberId: member.id,
      rackId: member.rackId,
      memberEpoch: member.epoch,
      clientId: member.clientId,
      clientHost: member.clientHost,
      subscribedTopicNames: member.subscribedTopics,
      assignment: {
        // Topics that are no more have no name, and are left out.
        topicPartitions: toList(member.partitions).flatMap(({ topicId, partitions }) => {
          const topicName = cluster.topicById(topicId)?.name;
          return topicName === undefined ? [] : [{ topicId, topicName, partitions }];
        }),
      },
    })),
  };
}
