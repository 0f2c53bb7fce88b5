/**
 * Produce, versions 3–13. 3: transactional id. 5: log start offset. 7: zstd. 8: errors by record (KIP-467). 9: flexible.
 * 10: new leader (KIP-951). 13: topic ids.
 * Deviations: `acks` 1 and −1 mean the same on one node; `timeoutMs` bounds nothing, since nothing is waited for but
 * the own disk. Batches of transactions are refused until the transaction coordinator is there.
 */
import {
  type ProduceRequest,
  type ProduceRequestTopicProduceData,
  ProduceResponseDefaults,
  type ProduceResponsePartitionProduceResponse,
  ProduceResponsePartitionProduceResponseDefaults,
  type ProduceResponseTopicProduceResponse,
} from '@millrace/protocol';
import { isInternalTopic } from '../cluster/topic-names.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import type { Appended, PartitionLog } from '../log/partition-log.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { partitionLog, topicNameOf } from './partitions.ts';

type PartitionAnswer = ProduceResponsePartitionProduceResponse;

/** What an append gave, before it is durable: an answer, or the log that is still to store it. */
type Outcome =
  | { readonly kind: 'refused'; readonly answer: PartitionAnswer }
  | { readonly kind: 'accepted'; readonly index: number; readonly appended: Appended; readonly log: PartitionLog };

export const produce: BrokerApi = defineApi({
  name: 'Produce',
  async handle(services, request, call) {
    const outcomes = request.topicData.map((topic) => appendTopic(services, request, topic, call));
    // acks=0: nobody reads the answer, and nobody waits.
    const responses =
      request.acks === 0
        ? []
        : await Promise.all(request.topicData.map((topic, index) => answerTopic(topic, outcomes[index]!)));
    return { ...ProduceResponseDefaults, responses, throttleTimeMs: 0 };
  },
});

function appendTopic(
  services: Services,
  request: ProduceRequest,
  topic: ProduceRequestTopicProduceData,
  call: Call,
): Outcome[] {
  return topic.partitionData.map(({ index, records }): Outcome => {
    try {
      checkAcks(request);
      const name = call.version >= 13 ? topicNameOf(services, topic.topicId) : topic.name;
      if (isInternalTopic(name)) {
        throw new BrokerError('INVALID_TOPIC_EXCEPTION', `Cannot append to internal topic ${name}`);
      }
      const log = partitionLog(services, name, index);
      if (records === null || records.byteLength === 0) {
        throw new BrokerError('INVALID_RECORD', 'a produce request holds one record batch for each partition');
      }
      return { kind: 'accepted', index, appended: log.append(records), log };
    } catch (error) {
      if (!(error instanceof BrokerError)) {
        services.logger.error('an append failed', { topic: topic.name, partition: index, error: String(error) });
      }
      return { kind: 'refused', answer: refusal(index, error) };
    }
  });
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
  const { index, appended, log } = outcome;
  try {
    await log.durable();
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

function checkAcks(request: ProduceRequest): void {
  if (request.acks < -1 || request.acks > 1) throw new BrokerError('INVALID_REQUIRED_ACKS');
  if (request.transactionalId !== null) {
    throw new BrokerError('INVALID_TXN_STATE', 'this broker does not serve transactions yet');
  }
}

function refusal(index: number, error: unknown): PartitionAnswer {
  return {
    ...ProduceResponsePartitionProduceResponseDefaults,
    index,
    errorCode: errorCodeOf(error),
    baseOffset: -1,
    errorMessage: error instanceof Error ? error.message : String(error),
  };
}
