import {
  type AddPartitionsToTxnResponse,
  ErrorCode,
  InitProducerIdResponseDefaults,
  type WriteTxnMarkersRequest,
} from '@millrace/protocol';
import { ALLOWED, DENIED, part, type Rule, type RuleContext, rule } from './rule.ts';

/** What APIs of transactions ask for. */
export const TRANSACTION_RULES: readonly Rule[] = [
  rule('InitProducerId', ({ transactionalId }, { rights }) => {
    const mayInit =
      transactionalId === null
        ? rights.mayOnCluster('IdempotentWrite') || rights.mayOnAny('Write', 'Topic')
        : rights.may('Write', 'TransactionalId', transactionalId);
    if (mayInit) return ALLOWED;
    const errorCode = transactionalId === null ? DENIED.cluster : DENIED.transactionalId;
    const none = { producerId: -1, producerEpoch: -1 };
    return {
      kind: 'refused',
      response: { ...InitProducerIdResponseDefaults, throttleTimeMs: 0, errorCode, ...none },
    };
  }),

  rule('AddPartitionsToTxn', (request, { rights }) => {
    const topics = request.v3AndBelowTopics;
    const mayWrite = mayUse(rights, request.v3AndBelowTransactionalId);
    const [, refused] = part(topics, ({ name }) => rights.may('Write', 'Topic', name));
    if (mayWrite && refused.length === 0) return ALLOWED;
    const codeOf = (name: string): number => {
      if (!mayWrite) return DENIED.transactionalId;
      // All or none: the others are told that nothing was done.
      return refused.some((topic) => topic.name === name) ? DENIED.topic : ErrorCode.OPERATION_NOT_ATTEMPTED;
    };
    const response: AddPartitionsToTxnResponse = {
      throttleTimeMs: 0,
      errorCode: 0,
      resultsByTransaction: [],
      resultsByTopicV3AndBelow: topics.map(({ name, partitions }) => ({
        name,
        resultsByPartition: partitions.map((partitionIndex) => ({ partitionIndex, partitionErrorCode: codeOf(name) })),
      })),
    };
    return { kind: 'refused', response };
  }),

  rule('AddOffsetsToTxn', ({ transactionalId, groupId }, { rights }) => {
    if (!mayUse(rights, transactionalId)) return refusal(DENIED.transactionalId);
    return rights.may('Read', 'Group', groupId) ? ALLOWED : refusal(DENIED.group);
  }),

  rule('EndTxn', ({ transactionalId }, { rights }) => {
    if (mayUse(rights, transactionalId)) return ALLOWED;
    const errorCode = DENIED.transactionalId;
    return { kind: 'refused', response: { throttleTimeMs: 0, errorCode, producerId: -1, producerEpoch: -1 } };
  }),

  rule('WriteTxnMarkers', (request, { rights }) => {
    if (rights.mayOnCluster('Alter') || rights.mayOnCluster('ClusterAction')) return ALLOWED;
    return { kind: 'refused', response: { markers: request.markers.map(refusedMarker) } };
  }),

  rule('TxnOffsetCommit', (request, { rights }) => {
    const mayWrite = mayUse(rights, request.transactionalId);
    const mayCommit = mayWrite && rights.may('Read', 'Group', request.groupId);
    const [topics, refused] = part(request.topics, ({ name }) => mayCommit && rights.may('Read', 'Topic', name));
    const errorCode = !mayWrite ? DENIED.transactionalId : !mayCommit ? DENIED.group : DENIED.topic;
    const refusals = refused.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    }));
    if (topics.length === 0) return { kind: 'refused', response: { throttleTimeMs: 0, topics: refusals } };
    return {
      kind: 'reduced',
      request: { ...request, topics },
      finish: (response) => ({ ...response, topics: [...response.topics, ...refusals] }),
    };
  }),

  rule('DescribeTransactions', (request, { rights }) => {
    const [transactionalIds, refused] = part(request.transactionalIds, (id) =>
      rights.may('Describe', 'TransactionalId', id),
    );
    const refusals = refused.map((transactionalId) => ({
      errorCode: DENIED.transactionalId,
      transactionalId,
      transactionState: '',
      transactionTimeoutMs: 0,
      transactionStartTimeMs: 0,
      producerId: 0,
      producerEpoch: 0,
      topics: [],
    }));
    return {
      kind: 'reduced',
      request: { ...request, transactionalIds },
      finish: (response) => ({
        ...response,
        transactionStates: [
          ...response.transactionStates.map((state) => ({
            ...state,
            topics: state.topics.filter(({ topic }) => rights.may('Describe', 'Topic', topic)),
          })),
          ...refusals,
        ],
      }),
    };
  }),

  rule('ListTransactions', (request, { rights }) => ({
    kind: 'reduced',
    request,
    finish: (response) => ({
      ...response,
      transactionStates: response.transactionStates.filter(({ transactionalId }) =>
        rights.may('Describe', 'TransactionalId', transactionalId),
      ),
    }),
  })),
];

function mayUse(rights: RuleContext['rights'], transactionalId: string): boolean {
  return rights.may('Write', 'TransactionalId', transactionalId);
}

function refusal(errorCode: number) {
  return { kind: 'refused', response: { throttleTimeMs: 0, errorCode } } as const;
}

function refusedMarker({ producerId, topics }: WriteTxnMarkersRequest['markers'][number]) {
  return {
    producerId,
    topics: topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, errorCode: DENIED.cluster })),
    })),
  };
}
