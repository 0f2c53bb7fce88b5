import { type RecordBatchHeader, recordBatches } from '@millrace/protocol';
import type { AbortedTransaction } from '../log/transaction-index.ts';
import { type Delivery, type DeliveryStretch, type DeliveryWindow, isDeliverable } from './delivery-window.ts';

/** Records that a member was given, as often delivered as the count says, this time included. */
export type AcquiredRange = { readonly first: number; readonly last: number; readonly count: number };

export type AcquireWishes = {
  readonly memberId: string;
  readonly untilMs: number;
  /** Records that the member wants. */
  readonly recordsMax: number;
  /** Whether never more than that, though it means to give a part of a batch. */
  readonly isStrict: boolean;
  /** Records that the answer should have in one range; a batch of the log is not parted for it. */
  readonly batchSize: number;
  readonly deliveriesMax: number;
  readonly inFlightMax: number;
  /** Of the log, between the first and the last offset that was read; null where all is wanted. */
  readonly aborted: readonly AbortedTransaction[] | null;
};

export type AcquiredRecords = {
  readonly ranges: readonly AcquiredRange[];
  readonly count: number;
  /** The batches of the log in which the ranges lie. */
  readonly bytes: Uint8Array;
};

const NO_BYTES = new Uint8Array(0);

/**
 * Gives a member records from the bytes that were read at the window's next offset. Whole batches of the log, as long as
 * there are too few records, unless the member is strict. Offsets without records – compacted away, markers, aborted
 * transactions – are done with at once, and nobody hears of them.
 */
export function acquire(window: DeliveryWindow, read: Uint8Array, wishes: AcquireWishes): AcquiredRecords {
  const taking = new Taking(window, wishes);
  let position = 0;
  let begin = 0;
  let end = 0;
  let next = window.nextOffset;
  for (const header of recordBatches(read)) {
    const batchStart = position;
    position += header.sizeInBytes;
    if (taking.isFull) break;
    if (header.baseOffset > next) window.skip(next, header.baseOffset - 1);
    next = Math.max(next, header.baseOffset);
    if (header.lastOffset < next) continue;
    if (header.isControl || isAborted(header, wishes.aborted)) window.skip(next, header.lastOffset);
    else if (taking.takeFrom(next, header.lastOffset)) {
      if (end === 0) begin = batchStart;
      end = position;
    }
    next = header.lastOffset + 1;
  }
  return { ranges: taking.ranges, count: taking.count, bytes: end === 0 ? NO_BYTES : read.subarray(begin, end) };
}

/** One acquisition: how much a member was given so far. */
class Taking {
  readonly ranges: AcquiredRange[] = [];
  readonly #window: DeliveryWindow;
  readonly #wishes: AcquireWishes;
  count = 0;
  #isOver = false;

  constructor(window: DeliveryWindow, wishes: AcquireWishes) {
    this.#window = window;
    this.#wishes = wishes;
  }

  get isFull(): boolean {
    return this.#isOver || this.count >= this.#wishes.recordsMax;
  }

  /** Takes what may be delivered of a batch. Answers whether that was anything. */
  takeFrom(first: number, last: number): boolean {
    const before = this.count;
    let isSameBatch = false;
    for (const stretch of [...this.#window.stretches(first, last)]) {
      if (this.#isOver || !isDeliverable(stretch.value)) continue;
      const lastTaken = this.#lastOf(stretch);
      if (lastTaken < stretch.first) break;
      this.#take(stretch.first, lastTaken, stretch.value, isSameBatch);
      isSameBatch = true;
      if (lastTaken < stretch.last || this.#isLastDelivery(stretch.value)) this.#isOver = true;
    }
    return this.count > before;
  }

  /** How much of a stretch is given; less than all ends the acquisition. */
  #lastOf({ first, last, value }: DeliveryStretch): number {
    const { isStrict, recordsMax, inFlightMax } = this.#wishes;
    if (this.#isLastDelivery(value) && this.count > 0) return first - 1;
    const wanted = isStrict ? first + (recordsMax - this.count) - 1 : last;
    const cautious = first + this.#cautiousLength(value, last - first + 1) - 1;
    const { startOffset, endOffset } = this.#window;
    let room = Number.POSITIVE_INFINITY;
    // A batch that begins within the window may go beyond its limit, as a whole; a strict member parts it.
    if (last >= endOffset) {
      if (first >= endOffset && first - startOffset >= inFlightMax) return first - 1;
      if (isStrict) room = startOffset + inFlightMax - 1;
    }
    return Math.min(last, wanted, cautious, room);
  }

  /**
   * Records that came back often are given in ever smaller parts, in the end alone: one that brings its consumers down is
   * then archived without its neighbours.
   */
  #cautiousLength(delivery: Delivery | undefined, length: number): number {
    const count = delivery?.count ?? 0;
    const { deliveriesMax } = this.#wishes;
    const cautiousFrom = Math.max(2, Math.ceil(deliveriesMax / 2));
    if (count < cautiousFrom) return length;
    return this.#isLastDelivery(delivery) ? 1 : Math.max(1, length >> (count - cautiousFrom + 1));
  }

  /** A limit of two is too low for caution: there each delivery but the first would be of one record. */
  #isLastDelivery(delivery: Delivery | undefined): boolean {
    const { deliveriesMax } = this.#wishes;
    return deliveriesMax > 2 && (delivery?.count ?? 0) >= deliveriesMax - 1;
  }

  #take(first: number, last: number, before: Delivery | undefined, isSameBatch: boolean): void {
    const { memberId, untilMs, batchSize } = this.#wishes;
    const count = (before?.count ?? 0) + 1;
    this.#window.acquire(first, last, { kind: 'acquired', count, memberId, untilMs });
    this.count += last - first + 1;
    const range = this.ranges.at(-1);
    const isNext = range !== undefined && range.last + 1 === first && range.count === count;
    if (isNext && (isSameBatch || last - range.first < batchSize)) {
      this.ranges[this.ranges.length - 1] = { ...range, last };
    } else {
      this.ranges.push({ first, last, count });
    }
  }
}

function isAborted(header: RecordBatchHeader, aborted: readonly AbortedTransaction[] | null): boolean {
  if (aborted === null || !header.isTransactional) return false;
  return aborted.some(
    ({ producerId, firstOffset, lastOffset }) =>
      producerId === header.producerId && firstOffset <= header.baseOffset && header.baseOffset <= lastOffset,
  );
}
