import type { AbortedTransaction } from './transaction-index.ts';

export type EndedTransaction = AbortedTransaction & { readonly isAborted: boolean };

/**
 * The transactions of a partition that are not decided yet, or whose decision may not be read yet: they hold back
 * readers of committed records.
 */
export class OpenTransactions {
  /** First offsets by producer, in the order of the offsets. */
  readonly #open = new Map<number, number>();
  /** Ended by markers which may not be durable, in the order of the markers. */
  #ended: EndedTransaction[] = [];

  firstOffsetOf(producerId: number): number | undefined {
    return this.#open.get(producerId);
  }

  /** The producer wrote at this offset in a transaction: the first time, that is where it begins. */
  begin(producerId: number, offset: number): void {
    if (!this.#open.has(producerId)) this.#open.set(producerId, offset);
  }

  /** A marker at this offset ended the producer's transaction. Null when there was none. */
  end(producerId: number, markerOffset: number, isAborted: boolean): EndedTransaction | null {
    const firstOffset = this.#open.get(producerId);
    if (firstOffset === undefined) return null;
    this.#open.delete(producerId);
    const lastStableOffset = this.#firstOpen() ?? markerOffset + 1;
    const ended = { producerId, firstOffset, lastOffset: markerOffset, lastStableOffset, isAborted };
    this.#ended.push(ended);
    return ended;
  }

  /** Where the part begins that readers of committed records must wait for; infinite without such a part. */
  firstUnstableOffset(highWatermark: number): number {
    if (this.#ended.length > 0 && this.#ended[0]!.lastOffset < highWatermark) {
      this.#ended = this.#ended.filter(({ lastOffset }) => lastOffset >= highWatermark);
    }
    let first = this.#firstOpen() ?? Number.POSITIVE_INFINITY;
    for (const { firstOffset } of this.#ended) first = Math.min(first, firstOffset);
    return first;
  }

  /** Takes over transactions from a snapshot. */
  restore(firstOffsets: ReadonlyMap<number, number>): void {
    this.#open.clear();
    this.#ended = [];
    const inOrder = [...firstOffsets].sort(([, left], [, right]) => left - right);
    for (const [producerId, offset] of inOrder) this.#open.set(producerId, offset);
  }

  #firstOpen(): number | undefined {
    return this.#open.values().next().value;
  }
}
