import type { RecordBatchHeader } from '@millrace/protocol';
import type { AbortedTransaction } from '../transaction-index.ts';

type Aborted = { readonly transaction: AbortedTransaction; hasBatches: boolean };

/**
 * Follows the transactions through a part of a log that is compacted, batch by batch in the order of the offsets: says
 * which batches were aborted, and which markers have nothing left to mark.
 */
export class CleanedTransactions {
  /** By first offset, those from {@link #next} on still to come. */
  readonly #aborted: readonly AbortedTransaction[];
  readonly #ongoingAborted = new Map<number, Aborted>();
  /** Producers with a batch in a transaction that is not known as aborted. */
  readonly #ongoing = new Set<number>();
  #next = 0;

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#aborted = [...aborted].sort((left, right) => left.firstOffset - right.firstOffset);
  }

  /** Passes over a batch of records. Answers whether its transaction was aborted. */
  isAborted(header: RecordBatchHeader): boolean {
    this.#beginUpTo(header.lastOffset);
    if (!header.isTransactional) return false;
    const aborted = this.#ongoingAborted.get(header.producerId);
    if (aborted === undefined) {
      this.#ongoing.add(header.producerId);
      return false;
    }
    aborted.hasBatches = true;
    return true;
  }

  /**
   * Passes over a marker. Answers whether no batch of its transaction is left before it, not even an empty one; an
   * aborted transaction of which there is one is given to `onAborted`, for readers must go on leaving it out.
   */
  isMarkerOfNothing(
    header: RecordBatchHeader,
    kind: 'commit' | 'abort',
    onAborted: (transaction: AbortedTransaction) => void = () => {},
  ): boolean {
    this.#beginUpTo(header.lastOffset);
    if (kind === 'commit') return !this.#ongoing.delete(header.producerId);
    const aborted = this.#ongoingAborted.get(header.producerId);
    this.#ongoingAborted.delete(header.producerId);
    if (aborted === undefined || !aborted.hasBatches) return true;
    onAborted(aborted.transaction);
    return false;
  }

  #beginUpTo(offset: number): void {
    for (let next = this.#aborted[this.#next]; next !== undefined; next = this.#aborted[this.#next]) {
      if (next.firstOffset > offset) return;
      if (!this.#ongoingAborted.has(next.producerId)) {
        this.#ongoingAborted.set(next.producerId, { transaction: next, hasBatches: false });
      }
      this.#next += 1;
    }
  }
}
