import { ErrorCode } from '@millrace/protocol';
import type { Rights } from '../../security/acl/rights.ts';
import { allowedOperations, OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { DENIED, part } from './rule.ts';

type Assignment = { readonly topicPartitions: readonly { readonly topicName: string }[] };

type Member = {
  readonly subscribedTopicNames: readonly string[];
  readonly assignment: Assignment;
  /** Of consumer groups only. */
  readonly targetAssignment?: Assignment;
};

type Description = {
  readonly groupId: string;
  readonly authorizedOperations: number;
  readonly members: readonly Member[];
};

type Nothing = {
  readonly groupState: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly assignorName: string;
  readonly members: readonly never[];
  readonly authorizedOperations: number;
};

type Refusal = Nothing & {
  readonly groupId: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
};

const NOTHING: Nothing = {
  groupState: '',
  groupEpoch: 0,
  assignmentEpoch: 0,
  assignorName: '',
  members: [],
  authorizedOperations: OPERATIONS_NOT_ASKED,
};

/**
 * A consumer group (KIP-848) or a share group (KIP-932) is described to who may describe it, and all topics that its
 * members name.
 */
export function judgeDescription<Q extends { readonly groupIds: readonly string[] }>(
  request: Q,
  rights: Rights,
): DescriptionVerdict<Q> {
  const [groupIds, refused] = part(request.groupIds, (id) => rights.may('Describe', 'Group', id));
  const refusals = refused.map((groupId) => ({ ...NOTHING, groupId, errorCode: DENIED.group, errorMessage: null }));
  return {
    kind: 'reduced',
    request: { ...request, groupIds },
    finish: (response) => ({
      ...response,
      groups: [...response.groups.map((group) => visiblePart(group, rights)), ...refusals],
    }),
  };
}

/** A group with what of its operations the client may do. */
export function withOperations<G extends Pick<Description, 'groupId' | 'authorizedOperations'>>(
  group: G,
  rights: Rights,
): G {
  const { groupId, authorizedOperations } = group;
  return { ...group, authorizedOperations: allowedOperations(authorizedOperations, rights, 'Group', groupId) };
}

function visiblePart<G extends Description>(group: G, rights: Rights): G | Refusal {
  const isVisible = group.members.flatMap(topicsOf).every((name) => rights.may('Describe', 'Topic', name));
  if (isVisible) return withOperations(group, rights);
  const errorMessage = 'The group has described topic(s) that the client is not authorized to describe.';
  return { ...NOTHING, groupId: group.groupId, errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED, errorMessage };
}

function topicsOf({ subscribedTopicNames, assignment, targetAssignment }: Member): string[] {
  const assigned = [assignment, targetAssignment].flatMap((one) => one?.topicPartitions ?? []);
  return [...subscribedTopicNames, ...assigned.map(({ topicName }) => topicName)];
}

type DescriptionVerdict<Q> = {
  readonly kind: 'reduced';
  readonly request: Q;
  readonly finish: <G extends Description, R extends { readonly groups: readonly G[] }>(
    response: R & { readonly groups: readonly G[] },
  ) => Omit<R, 'groups'> & { readonly groups: readonly (G | Refusal)[] };
};
