import { readBatchHeader, recordBatches } from '@millrace/protocol';
import type { AbortedTransaction, FetchedPartition } from '../fetcher-options.ts';

/** What is known of where a log begins and ends. */
export type LogEnds = Pick<FetchedPartition, 'highWatermark' | 'lastStableOffset' | 'logStartOffset'>;

/** Somebody who reads a partition, and where he goes on; undefined while that is looked up. */
export type Reader = { readonly fetchOffset: number | undefined };

/** A stretch of a partition that was fetched once, for all who come to it. */
export type Piece = {
  readonly fetched: FetchedPartition;
  /** The first offset that it can be read from: whole batches come, so it may lie before the one that was asked for. */
  readonly fromOffset: number;
  /** Readers who had yet to come to it when it came; without any of them it is of no use any more. */
  readonly awaitedBy: Set<Reader>;
};

export function pieceOf(fetched: FetchedPartition): Piece {
  const { records, fetchOffset } = fetched;
  const { baseOffset } = readBatchHeader(records);
  return { fetched, fromOffset: Math.min(baseOffset, fetchOffset), awaitedBy: new Set() };
}

/** How far a reader has to come to a piece, in bytes, if the log before it is as dense as it is. */
export function bytesBefore({ fetched, fromOffset }: Piece, { fetchOffset }: Reader): number {
  if (fetchOffset === undefined) return Number.POSITIVE_INFINITY;
  const bytesPerOffset = fetched.records.length / (fetched.nextOffset - fromOffset);
  return Math.max(fromOffset - fetchOffset, 0) * bytesPerOffset;
}

/** A piece as if it had been asked for from an offset inside it, at a time when the log had these ends. */
export function fetchedFrom({ fetched }: Piece, fetchOffset: number, ends: LogEnds): FetchedPartition {
  const abortedTransactions =
    fetchOffset > fetched.fetchOffset ? abortedFrom(fetched, fetchOffset) : fetched.abortedTransactions;
  return { ...fetched, ...ends, fetchOffset, abortedTransactions };
}

/**
 * The aborted transactions without those whose marker lies in batches that a reader from that offset passes over. He
 * would never see them end, and take the producer's next transaction for aborted.
 */
function abortedFrom(fetched: FetchedPartition, fetchOffset: number): readonly AbortedTransaction[] {
  let aborted = fetched.abortedTransactions;
  if (aborted.length === 0) return aborted;
  for (const header of recordBatches(fetched.records)) {
    if (header.lastOffset >= fetchOffset) break;
    if (!header.isControl) continue;
    const isOver = ({ producerId, firstOffset }: AbortedTransaction): boolean =>
      producerId === header.producerId && firstOffset <= header.baseOffset;
    aborted = aborted.filter((transaction) => !isOver(transaction));
  }
  return aborted;
}
