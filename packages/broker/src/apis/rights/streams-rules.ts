import { ErrorCode, StreamsGroupHeartbeatResponseDefaults } from '@millrace/protocol';
import type { Rights } from '../../security/acl/rights.ts';
import { OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { topicsOf } from '../streams-topics.ts';
import { withOperations } from './description-rule.ts';
import { ALLOWED, DENIED, part, type Rule, rule } from './rule.ts';

const NOT_A_MEMBER = {
  ...StreamsGroupHeartbeatResponseDefaults,
  memberId: '',
  memberEpoch: 0,
  heartbeatIntervalMs: 0,
  acceptableRecoveryLag: 0,
  taskOffsetIntervalMs: 0,
  status: [],
  endpointInformationEpoch: 0,
};

const NOT_DESCRIBED = {
  groupState: '',
  groupEpoch: 0,
  assignmentEpoch: 0,
  topology: null,
  members: [],
  authorizedOperations: OPERATIONS_NOT_ASKED,
};

/** What APIs of streams groups (KIP-1071) ask for. Topics are made for who may make them: the handler sees to that. */
export const STREAMS_RULES: readonly Rule[] = [
  rule('StreamsGroupHeartbeat', ({ groupId, topology }, { rights }) => {
    const mayRead = rights.may('Read', 'Group', groupId);
    if (mayRead && (topology === null || mayDescribe(rights, topicsOf(topology)))) return ALLOWED;
    const errorCode = mayRead ? DENIED.topic : DENIED.group;
    return { kind: 'refused', response: { throttleTimeMs: 0, errorCode, ...NOT_A_MEMBER } };
  }),

  rule('StreamsGroupDescribe', (request, { rights }) => {
    const [groupIds, refused] = part(request.groupIds, (id) => rights.may('Describe', 'Group', id));
    const refusals = refused.map((groupId) => {
      return { ...NOT_DESCRIBED, groupId, errorCode: DENIED.group, errorMessage: null };
    });
    return {
      kind: 'reduced',
      request: { ...request, groupIds },
      finish: (response) => ({
        ...response,
        groups: [
          ...response.groups.map((group) => {
            const { groupId, topology } = group;
            const subtopologies = topology?.subtopologies ?? [];
            if (mayDescribe(rights, topicsOf({ subtopologies }))) return withOperations(group, rights);
            const errorMessage = 'The described group uses topics that the client is not authorized to describe.';
            return { ...NOT_DESCRIBED, groupId, errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED, errorMessage };
          }),
          ...refusals,
        ],
      }),
    };
  }),
];

function mayDescribe(rights: Rights, topics: readonly string[]): boolean {
  return topics.every((name) => rights.may('Describe', 'Topic', name));
}
