import { ZERO_UUID } from '@millrace/protocol';
import { judgeDescription } from './description-rule.ts';
import { judgeHeartbeat } from './heartbeat-rule.ts';
import { DENIED, nameOfTopic, part, type Rule, type RuleContext, rule } from './rule.ts';

const NO_LEADER = { leaderId: 0, leaderEpoch: 0 };
const NO_BYTES = new Uint8Array(0);

/** What APIs of share groups ask for. */
export const SHARE_RULES: readonly Rule[] = [
  rule('ShareGroupHeartbeat', (request, { rights }) => judgeHeartbeat(request, rights)),

  rule('ShareGroupDescribe', (request, { rights }) => judgeDescription(request, rights)),

  // The topics of its session it asks for on its own: a request does not name them all.
  rule('ShareFetch', (request, context) => {
    if (!context.rights.may('Read', 'Group', request.groupId ?? '')) {
      const none = { errorMessage: null, acquisitionLockTimeoutMs: 0, responses: [], nodeEndpoints: [] };
      return { kind: 'refused', response: { throttleTimeMs: 0, errorCode: DENIED.group, ...none } };
    }
    const [topics, refused] = part(request.topics, ({ topicId }) => mayRead(context, topicId));
    const refusals = refused.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map(({ partitionIndex, acknowledgementBatches }) => ({
        partitionIndex,
        errorCode: DENIED.topic,
        errorMessage: null,
        acknowledgeErrorCode: acknowledgementBatches.length > 0 ? DENIED.topic : 0,
        acknowledgeErrorMessage: null,
        currentLeader: NO_LEADER,
        records: NO_BYTES,
        acquiredRecords: [],
      })),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refusals] }),
    };
  }),

  rule('ShareAcknowledge', (request, context) => {
    if (!context.rights.may('Read', 'Group', request.groupId ?? '')) {
      const none = { errorMessage: null, acquisitionLockTimeoutMs: 0, responses: [], nodeEndpoints: [] };
      return { kind: 'refused', response: { throttleTimeMs: 0, errorCode: DENIED.group, ...none } };
    }
    const [topics, refused] = part(request.topics, ({ topicId }) => mayRead(context, topicId));
    const refusals = refused.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map(({ partitionIndex }) => {
        return { partitionIndex, errorCode: DENIED.topic, errorMessage: null, currentLeader: NO_LEADER };
      }),
    }));
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refusals] }),
    };
  }),

  rule('DescribeShareGroupOffsets', (request, { rights }) => {
    const [groups, refused] = part(request.groups, ({ groupId }) => rights.may('Describe', 'Group', groupId));
    const refusals = refused.map(({ groupId }) => {
      return { groupId, topics: [], errorCode: DENIED.group, errorMessage: null };
    });
    // What is not named is left out; what is named is refused.
    const isNamed = (id: string): boolean => request.groups.find(({ groupId }) => groupId === id)?.topics !== null;
    return {
      kind: 'reduced',
      request: { ...request, groups },
      finish: (response) => ({
        ...response,
        groups: [
          ...response.groups.map((group) => {
            const [visible, hidden] = part(group.topics, ({ topicName }) => rights.may('Describe', 'Topic', topicName));
            const nothing = { startOffset: -1, leaderEpoch: 0, lag: -1, errorCode: DENIED.topic, errorMessage: null };
            const named = isNamed(group.groupId) ? hidden : [];
            const denied = named.map(({ topicName, partitions }) => ({
              topicName,
              topicId: ZERO_UUID,
              partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...nothing })),
            }));
            return { ...group, topics: [...visible, ...denied] };
          }),
          ...refusals,
        ],
      }),
    };
  }),

  rule('AlterShareGroupOffsets', (request, { rights }) => {
    if (!rights.may('Read', 'Group', request.groupId)) {
      const response = { throttleTimeMs: 0, errorCode: DENIED.group, errorMessage: null, responses: [] };
      return { kind: 'refused', response };
    }
    const [topics, refused] = part(request.topics, ({ topicName }) => rights.may('Read', 'Topic', topicName));
    const refusals = refused.map(({ topicName, partitions }) => ({
      topicName,
      topicId: ZERO_UUID,
      partitions: partitions.map(({ partitionIndex }) => {
        return { partitionIndex, errorCode: DENIED.topic, errorMessage: null };
      }),
    }));
    if (topics.length === 0) {
      const response = { throttleTimeMs: 0, errorCode: 0, errorMessage: null, responses: refusals };
      return { kind: 'refused', response };
    }
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refusals] }),
    };
  }),

  rule('DeleteShareGroupOffsets', (request, { rights }) => {
    if (!rights.may('Delete', 'Group', request.groupId)) {
      const response = { throttleTimeMs: 0, errorCode: DENIED.group, errorMessage: null, responses: [] };
      return { kind: 'refused', response };
    }
    const [topics, refused] = part(request.topics, ({ topicName }) => rights.may('Read', 'Topic', topicName));
    const refusals = refused.map(({ topicName }) => {
      return { topicName, topicId: ZERO_UUID, errorCode: DENIED.topic, errorMessage: null };
    });
    if (topics.length === 0) {
      const response = { throttleTimeMs: 0, errorCode: 0, errorMessage: null, responses: refusals };
      return { kind: 'refused', response };
    }
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, responses: [...response.responses, ...refusals] }),
    };
  }),
];

/** An id that is none is answered by the handler. */
function mayRead({ rights, services }: RuleContext, topicId: string): boolean {
  const name = nameOfTopic(services, topicId);
  return name === null || rights.may('Read', 'Topic', name);
}
