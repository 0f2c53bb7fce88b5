import { refusedJoin, refusedSync } from '../../coordinators/group/classic/answers.ts';
import { OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { judgeDescription, withOperations } from './description-rule.ts';
import { judgeHeartbeat } from './heartbeat-rule.ts';
import { ALLOWED, DENIED, groupRule, nameOfTopic, part, type Rule, rule } from './rule.ts';

const TOPIC_ID_VERSION = 10;
const SEVERAL_KEYS_VERSION = 4;
const SEVERAL_GROUPS_VERSION = 8;
const GROUP_ERROR_VERSION = 2;
const TRANSACTION_KEY = 1;
const SHARE_KEY = 2;

/** What APIs of groups ask for. */
export const GROUP_RULES: readonly Rule[] = [
  rule('FindCoordinator', (request, { rights, call }) => {
    // Who keeps what share groups did is the concern of brokers among themselves.
    const isShare = request.keyType === SHARE_KEY;
    const isTransaction = request.keyType === TRANSACTION_KEY;
    const type = isTransaction ? 'TransactionalId' : 'Group';
    const errorCode = isShare ? DENIED.cluster : isTransaction ? DENIED.transactionalId : DENIED.group;
    const mayFind = (key: string): boolean =>
      isShare ? rights.mayOnCluster('ClusterAction') : rights.may('Describe', type, key);
    const none = { errorCode, errorMessage: null, nodeId: -1, host: '', port: -1 };
    if (call.version < SEVERAL_KEYS_VERSION) {
      if (mayFind(request.key)) return ALLOWED;
      return { kind: 'refused', response: { throttleTimeMs: 0, ...none, coordinators: [] } };
    }
    const [coordinatorKeys, refused] = part(request.coordinatorKeys, mayFind);
    const refusals = refused.map((key) => ({ key, ...none }));
    return {
      kind: 'reduced',
      request: { ...request, coordinatorKeys },
      finish: (response) => ({ ...response, coordinators: [...response.coordinators, ...refusals] }),
    };
  }),

  groupRule('JoinGroup', 'Read', groupId, (errorCode, { memberId }) => ({
    ...refusedJoin(memberId, errorCode),
    throttleTimeMs: 0,
    protocolName: '',
  })),
  groupRule('SyncGroup', 'Read', groupId, (errorCode) => ({ ...refusedSync(errorCode), throttleTimeMs: 0 })),
  groupRule('Heartbeat', 'Read', groupId, (errorCode) => ({ throttleTimeMs: 0, errorCode })),
  groupRule('LeaveGroup', 'Read', groupId, (errorCode) => ({ throttleTimeMs: 0, errorCode, members: [] })),

  rule('DescribeGroups', (request, { rights }) => {
    const [groups, refused] = part(request.groups, (id) => rights.may('Describe', 'Group', id));
    const refusals = refused.map((id) => ({
      errorCode: DENIED.group,
      errorMessage: null,
      groupId: id,
      groupState: '',
      protocolType: '',
      protocolData: '',
      members: [],
      authorizedOperations: OPERATIONS_NOT_ASKED,
    }));
    return {
      kind: 'reduced',
      request: { ...request, groups },
      finish: (response) => ({
        ...response,
        groups: [...response.groups.map((group) => withOperations(group, rights)), ...refusals],
      }),
    };
  }),

  rule('ListGroups', (request, { rights }) => {
    if (rights.mayOnCluster('Describe')) return ALLOWED;
    // Groups that may not be seen are left out, as if they were not there.
    return {
      kind: 'reduced',
      request,
      finish: (response) => ({
        ...response,
        groups: response.groups.filter((group) => rights.may('Describe', 'Group', group.groupId)),
      }),
    };
  }),

  rule('DeleteGroups', (request, { rights }) => {
    const [groupsNames, refused] = part(request.groupsNames, (id) => rights.may('Delete', 'Group', id));
    const refusals = refused.map((id) => ({ groupId: id, errorCode: DENIED.group }));
    return {
      kind: 'reduced',
      request: { ...request, groupsNames },
      finish: (response) => ({ ...response, results: [...response.results, ...refusals] }),
    };
  }),

  rule('OffsetCommit', (request, { rights, services, call }) => {
    const mayCommit = rights.may('Read', 'Group', request.groupId);
    const byId = call.version >= TOPIC_ID_VERSION;
    const [topics, refused] = part(request.topics, ({ name, topicId }) => {
      const known = byId ? nameOfTopic(services, topicId) : name;
      return mayCommit && (known === null || rights.may('Read', 'Topic', known));
    });
    const errorCode = mayCommit ? DENIED.topic : DENIED.group;
    const refusals = refused.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    }));
    if (topics.length === 0) return { kind: 'refused', response: { throttleTimeMs: 0, topics: refusals } };
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
    };
  }),

  rule('OffsetFetch', (request, context) => {
    const { rights, call } = context;
    const visible = (name: string, topicId: string): boolean => {
      const known = call.version >= TOPIC_ID_VERSION ? nameOfTopic(context.services, topicId) : name;
      return known === null || rights.may('Describe', 'Topic', known);
    };
    const mayFetch = (id: string): boolean => rights.may('Describe', 'Group', id);
    const isSingle = call.version < SEVERAL_GROUPS_VERSION;
    if (isSingle && !mayFetch(request.groupId)) {
      // The oldest version has errors of partitions only.
      const isOldest = call.version < GROUP_ERROR_VERSION;
      const topics = isOldest ? (request.topics ?? []).map((topic) => refusedOffsets(topic, DENIED.group)) : [];
      const errorCode = isOldest ? 0 : DENIED.group;
      return { kind: 'refused', response: { throttleTimeMs: 0, topics, errorCode, groups: [] } };
    }
    const [groups, refused] = part(request.groups, (group) => mayFetch(group.groupId));
    // What is not named is left out; what is named is refused.
    const isNamed = (id: string): boolean =>
      (isSingle ? request.topics : request.groups.find((group) => group.groupId === id)?.topics) !== null;
    return {
      kind: 'reduced',
      request: { ...request, groups },
      finish: (response) => ({
        ...response,
        topics: onlyVisible(response.topics, isNamed(request.groupId), ({ name }) => visible(name, '')),
        groups: [
          ...response.groups.map((group) => ({
            ...group,
            topics: onlyVisible(group.topics, isNamed(group.groupId), ({ name, topicId }) => visible(name, topicId)),
          })),
          ...refused.map((group) => ({ groupId: group.groupId, topics: [], errorCode: DENIED.group })),
        ],
      }),
    };
  }),

  rule('OffsetDelete', (request, { rights }) => {
    if (!rights.may('Delete', 'Group', request.groupId)) {
      return { kind: 'refused', response: { errorCode: DENIED.group, throttleTimeMs: 0, topics: [] } };
    }
    const [topics, refused] = part(request.topics, ({ name }) => rights.may('Read', 'Topic', name));
    const refusals = refused.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: DENIED.topic })),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
    };
  }),

  rule('ConsumerGroupHeartbeat', (request, { rights }) => judgeHeartbeat(request, rights)),

  rule('ConsumerGroupDescribe', (request, { rights }) => judgeDescription(request, rights)),
];

function groupId(request: { readonly groupId: string }): string {
  return request.groupId;
}

type FetchedOffset = {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly metadata: string | null;
  readonly errorCode: number;
};

function onlyVisible<T extends { readonly partitions: readonly FetchedOffset[] }>(
  topics: readonly T[],
  isNamed: boolean,
  isVisible: (topic: T) => boolean,
): readonly T[] {
  const [visible, hidden] = part(topics, isVisible);
  if (!isNamed) return visible;
  const refusals = hidden.map((topic) => {
    const partitionIndexes = topic.partitions.map(({ partitionIndex }) => partitionIndex);
    return { ...topic, partitions: refusedOffsets({ name: '', partitionIndexes }, DENIED.topic).partitions };
  });
  return [...visible, ...refusals];
}

function refusedOffsets(
  { name, partitionIndexes }: { readonly name: string; readonly partitionIndexes: readonly number[] },
  errorCode: number,
): { readonly name: string; readonly partitions: readonly FetchedOffset[] } {
  const nothing = { committedOffset: -1, committedLeaderEpoch: -1, metadata: '', errorCode };
  return { name, partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, ...nothing })) };
}
