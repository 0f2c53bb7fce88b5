import {
  type Client,
  type ConsumerRecord,
  cursorOver,
  type Fetcher,
  type IsolationLevel,
  type StartOffset,
  type TopicPartition,
} from '@millrace/client';
import type { ReadOffsets } from './read-offsets.ts';

const POLL_WAIT_MS = 500;
const COMMIT_INTERVAL_MS = 5_000;

export type ReadOptions = {
  readonly isolation: IsolationLevel;
  readonly start: Start;
  /** Ends where the partitions end when the reading begins. */
  readonly untilEnd: boolean;
  readonly signal: AbortSignal;
};

/** Where reading begins: in every partition at the same kind of place. */
export type Start =
  | { readonly kind: 'place'; readonly place: StartOffset }
  | { readonly kind: 'time'; readonly timeMs: number }
  /** So many records before the end. */
  | { readonly kind: 'tail'; readonly count: number };

/** Reads partitions that are chosen by hand, without a group. Ends by `untilEnd` or the signal. */
export async function* readPartitions(
  client: Client,
  partitions: readonly TopicPartition[],
  options: ReadOptions,
): AsyncGenerator<readonly ConsumerRecord[]> {
  const { isolation, signal } = options;
  const ends = options.untilEnd
    ? await client.admin.listOffsets(partitions, 'latest', { isolationLevel: isolation })
    : [];
  const starts = await startOffsets(client, partitions, options);
  await using fetcher = client.fetcher({ isolationLevel: isolation, offsetReset: 'earliest' });
  for (const [index, { topic, partition }] of partitions.entries()) fetcher.assign(topic, partition, starts[index]!);
  while (!(options.untilEnd && isDone(fetcher, ends))) {
    for (const fetched of await fetcher.poll({ maxWaitMs: POLL_WAIT_MS, signal })) {
      const { topic, partition } = fetched;
      const end = ends.find((each) => each.topic === topic && each.partition === partition)?.offset;
      const cursor = cursorOver(fetched);
      const records: ConsumerRecord[] = [];
      while (cursor.next()) {
        if (end === undefined || cursor.offset < end) records.push({ topic, partition, ...cursor.materialize() });
      }
      if (records.length > 0) yield records;
    }
  }
}

type End = TopicPartition & { readonly offset: number };

function isDone(fetcher: Fetcher, ends: readonly End[]): boolean {
  return ends.every(({ topic, partition, offset }) => (fetcher.position(topic, partition) ?? -1) >= offset);
}

async function startOffsets(
  client: Client,
  partitions: readonly TopicPartition[],
  { start, isolation }: ReadOptions,
): Promise<readonly StartOffset[]> {
  const { admin } = client;
  const isolationLevel = isolation;
  switch (start.kind) {
    case 'place':
      return partitions.map(() => start.place);
    case 'time': {
      const found = await admin.listOffsets(partitions, { timestamp: start.timeMs }, { isolationLevel });
      return found.map(({ offset }) => (offset < 0 ? 'latest' : offset));
    }
    case 'tail': {
      const [first, last] = await Promise.all([
        admin.listOffsets(partitions, 'earliest'),
        admin.listOffsets(partitions, 'latest', { isolationLevel }),
      ]);
      return last.map(({ offset }, index) => Math.max(offset - start.count, first[index]!.offset));
    }
  }
}

export type GroupReadOptions = {
  readonly groupId: string;
  readonly groupProtocol: 'classic' | 'consumer';
  readonly topics: readonly string[];
  readonly fromBeginning: boolean;
  readonly isolation: IsolationLevel;
  readonly signal: AbortSignal;
};

/**
 * Reads as a member of a group. What `read` was told to be done is committed every few seconds, when partitions are given
 * away, and at the end: nothing that was not handed on, whatever was fetched.
 */
export async function* readGroup(
  client: Client,
  options: GroupReadOptions,
  read: ReadOffsets,
): AsyncGenerator<readonly ConsumerRecord[]> {
  const { groupId, groupProtocol, topics, fromBeginning, isolation, signal } = options;
  await using consumer = client.consumer({
    groupId,
    groupProtocol,
    topics,
    isolationLevel: isolation,
    offsetReset: fromBeginning ? 'earliest' : 'latest',
    autoCommitIntervalMs: false,
    onRevoked: async (partitions) => await consumer.commit(read.take(partitions)),
  });
  let committedMs = performance.now();
  for await (const { records } of consumer.batches({ signal })) {
    if (records.length > 0) yield records;
    if (performance.now() - committedMs < COMMIT_INTERVAL_MS) continue;
    await consumer.commit(read.take());
    committedMs = performance.now();
  }
}
