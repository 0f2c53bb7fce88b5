/**
 * DescribeGroups, versions 0–6. 3: authorized operations. 4: static members. 5: flexible. 6: a group that is not there is
 * an error (KIP-1043), no longer a dead group. A group of another type is not there for this API.
 */
import { type DescribeGroupsResponseDescribedGroup, ErrorCode } from '@millrace/protocol';
import type { ClassicGroup } from '../coordinators/group/classic/classic-group.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { GROUP_OPERATIONS, OPERATIONS_NOT_ASKED } from './authorized-operations.ts';

const NOT_FOUND_VERSION = 6;

export const describeGroups: BrokerApi = defineApi({
  name: 'DescribeGroups',
  handle(services, request, call) {
    const authorizedOperations = request.includeAuthorizedOperations ? GROUP_OPERATIONS : OPERATIONS_NOT_ASKED;
    const groups = request.groups.map((groupId) => ({ ...describe(services, call, groupId), authorizedOperations }));
    return { throttleTimeMs: 0, groups };
  },
});

type Described = Omit<DescribeGroupsResponseDescribedGroup, 'authorizedOperations'>;

function describe(services: Services, call: Call, groupId: string): Described {
  try {
    const group = services.groups.group(groupId);
    if (group?.kind === 'classic' && group.state !== 'Dead') return describeClassic(group);
    if (call.version < NOT_FOUND_VERSION) return empty(groupId, 'Dead', 0, null);
    const what = group === undefined || group.kind === 'classic' ? 'not found' : 'is not a classic group';
    return empty(groupId, 'Dead', ErrorCode.GROUP_ID_NOT_FOUND, `Group ${groupId} ${what}.`);
  } catch (error) {
    return empty(groupId, '', errorCodeOf(error), null);
  }
}

function describeClassic(group: ClassicGroup): Described {
  const isStable = group.state === 'Stable';
  return {
    errorCode: 0,
    errorMessage: null,
    groupId: group.id,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    protocolData: isStable ? (group.protocol ?? '') : '',
    members: group.members.map((member) => ({
      memberId: member.id,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: isStable ? member.metadata(group.protocol) : new Uint8Array(0),
      memberAssignment: member.assignment,
    })),
  };
}

function empty(groupId: string, groupState: string, errorCode: number, errorMessage: string | null): Described {
  return { errorCode, errorMessage, groupId, groupState, protocolType: '', protocolData: '', members: [] };
}
