import { readBatchHeader, recordBatches } from '@millrace/protocol';
import type { AbortedTransaction, FetchedPartition, SharedBytes } from '../fetcher-options.ts';

/** What is known of where a log begins and ends. */
export type LogEnds = Pick<FetchedPartition, 'highWatermark' | 'lastStableOffset' | 'logStartOffset'>;

/** Somebody who reads a partition, and where he goes on; undefined while that is looked up. */
export type Reader = { readonly fetchOffset: number | undefined };

/** A stretch of a partition that was fetched once, for all who come to it. */
export class Piece implements SharedBytes {
  readonly fetched: FetchedPartition;
  /** The first offset that it can be read from: whole batches come, so it may lie before the one that was asked for. */
  readonly fromOffset: number;
  /** Readers who had yet to come to it when it came; without any of them it is not held any more. */
  readonly awaitedBy: Set<Reader> = new Set();
  readonly #notes = new Map<string, unknown>();
  readonly #onGrown: (piece: Piece, bytes: number) => void;
  #notesBytes = 0;
  #givenCount = 1;

  /** `onGrown` is told what each note takes. */
  constructor(fetched: FetchedPartition, onGrown: (piece: Piece, bytes: number) => void) {
    this.#onGrown = onGrown;
    const { records, fetchOffset } = fetched;
    this.fetched = fetched;
    this.fromOffset = Math.min(readBatchHeader(records).baseOffset, fetchOffset);
  }

  get isOfUse(): boolean {
    return this.#givenCount > 1 || this.awaitedBy.size > 0;
  }

  /** What notes take. */
  get notesBytes(): number {
    return this.#notesBytes;
  }

  note<T>(key: string, make: () => T, bytes: number): T {
    // Of one key all notes are of one type: those who make them agree on that.
    if (this.#notes.has(key)) return this.#notes.get(key) as T;
    const made = make();
    this.#notes.set(key, made);
    this.#notesBytes += bytes;
    this.#onGrown(this, bytes);
    return made;
  }

  /** The piece as if it had been asked for from an offset inside it, at a time when the log had these ends. */
  givenFrom(fetchOffset: number, ends: LogEnds): FetchedPartition {
    this.#givenCount++;
    const { fetched } = this;
    const abortedTransactions =
      fetchOffset > fetched.fetchOffset ? abortedFrom(fetched, fetchOffset) : fetched.abortedTransactions;
    return { ...fetched, ...ends, fetchOffset, abortedTransactions, shared: this };
  }
}

/** How far a reader has to come to a piece, in bytes, if the log before it is as dense as it is. */
export function bytesBefore({ fetched, fromOffset }: Piece, { fetchOffset }: Reader): number {
  if (fetchOffset === undefined) return Number.POSITIVE_INFINITY;
  const bytesPerOffset = fetched.records.length / (fetched.nextOffset - fromOffset);
  return Math.max(fromOffset - fetchOffset, 0) * bytesPerOffset;
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
