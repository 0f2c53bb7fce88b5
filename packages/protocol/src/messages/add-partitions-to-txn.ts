/**
 * AddPartitionsToTxn (24): adds partitions to a producer's transaction.
 *
 * - v2: PRODUCER_FENCED (KIP-588)
 * - v3: flexible
 * - v4: many transactions at once, or only a check; for brokers alone (KIP-890)
 * - v5: TRANSACTION_ABORTABLE (KIP-890)
 */
import {
  type ApiDeclaration,
  api,
  bool,
  int16,
  int32,
  int64,
  list,
  type StructType,
  string,
  struct,
} from '../schema.ts';

const addPartitionsToTxnTopic: StructType = struct('AddPartitionsToTxnTopic', {
  name: string('0+'),
  partitions: list('0+', 'int32'),
});

const addPartitionsToTxnPartitionResult: StructType = struct('AddPartitionsToTxnPartitionResult', {
  partitionIndex: int32('0+'),
  partitionErrorCode: int16('0+'),
});

const addPartitionsToTxnTopicResult: StructType = struct('AddPartitionsToTxnTopicResult', {
  name: string('0+'),
  resultsByPartition: list('0+', addPartitionsToTxnPartitionResult),
});

export const addPartitionsToTxn: ApiDeclaration = api({
  name: 'AddPartitionsToTxn',
  key: 24,
  versions: '0-5',
  flexible: '3+',
  request: {
    transactions: list('4+', 'AddPartitionsToTxnTransaction', {
      transactionalId: string('4+'),
      producerId: int64('4+'),
      producerEpoch: int16('4+'),
      verifyOnly: bool('4+', { default: false }),
      topics: list('4+', addPartitionsToTxnTopic),
    }),
    v3AndBelowTransactionalId: string('0-3'),
    v3AndBelowProducerId: int64('0-3'),
    v3AndBelowProducerEpoch: int16('0-3'),
    v3AndBelowTopics: list('0-3', addPartitionsToTxnTopic),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('4+', { ignorable: true }),
    resultsByTransaction: list('4+', 'AddPartitionsToTxnResult', {
      transactionalId: string('4+'),
      topicResults: list('4+', addPartitionsToTxnTopicResult),
    }),
    resultsByTopicV3AndBelow: list('0-3', addPartitionsToTxnTopicResult),
  },
});
