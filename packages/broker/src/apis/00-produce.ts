/**
 * Produce, versions 3–13. 3: transactional id. 5: log start offset. 7: zstd. 8: errors by record (KIP-467). 9: flexible.
 * 10: new leader (KIP-951). 11: TRANSACTION_ABORTABLE. 12: partitions join a transaction by being written to (KIP-890).
 * 13: topic ids.
 * Deviations: `acks` 1 and −1 mean the same on one node; `timeoutMs` bounds nothing, since nothing is waited for but
 * the own disk.
 */
import { assert } from '@millrace/base';
import {
  type ProduceRequest,
  type ProduceRequestTopicProduceData,
  ProduceResponseDefaults,
  type ProduceResponsePartitionProduceResponse,
  ProduceResponsePartitionProduceResponseDefaults,
  type ProduceResponseTopicProduceResponse,
  readBatchHeader,
} from '@millrace/protocol';
import { isInternalTopic } from '../cluster/topic-names.ts';
import type { ProducerIdentity } from '../coordinators/transaction/transaction.ts';
import type { TransactionalClient } from '../coordinators/transaction/transaction-coordinator.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import type { Appended, PartitionLog } from '../log/partition-log.ts';
import { InvalidRecords } from '../log/record-skim.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { partitionLog, topicNameOf } from './partitions.ts';

const ABORTABLE_VERSION = 11;
const IMPLICIT_PARTITIONS_VERSION = 12;

type PartitionAnswer = ProduceResponsePartitionProduceResponse;

/** A batch on its way: refused, ready to be appended, or appended and perhaps not durable yet. */
type Outcome =
  | { readonly kind: 'refused'; readonly answer: PartitionAnswer }
  | { readonly kind: 'ready'; readonly index: number; readonly records: Uint8Array; readonly log: PartitionLog }
  | {
      readonly kind: 'accepted';
      readonly index: number;
      readonly appended: Appended;
      readonly log: PartitionLog;
      /** Asked for at once: of a write that failed meanwhile, the log says nothing later. */
      readonly durable: Promise<void>;
    };

type Ready = Extract<Outcome, { kind: 'ready' }>;

export const produce: BrokerApi = defineApi({
  name: 'Produce',
  async handle(services, request, call) {
    const ready = request.topicData.map((topic) => prepareTopic(services, request, topic, call));
    // Appended in this very turn, so that what a client sent first is stored first.
    const outcomes =
      request.transactionalId === null
        ? mapReady(ready, (outcome) => append(services, outcome, () => outcome.log.append(outcome.records)))
        : await appendInTransaction(services, request.transactionalId, ready, call);
    // acks=0: nobody reads the answer, and nobody waits.
    const responses =
      request.acks === 0
        ? []
        : await Promise.all(request.topicData.map((topic, index) => answerTopic(topic, outcomes[index]!)));
    return { ...ProduceResponseDefaults, responses, throttleTimeMs: 0 };
  },
});

function prepareTopic(
  services: Services,
  request: ProduceRequest,
  topic: ProduceRequestTopicProduceData,
  call: Call,
): Outcome[] {
  return topic.partitionData.map(({ index, records }): Outcome => {
    try {
      if (request.acks < -1 || request.acks > 1) throw new BrokerError('INVALID_REQUIRED_ACKS');
      const name = call.version >= 13 ? topicNameOf(services, topic.topicId) : topic.name;
      if (isInternalTopic(name)) {
        throw new BrokerError('INVALID_TOPIC_EXCEPTION', `Cannot append to internal topic ${name}`);
      }
      const log = partitionLog(services, name, index);
      if (records === null || records.byteLength === 0) {
        throw new BrokerError('INVALID_RECORD', 'a produce request holds one record batch for each partition');
      }
      return { kind: 'ready', index, records, log };
    } catch (error) {
      return refused(services, topic.name, index, error);
    }
  });
}

function append(services: Services, { index, log, records }: Ready, run: () => Appended): Outcome {
  try {
    const appended = run();
    const counts = services.counters.topic(log.topic);
    counts.produceRequests += 1;
    counts.bytesIn += records.byteLength;
    counts.messagesIn += appended.lastOffset - appended.baseOffset + 1;
    return { kind: 'accepted', index, appended, log, durable: log.durable() };
  } catch (error) {
    return refused(services, log.topic, index, error);
  }
}

