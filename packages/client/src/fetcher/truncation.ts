import { MillraceError } from '@millrace/base';
import type { Cluster } from '../cluster/cluster.ts';
import { epochEnds } from '../cluster/epoch-ends.ts';
import type { PartitionFetch } from './partition-fetch.ts';

/** A log that was cut, and goes on with other records than those that were fetched from `endOffset` on. */
export type Truncation = { readonly fetch: PartitionFetch; readonly endOffset: number };

/**
 * Asks new leaders whether their logs have what was fetched (KIP-320): an election may have chosen one that had not, and
 * a broker may have lost what it had not yet written to disk. Those whose logs do, or who cannot tell, are noted as checked.
 */
export async function findTruncations(
  cluster: Cluster,
  partitions: readonly PartitionFetch[],
): Promise<readonly Truncation[]> {
  const asked = partitions.map((fetch) => {
    const { topic, partition, epoch, fetchedEpoch: leaderEpoch } = fetch;
    return { topic, partition, leaderEpoch, fetch, epoch, leader: cluster.leaderEpoch(topic, partition) };
  });
  const ends = await epochEnds(cluster, asked);
  return asked.flatMap(({ fetch, epoch, leader }) => {
    if (fetch.epoch !== epoch) return [];
    fetch.checked(leader);
    const end = ends.find(({ topic, partition }) => topic === fetch.topic && partition === fetch.partition);
    if (end === undefined || end.endOffset < 0) return [];
    const isCut = end.leaderEpoch < fetch.fetchedEpoch || end.endOffset < fetch.fetchOffset!;
    return isCut ? [{ fetch, endOffset: Math.min(end.endOffset, fetch.fetchOffset!) }] : [];
  });
}

export function truncated({ fetch, endOffset }: Truncation): MillraceError {
  const { topic, partition, fetchOffset } = fetch;
  return new MillraceError(
    'OFFSET_OUT_OF_RANGE',
    `the log of ${topic}-${partition} was truncated to offset ${endOffset}, and was read up to ${fetchOffset} before: ` +
      `what was read from there on is gone, and offsetReset is 'none': seek`,
    { context: { topic, partition, offset: fetchOffset, endOffset } },
  );
}
