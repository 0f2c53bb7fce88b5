import type { PartitionLog } from '../../log/partition-log.ts';
import type { TransactionEnd } from '../../log/transaction-marker.ts';
import type { TransactionPartition } from './transaction.ts';

export type MarkerTargets = {
  /** The log of a partition; null when its topic was deleted. */
  readonly findLog: (topic: string, partition: number) => PartitionLog | null;
  /** The topic whose partitions hold committed offsets, and who must be told what becomes of those. */
  readonly offsetsTopic: string;
  readonly endOffsets: (partition: number, end: TransactionEnd) => Promise<void>;
};

/**
 * Ends a transaction in its partitions. Resolves when every marker is durable; a partition that was deleted needs none.
 *
 * @throws BrokerError the first failure, when all others have settled.
 */
export async function writeMarkers(
  targets: MarkerTargets,
  partitions: readonly TransactionPartition[],
  end: TransactionEnd,
): Promise<void> {
  const results = await Promise.allSettled(partitions.map((partition) => writeMarker(targets, partition, end)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** The same in one partition; answers whether there is such a partition. */
export async function writeMarker(
  targets: MarkerTargets,
  { topic, partition }: TransactionPartition,
  end: TransactionEnd,
): Promise<boolean> {
  const log = targets.findLog(topic, partition);
  if (log === null) return false;
  if (topic === targets.offsetsTopic) {
    await targets.endOffsets(partition, end);
  } else {
    log.endTransaction(end);
    await log.durable();
  }
  return true;
}
