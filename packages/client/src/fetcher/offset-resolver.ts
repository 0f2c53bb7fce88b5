import { MillraceError } from '@millrace/base';
import type { Cluster } from '../cluster/cluster.ts';
import { listOffsets, OFFSET_TIMESTAMP } from '../cluster/list-offsets.ts';
import type { FetcherSettings } from './fetcher-settings.ts';
import type { PartitionFetch } from './partition-fetch.ts';

/** Turns `earliest` and `latest` into offsets. */
export async function resolveStarts(
  cluster: Cluster,
  settings: FetcherSettings,
  partitions: readonly PartitionFetch[],
): Promise<void> {
  const epochs = partitions.map((fetch) => fetch.epoch);
  const lookups = partitions.map(({ topic, partition, start }) => ({
    topic,
    partition,
    timestamp: start === 'earliest' ? OFFSET_TIMESTAMP.earliest : OFFSET_TIMESTAMP.latest,
  }));
  const offsets = await listOffsets(cluster, lookups, settings.isolationLevel);
  partitions.forEach((fetch, index) => {
    if (fetch.epoch !== epochs[index]) return;
    const found = offsets.find(({ topic, partition }) => topic === fetch.topic && partition === fetch.partition);
    if (found !== undefined) fetch.resolve(found.offset);
  });
}

export function outOfRange(fetch: PartitionFetch): MillraceError {
  const { topic, partition, fetchOffset } = fetch;
  return new MillraceError(
    'OFFSET_OUT_OF_RANGE',
    `offset ${fetchOffset} of ${topic}-${partition} lies outside of the log, and offsetReset is 'none': seek`,
    { context: { topic, partition, offset: fetchOffset } },
  );
}
