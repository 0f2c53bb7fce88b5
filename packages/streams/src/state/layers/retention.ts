import { type Cursor, type KeyRange, NO_ROWS } from '../../lib/ordered-map.ts';
import type { TimedRowKeys } from '../keys/row-keys.ts';
import { segmentOf, segmentOfRow, segmentPrefix } from '../keys/segmented.ts';
import type { Rows } from '../rows.ts';
import { FilterCursor } from './filter-cursor.ts';
import { LiveSegments } from './live-segments.ts';

/** The time of a store that has seen nothing. */
export const NO_TIME = -1;

export type RetentionOptions = {
  readonly retentionMs: number;
  /** Each put is a row of its own then: a deletion has nothing to delete, though it is logged, as in Kafka Streams. */
  readonly retainDuplicates: boolean;
};

/**
 * Forgets rows that are older than the store's own time, the highest it has been given, less the retention: such rows
 * are refused, hidden from reads, and dropped by whole segments. Stands under the cache: as in Kafka Streams, a cached
 * store's time moves when the cache is flushed, and rows that the cache still holds are shown however old they are.
 */
export class RetentionRows implements Rows {
  readonly #inner: Rows;
  readonly #keys: TimedRowKeys;
  readonly #retentionMs: number;
  readonly #retainDuplicates: boolean;
  readonly #segments = new LiveSegments();
  #observedMs = NO_TIME;
  #segmentMin = 0;
  #heldFromMs = Number.POSITIVE_INFINITY;
  #showsHeld = false;

  constructor(inner: Rows, keys: TimedRowKeys, options: RetentionOptions) {
    this.#inner = inner;
    this.#keys = keys;
    this.#retentionMs = options.retentionMs;
    this.#retainDuplicates = options.retainDuplicates;
  }

  /** The highest time given to the store so far. */
  get observedMs(): number {
    return this.#observedMs;
  }

  /** The earliest time that is still shown. */
  get floorMs(): number {
    const floorMs = this.#observedMs === NO_TIME ? 0 : Math.max(this.#observedMs - this.#retentionMs + 1, 0);
    return this.#showsHeld ? Math.min(floorMs, this.#heldFromMs) : floorMs;
  }

  /** The earliest time of which rows are taken and kept. */
  get #keptFromMs(): number {
    return Math.min(this.floorMs, this.#heldFromMs);
  }

  /** Rows from this time on are not dropped, however old they get: something waits to read them once more. */
  holdFrom(timeMs: number): void {
    this.#heldFromMs = timeMs;
  }

  /** Scans that are opened by `open` also show the rows that are only held. */
  showHeld<T>(open: () => T): T {
    this.#showsHeld = true;
    try {
      return open();
    } finally {
      this.#showsHeld = false;
    }
  }

  /** Sets the store's time to that of the rows that lie in the engine, or back to none when they are gone. */
  resume(observedMs: number): void {
    this.#observedMs = observedMs;
    this.#segments.clear();
    this.#segmentMin = segmentOf(this.floorMs, this.#keys.segmentIntervalMs);
    if (observedMs === NO_TIME) return;
    const segmentMax = segmentOf(observedMs, this.#keys.segmentIntervalMs);
    for (let segment = this.#segmentMin; segment <= segmentMax; segment++) this.#segments.add(segment);
  }

  /** The segments that can hold rows of some times (both inclusive), ascending. */
  segmentsBetween(fromMs: number, toMs: number): number[] {
    const interval = this.#keys.segmentIntervalMs;
    return this.#segments.between(segmentOf(Math.max(fromMs, this.floorMs), interval), segmentOf(toMs, interval));
  }

  /** Says that a row of this time exists, here or in a cache above. */
  noticeRow(timeMs: number): void {
    this.#segments.add(segmentOf(timeMs, this.#keys.segmentIntervalMs));
  }

  get(key: Uint8Array): Uint8Array | null {
    return this.#keys.timeOf(key) < this.floorMs ? null : this.#inner.get(key);
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    if (value === null && this.#retainDuplicates) return;
    const timeMs = this.#keys.timeOf(key);
    this.#observe(timeMs);
    if (timeMs < this.#keptFromMs) return;
    this.noticeRow(timeMs);
    this.#inner.put(key, value);
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    const cursor = this.#inner.scan(range, reverse);
    if (cursor === NO_ROWS) return cursor;
    const { floorMs } = this;
    // Only the oldest segment holds rows on both sides of the floor.
    if (range.from !== null && segmentOfRow(range.from) > segmentOf(floorMs, this.#keys.segmentIntervalMs))
      return cursor;
    return new FilterCursor(cursor, (key) => this.#keys.timeOf(key) >= floorMs);
  }

  dropRange(range: KeyRange): void {
    this.#inner.dropRange(range);
  }

  /** Moves the store's time on, never back, and drops the segments that are now wholly too old. */
  #observe(timeMs: number): void {
    if (timeMs <= this.#observedMs) return;
    this.#observedMs = timeMs;
    const segmentMin = segmentOf(this.#keptFromMs, this.#keys.segmentIntervalMs);
    if (segmentMin <= this.#segmentMin) return;
    this.#segmentMin = segmentMin;
    this.#segments.dropBelow(segmentMin);
    this.#inner.dropRange({ from: null, to: segmentPrefix(segmentMin) });
  }
}
