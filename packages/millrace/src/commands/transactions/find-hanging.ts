import type { ActiveProducer, Admin, TopicPartition } from '@millrace/client';
import { expandPartitions } from '../../command-line/partitions.ts';

export type HangingTransaction = TopicPartition & {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly startOffset: number;
  readonly lastTimestamp: number;
};

type Search = {
  admin(): Promise<Admin>;
  /** None stands for all. */
  readonly topics: readonly string[];
  readonly maxTimeoutMs: number;
  readonly nowMs: number;
};

/** As KIP-664 looks for them: open in a partition for too long, and not open there for any coordinator. */
export async function findHanging(search: Search): Promise<readonly HangingTransaction[]> {
  const admin = await search.admin();
  const names = search.topics.length > 0 ? search.topics : (await admin.listTopics()).map(({ name }) => name);
  const partitions = await expandPartitions(
    admin,
    names.map((topic) => ({ topic, partitions: null })),
  );
  const described = await admin.describeProducers(partitions);
  const open = described.flatMap(({ topic, partition, producers }) =>
    producers.flatMap((producer) => suspect({ topic, partition }, producer, search)),
  );
  if (open.length === 0) return [];
  const known = await coordinated(admin, [...new Set(open.map(({ producerId }) => producerId))]);
  return open.filter(
    ({ producerId, topic, partition }) => known.get(producerId)?.has(`${topic}:${partition}`) !== true,
  );
}

function suspect(at: TopicPartition, producer: ActiveProducer, { maxTimeoutMs, nowMs }: Search): HangingTransaction[] {
  const { transactionStartOffset: startOffset, lastTimestamp, producerId, producerEpoch, coordinatorEpoch } = producer;
  if (startOffset === null || nowMs - lastTimestamp < maxTimeoutMs) return [];
  return [{ ...at, producerId, producerEpoch, coordinatorEpoch: coordinatorEpoch ?? 0, startOffset, lastTimestamp }];
}

/** The partitions in which coordinators have open transactions of these producers. */
async function coordinated(
  admin: Admin,
  producerIds: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const listed = await admin.listTransactions({ producerIds });
  const described = await admin.describeTransactions(listed.map(({ transactionalId }) => transactionalId));
  return new Map(
    described.map(({ producerId, partitions }) => [
      producerId,
      new Set(partitions.map(({ topic, partition }) => `${topic}:${partition}`)),
    ]),
  );
}
