import {
  type ProduceRequest,
  ProduceRequestDefaults,
  ProduceRequestTopicProduceDataDefaults,
  type ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
} from '@millrace/protocol';
import type { ProducerBatch } from './producer-batch.ts';

export type SealedBatch = { readonly batch: ProducerBatch; readonly bytes: Uint8Array };

/** One request with at most one batch a partition, grouped by topic as the protocol wants it. */
export function produceRequest(
  batches: readonly SealedBatch[],
  options: { readonly acks: number; readonly timeoutMs: number; readonly transactionalId: string | null },
): ProduceRequest {
  const byTopic = new Map<string, { readonly index: number; readonly records: Uint8Array }[]>();
  for (const { batch, bytes } of batches) {
    const partitions = byTopic.get(batch.topic);
    const entry = { index: batch.partition, records: bytes };
    if (partitions === undefined) byTopic.set(batch.topic, [entry]);
    else partitions.push(entry);
  }
  const topicData = [...byTopic].map(([name, partitionData]) => ({
    ...ProduceRequestTopicProduceDataDefaults,
    name,
    partitionData,
  }));
  return { ...ProduceRequestDefaults, ...options, topicData };
}

/** The answer for one partition; undefined when the broker left it out. */
export function answerFor(
  response: ProduceResponse,
  batch: ProducerBatch,
): ProduceResponsePartitionProduceResponse | undefined {
  return response.responses
    .find((topic) => topic.name === batch.topic)
    ?.partitionResponses.find((partition) => partition.index === batch.partition);
}