/** All batches of a request are of one transaction, and join it together before any is appended. */
async function appendInTransaction(
  services: Services,
  transactionalId: string,
  outcomes: readonly Outcome[][],
  call: Call,
): Promise<readonly Outcome[][]> {
  const all = outcomes.flat().filter((outcome) => outcome.kind === 'ready');
  const clientVersion = call.version >= IMPLICIT_PARTITIONS_VERSION ? 2 : 0;
  try {
    const identity = all.map(({ records }) => producerOf(records)).find((producer) => producer !== null);
    if (identity == null) return mapReady(outcomes, (one) => append(services, one, () => one.log.append(one.records)));
    const client = { transactionalId, ...identity, clientVersion };
    return await services.transactions.within(
      client,
      all.map(({ log }) => log),
      () => mapReady(outcomes, (outcome) => append(services, outcome, () => appendOne(outcome, client))),
    );
  } catch (error) {
    const reason = transactionRefusal(error, call.version);
    return mapReady(outcomes, ({ index, log }) => refused(services, log.topic, index, reason));
  }
}

function appendOne({ log, records }: Ready, client: TransactionalClient): Appended {
  const header = readBatchHeader(records);
  if (!header.isTransactional) return log.append(records);
  const { producerId, producerEpoch, clientVersion } = client;
  if (header.producerId !== producerId || header.producerEpoch !== producerEpoch) {
    throw new BrokerError('INVALID_PRODUCER_ID_MAPPING');
  }
  // Every transaction of the second protocol has an epoch of its own, whose first batch may have been refused.
  if (clientVersion >= 2 && header.baseSequence !== 0 && !log.isInTransaction(producerId, producerEpoch)) {
    throw new BrokerError('OUT_OF_ORDER_SEQUENCE_NUMBER');
  }
  return log.append(records, 'transaction');
}

/** Who wrote a batch of a transaction; null for another batch, and for what is none: the log says what is wrong. */
function producerOf(records: Uint8Array): ProducerIdentity | null {
  try {
    const { isTransactional, producerId, producerEpoch } = readBatchHeader(records);
    return isTransactional ? { producerId, producerEpoch } : null;
  } catch {
    return null;
  }
}

/** What coordinators refuse, as producers know it. */
function transactionRefusal(error: unknown, version: number): unknown {
  if (!(error instanceof BrokerError)) return error;
  if (error.code === 'PRODUCER_FENCED') return new BrokerError('INVALID_PRODUCER_EPOCH');
  if (error.code === 'INVALID_TXN_STATE' && version >= ABORTABLE_VERSION)
    return new BrokerError('TRANSACTION_ABORTABLE');
  return error;
}

function mapReady(outcomes: readonly Outcome[][], run: (ready: Ready) => Outcome): Outcome[][] {
  return outcomes.map((topic) => topic.map((outcome) => (outcome.kind === 'ready' ? run(outcome) : outcome)));
}

function refused(services: Services, topic: string, partition: number, error: unknown): Outcome {
  // Names that do not exist are not counted one by one: anybody may send any.
  const { counters, cluster } = services;
  const counts = cluster.topic(topic) === undefined ? counters.otherTopics : counters.topic(topic);
  counts.produceRequests += 1;
  counts.failedProduceRequests += 1;
  if (!(error instanceof BrokerError)) {
    services.logger.error('an append failed', { topic, partition, error: String(error) });
  }
  return { kind: 'refused', answer: refusal(partition, error) };
}

async function answerTopic(
  topic: ProduceRequestTopicProduceData,
  outcomes: readonly Outcome[],
): Promise<ProduceResponseTopicProduceResponse> {
  const partitionResponses: PartitionAnswer[] = [];
  for (const outcome of outcomes) partitionResponses.push(await answerPartition(outcome));
  return { name: topic.name, topicId: topic.topicId, partitionResponses };
}

async function answerPartition(outcome: Outcome): Promise<PartitionAnswer> {
  if (outcome.kind === 'refused') return outcome.answer;
  assert(outcome.kind === 'accepted', 'what was ready is appended or refused');
  const { index, appended, log, durable } = outcome;
  try {
    await durable;
  } catch (error) {
    return refusal(index, error);
  }
  return {
    ...ProduceResponsePartitionProduceResponseDefaults,
    index,
    errorCode: 0,
    baseOffset: appended.baseOffset,
    logAppendTimeMs: appended.logAppendTimeMs,
    logStartOffset: log.logStartOffset,
  };
}

function refusal(index: number, error: unknown): PartitionAnswer {
  const errorMessage = error instanceof Error ? error.message : String(error);
  const wrong = error instanceof InvalidRecords ? error.indexes : [];
  return {
    ...ProduceResponsePartitionProduceResponseDefaults,
    index,
    errorCode: errorCodeOf(error),
    baseOffset: -1,
    recordErrors: wrong.map((batchIndex) => ({ batchIndex, batchIndexErrorMessage: errorMessage })),
    errorMessage,
  };
}
