import type { RecordBatchHeader } from '@millrace/protocol';
import type { FetchedPartition } from './fetcher-options.ts';

/**
 * Says for each batch of a fetched range, in order, whether a reader of committed records may see it: give it to a
 * RecordCursor as `acceptBatch`. A broker names the aborted transactions of the range by producer and first offset;
 * the next marker of that producer ends each.
 */
export function committedOnly(
  fetched: Pick<FetchedPartition, 'abortedTransactions'>,
): (header: RecordBatchHeader) => boolean {
  const aborted = [...fetched.abortedTransactions].sort((left, right) => left.firstOffset - right.firstOffset);
  const open = new Set<number>();
  let next = 0;
  return (header) => {
    for (; next < aborted.length && aborted[next]!.firstOffset <= header.lastOffset; next++) {
      open.add(aborted[next]!.producerId);
    }
    if (!header.isTransactional) return true;
    if (!header.isControl) return !open.has(header.producerId);
    open.delete(header.producerId);
    return true;
  };
}
