import {
  type ApiName,
  type ApiTypes,
  FetchRequestDefaults,
  FetchRequestFetchPartitionDefaults,
  FetchRequestFetchTopicDefaults,
  InitProducerIdRequestDefaults,
  ProduceRequestDefaults,
  ProduceRequestTopicProduceDataDefaults,
  RecordCursor,
  TxnOffsetCommitRequestDefaults,
  ZERO_UUID,
} from '@millrace/protocol';
import { testBatch } from './test-log.ts';

/** Versions in which partitions are added by the client, and an end keeps the epoch. */
export const FIRST_PROTOCOL = { Produce: 11, EndTxn: 4 } as const;
/** Versions in which partitions join by being written to, and each end raises the epoch (KIP-890). */
export const SECOND_PROTOCOL = { Produce: 12, EndTxn: 5 } as const;

export type Protocol = typeof FIRST_PROTOCOL | typeof SECOND_PROTOCOL;
export type Identity = { readonly producerId: number; readonly producerEpoch: number };

export type Send = <A extends ApiName>(
  name: A,
  version: number,
  request: ApiTypes[A]['request'],
) => Promise<ApiTypes[A]['response']>;

type Ended = Identity & { readonly errorCode: number };

export type TransactionCalls = {
  init(expected?: Identity | null, transactionTimeoutMs?: number): Promise<Ended>;
  addPartitions(identity: Identity, ...topics: string[]): Promise<number>;
  produce(protocol: Protocol, identity: Identity, topic: string, value: string, baseSequence?: number): Promise<number>;
  end(protocol: Protocol, identity: Identity, committed: boolean): Promise<Ended>;
  state(): Promise<string>;
  committed(topic: string): Promise<readonly string[]>;
  commitOffset(identity: Identity, offset: number): Promise<number>;
  committedOffset(requireStable: boolean): Promise<number>;
};

/** What tests ask of transactions, always of the transactional id `id`, in partitions 0, and for the group `g`. */
export function transactionCalls(send: Send): TransactionCalls {
  return {
    init: (expected, timeoutMs) => init(send, expected, timeoutMs),
    addPartitions: (identity, ...topics) => addPartitions(send, identity, ...topics),
    produce: (...args) => produce(send, ...args),
    end: (...args) => end(send, ...args),
    state: () => state(send),
    committed: (topic) => committed(send, topic),
    commitOffset: (...args) => commitOffset(send, ...args),
    committedOffset: (requireStable) => committedOffset(send, requireStable),
  };
}

async function init(send: Send, expected: Identity | null = null, transactionTimeoutMs = 60_000) {
  const request = { ...InitProducerIdRequestDefaults, transactionalId: 'id', transactionTimeoutMs, ...expected };
  const { producerId, producerEpoch, errorCode } = await send('InitProducerId', 5, request);
  return { producerId, producerEpoch, errorCode };
}

async function addPartitions(
  send: Send,
  { producerId, producerEpoch }: Identity,
  ...topics: string[]
): Promise<number> {
  const answer = await send('AddPartitionsToTxn', 3, {
    transactions: [],
    v3AndBelowTransactionalId: 'id',
    v3AndBelowProducerId: producerId,
    v3AndBelowProducerEpoch: producerEpoch,
    v3AndBelowTopics: topics.map((name) => ({ name, partitions: [0] })),
  });
  return answer.resultsByTopicV3AndBelow[0]!.resultsByPartition[0]!.partitionErrorCode;
}

async function produce(
  send: Send,
  protocol: Protocol,
  { producerId, producerEpoch }: Identity,
  topic: string,
  value: string,
  baseSequence = 0,
): Promise<number> {
  const records = testBatch([value], { producerId, producerEpoch, baseSequence, isTransactional: true });
  const topicData = [
    { ...ProduceRequestTopicProduceDataDefaults, name: topic, partitionData: [{ index: 0, records }] },
  ];
  const request = { ...ProduceRequestDefaults, transactionalId: 'id', acks: -1, timeoutMs: 1000, topicData };
  const answer = await send('Produce', protocol.Produce, request);
  return answer.responses[0]!.partitionResponses[0]!.errorCode;
}

async function end(send: Send, protocol: Protocol, identity: Identity, committed: boolean) {
  const { producerId, producerEpoch } = identity;
  const request = { transactionalId: 'id', producerId, producerEpoch, committed };
  const answer = await send('EndTxn', protocol.EndTxn, request);
  return { errorCode: answer.errorCode, producerId: answer.producerId, producerEpoch: answer.producerEpoch };
}

async function state(send: Send): Promise<string> {
  const answer = await send('DescribeTransactions', 0, { transactionalIds: ['id'] });
  return answer.transactionStates[0]!.transactionState;
}

/** What a reader of committed records sees of a topic; the last entry says where the stable part ends. */
async function committed(send: Send, topic: string): Promise<readonly string[]> {
  const partition = { ...FetchRequestFetchPartitionDefaults, partition: 0, fetchOffset: 0, partitionMaxBytes: 1e6 };
  const answer = await send('Fetch', 12, {
    ...FetchRequestDefaults,
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1e6,
    isolationLevel: 1,
    topics: [{ ...FetchRequestFetchTopicDefaults, topic, partitions: [{ ...partition, logStartOffset: -1 }] }],
  });
  const { records, abortedTransactions, lastStableOffset, highWatermark } = answer.responses[0]!.partitions[0]!;
  const aborted = new Set((abortedTransactions ?? []).map(({ firstOffset }) => firstOffset));
  const values: string[] = [];
  const cursor = new RecordCursor(records ?? new Uint8Array(0));
  while (cursor.next()) if (!aborted.has(cursor.offset)) values.push(Buffer.from(cursor.value()!).toString());
  return lastStableOffset < highWatermark ? [...values, 'held back'] : values;
}

async function commitOffset(send: Send, { producerId, producerEpoch }: Identity, offset: number): Promise<number> {
  const partition = { partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: null };
  const answer = await send('TxnOffsetCommit', 5, {
    ...TxnOffsetCommitRequestDefaults,
    transactionalId: 'id',
    groupId: 'g',
    producerId,
    producerEpoch,
    topics: [{ name: 't', partitions: [partition] }],
  });
  return answer.topics[0]!.partitions[0]!.errorCode;
}

async function committedOffset(send: Send, requireStable: boolean) {
  const topics = [{ name: 't', topicId: ZERO_UUID, partitionIndexes: [0] }];
  const groups = [{ groupId: 'g', memberId: null, memberEpoch: -1, topics }];
  const answer = await send('OffsetFetch', 8, { groupId: '', topics: [], requireStable, groups });
  const { committedOffset, errorCode } = answer.groups[0]!.topics[0]!.partitions[0]!;
  return errorCode === 0 ? committedOffset : errorCode;
}
