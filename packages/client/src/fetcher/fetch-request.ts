import {
  type FetchRequest,
  FetchRequestDefaults,
  FetchRequestFetchPartitionDefaults,
  type FetchResponse,
  type FetchResponsePartitionData,
  hasWholeBatch,
  readBatchHeader,
} from '@millrace/protocol';
import type { Metadata } from '../cluster/metadata.ts';
import { groupByTopic } from '../lib/topic-partition.ts';
import type { FetchedPartition } from './fetcher-options.ts';
import type { FetcherSettings } from './fetcher-settings.ts';
import type { Ask } from './partition-fetch.ts';

/** Asks for each partition from its own offset. Every request stands alone; sessions (KIP-227) would begin here. */
export function fetchRequest(asks: readonly Ask[], metadata: Metadata, settings: FetcherSettings): FetchRequest {
  const byTopic = groupByTopic(asks, ({ topic, partition, fetchOffset }) => ({
    ...FetchRequestFetchPartitionDefaults,
    partition,
    currentLeaderEpoch: metadata.topics.get(topic)?.partitions[partition]?.leaderEpoch ?? -1,
    fetchOffset,
    partitionMaxBytes: settings.partitionMaxBytes,
  }));
  return {
    ...FetchRequestDefaults,
    maxWaitMs: settings.maxWaitMs,
    minBytes: settings.minBytes,
    maxBytes: settings.maxBytes,
    isolationLevel: settings.isolationCode,
    rackId: settings.rack,
    topics: byTopic.map(({ topic, items }) => ({
      topic,
      topicId: metadata.topics.get(topic)!.topicId,
      partitions: items,
    })),
  };
}

/** The answers by partition. From version 13 on a broker names topics by their ids only. */
export function* fetchAnswers(
  response: FetchResponse,
  metadata: Metadata,
): Generator<{ readonly topic: string; readonly data: FetchResponsePartitionData }, void, undefined> {
  for (const { topic, topicId, partitions } of response.responses) {
    const name = topic === '' ? metadata.topicNames.get(topicId) : topic;
    if (name === undefined) continue;
    for (const data of partitions) yield { topic: name, data };
  }
}

/** The whole batches of an answer, with where they end; undefined when there is not one. */
export function wholeBatches(
  { topic, partition, fetchOffset }: Ask,
  data: FetchResponsePartitionData,
): FetchedPartition | undefined {
  const bytes = data.records;
  if (bytes === null || bytes.length === 0) return undefined;
  let end = 0;
  let nextOffset = fetchOffset;
  let leaderEpoch = -1;
  while (hasWholeBatch(bytes, end, bytes.length)) {
    const header = readBatchHeader(bytes, end);
    end += header.sizeInBytes;
    nextOffset = header.lastOffset + 1;
    leaderEpoch = header.partitionLeaderEpoch;
  }
  if (nextOffset <= fetchOffset) return undefined;
  return {
    topic,
    partition,
    fetchOffset,
    nextOffset,
    leaderEpoch,
    records: end === bytes.length ? bytes : bytes.subarray(0, end),
    highWatermark: data.highWatermark,
    lastStableOffset: data.lastStableOffset,
    logStartOffset: data.logStartOffset,
    abortedTransactions: data.abortedTransactions ?? [],
  };
}
