import { assert } from '@millrace/base';
import type { Files } from '../storage/files.ts';
import { batchesBefore } from './batch-scan.ts';
import { commitCleaned, finishSwap, makeCleaned } from './compaction/segment-swap.ts';
import type { LogEnd } from './log-writer.ts';
import { type Allocate, Segment, type SegmentOptions } from './segment.ts';
import type { AbortedTransaction } from './transaction-index.ts';

const NO_BYTES = new Uint8Array(0);

export type SegmentListOptions = {
  readonly files: Files;
  readonly folder: string;
  readonly indexIntervalBytes: () => number;
  /** Told of a segment before its files go. */
  readonly onDelete: (segment: Segment) => void;
};

/** The segments of a log in the order of their offsets, never none: the last one is active, which means that it grows. */
export class SegmentList {
  readonly #options: SegmentListOptions;
  readonly #segments: Segment[];

  constructor(options: SegmentListOptions, segments: readonly Segment[]) {
    this.#options = options;
    this.#segments = [...segments];
  }

  get all(): readonly Segment[] {
    return this.#segments;
  }

  get active(): Segment {
    return this.#segments.at(-1)!;
  }

  get baseOffset(): number {
    return this.#segments[0]!.baseOffset;
  }

  get sizeBytes(): number {
    let sum = 0;
    for (const segment of this.#segments) sum += segment.sizeBytes;
    return sum;
  }

  /** The segments from the one that holds an offset on. */
  from(offset: number): readonly Segment[] {
    return this.#segments.slice(this.#indexOf(offset));
  }

  /** Begins a new active segment. */
  roll(baseOffset: number): void {
    this.#segments.push(new Segment(this.#segmentOptions(baseOffset)));
  }

  /** Removes the oldest segments. */
  deleteFirst(count: number): void {
    for (const segment of this.#segments.splice(0, count)) this.#delete(segment);
  }

  /** A segment, still empty, that is to take the place of others. */
  makeCleaned(baseOffset: number): Segment {
    return makeCleaned(this.#segmentOptions(baseOffset));
  }

  /** Puts a segment that was made by {@link makeCleaned} in the place of neighbours. */
  replace(old: readonly Segment[], cleaned: Segment): void {
    const first = this.#segments.indexOf(old[0]!);
    assert(first >= 0 && this.#segments[first + old.length - 1] === old.at(-1), 'what is replaced is in the list');
    const { files, folder } = this.#options;
    const { baseOffset } = cleaned;
    cleaned.close();
    commitCleaned(files, folder, baseOffset);
    for (const segment of old) this.#delete(segment);
    finishSwap(files, folder, baseOffset);
    this.#segments.splice(first, old.length, new Segment(this.#segmentOptions(baseOffset)));
  }

  /** Whole batches from an offset on, as `Segment.read`, of which all begin before `endOffset` and lie before `end`. */
  read(offset: number, maxBytes: number, end: LogEnd, endOffset: number, allocate: Allocate): Uint8Array {
    for (let index = this.#indexOf(offset); index < this.#segments.length; index++) {
      const segment = this.#segments[index]!;
      if (segment.baseOffset >= end.offset) break;
      const nextOffset = this.#segments[index + 1]?.baseOffset ?? end.offset;
      const segmentEnd = segment === end.segment ? end : { position: segment.sizeBytes, offset: nextOffset };
      const bytes = segment.read(offset, maxBytes, segmentEnd, allocate);
      if (bytes.byteLength > 0) return endOffset < end.offset ? batchesBefore(bytes, endOffset) : bytes;
    }
    return NO_BYTES;
  }

  /** The aborted transactions that have records between two offsets. */
  abortedTransactions(fromOffset: number, toOffset: number): AbortedTransaction[] {
    const found: AbortedTransaction[] = [];
    for (let index = this.#indexOf(fromOffset); index < this.#segments.length; index++) {
      if (this.#segments[index]!.transactionIndex.collect(fromOffset, toOffset, found)) break;
    }
    return found;
  }

  #delete(segment: Segment): void {
    this.#options.onDelete(segment);
    segment.delete();
  }

  #segmentOptions(baseOffset: number): SegmentOptions {
    const { files, folder, indexIntervalBytes } = this.#options;
    return { files, folder, baseOffset, indexIntervalBytes: indexIntervalBytes() };
  }

  /** The place of the segment that holds an offset: the last one that does not begin after it. */
  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#segments[middle]!.baseOffset <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
