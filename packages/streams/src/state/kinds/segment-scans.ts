import { compareBytes } from '../../lib/bytes.ts';
import { type Cursor, type KeyRange, NO_ROWS } from '../../lib/ordered-map.ts';
import type { TimedRowKeys } from '../keys/row-keys.ts';
import { inSegment, SEGMENT_SIZE, segmentOf, segmentPrefix } from '../keys/segmented.ts';
import type { RetentionRows } from '../layers/retention.ts';
import type { Scans } from '../rows.ts';

/** A cache above the rows that are scanned. */
type HeldKeys = { keys(): Iterable<Uint8Array> };

/**
 * Reads of a store that keeps its rows in segments of time: only the segments that can hold something are looked at,
 * and all of them are opened when the scan is, so that it sees the store as of then.
 */
export class SegmentScans {
  readonly #rows: Scans;
  readonly #retention: RetentionRows;
  readonly #keys: TimedRowKeys;
  readonly #cache: HeldKeys | null;

  constructor(rows: Scans, retention: RetentionRows, keys: TimedRowKeys, cache: HeldKeys | null) {
    this.#rows = rows;
    this.#retention = retention;
    this.#keys = keys;
    this.#cache = cache;
  }

  /** A row of this time is on its way down. */
  noticePut(timeMs: number): void {
    this.#retention.noticeRow(timeMs);
  }

  /**
   * Rows of one key range in each segment from one time to another, segment after segment. Bounds are laid out as rows
   * are; the scan puts in the number of each segment.
   */
  bySegment(range: KeyRange, fromMs: number, toMs: number, reverse: boolean): Cursor<Uint8Array> {
    return chained(this.#open(this.#retention.segmentsBetween(fromMs, toMs), range, reverse));
  }

  /** Rows of one key range of all times, also of those that only a cache still holds. */
  ofAllTimes(range: KeyRange): Cursor<Uint8Array> {
    return chained(this.#open(this.#allSegments(0, Number.MAX_SAFE_INTEGER), range, false));
  }

  /** Rows of one key range over all segments from one time to another, by key and then time. */
  byKey(range: KeyRange, fromMs: number, toMs: number): Cursor<Uint8Array> {
    const cursors = this.#open(this.#retention.segmentsBetween(fromMs, toMs), range, false);
    return cursors.length === 1 ? cursors[0]! : new MergedCursor(cursors);
  }

  /** Rows of all keys from one time to another (both inclusive), by time and then as the kind of store orders them. */
  byTime(fromMs: number, toMs: number, reverse: boolean): Cursor<Uint8Array> {
    const cursors = this.#open(this.#allSegments(fromMs, toMs), { from: null, to: null }, reverse);
    return new TimeSortedCursor(cursors, this.#keys, { fromMs, toMs, reverse });
  }

  holdFrom(timeMs: number): void {
    this.#retention.holdFrom(timeMs);
  }

  /** As `byTime`, with rows that are only held. */
  heldByTime(fromMs: number, toMs: number): Cursor<Uint8Array> {
    return this.#retention.showHeld(() => this.byTime(fromMs, toMs, false));
  }

  /** Live segments, and those of which only a cache holds rows: Kafka Streams shows these in scans of all keys. */
  #allSegments(fromMs: number, toMs: number): readonly number[] {
    const segments = this.#retention.segmentsBetween(fromMs, toMs);
    if (this.#cache === null) return segments;
    const all = new Set(segments);
    for (const key of this.#cache.keys()) {
      const timeMs = this.#keys.timeOf(key);
      if (timeMs >= fromMs && timeMs <= toMs) all.add(segmentOf(timeMs, this.#keys.segmentIntervalMs));
    }
    return [...all].sort((a, b) => a - b);
  }

  #open(segments: readonly number[], range: KeyRange, reverse: boolean): Cursor<Uint8Array>[] {
    const cursors = segments.map((segment) => {
      const from = range.from === null ? segmentPrefix(segment) : inSegment(range.from, segment);
      const to = range.to === null ? segmentPrefix(segment + 1) : inSegment(range.to, segment);
      return this.#rows.scan(range.ofOneKey === true ? { from, to, ofOneKey: true } : { from, to }, reverse);
    });
    return reverse ? cursors.reverse() : cursors;
  }
}

function chained(all: readonly Cursor<Uint8Array>[]): Cursor<Uint8Array> {
  const cursors = all.filter((cursor) => cursor !== NO_ROWS);
  if (cursors.length === 0) return NO_ROWS;
  return cursors.length === 1 ? cursors[0]! : new ChainedCursor(cursors);
}

class ChainedCursor implements Cursor<Uint8Array> {
  readonly #cursors: readonly Cursor<Uint8Array>[];
  #at = 0;

  constructor(cursors: readonly Cursor<Uint8Array>[]) {
    this.#cursors = cursors;
  }

  get key(): Uint8Array {
    return this.#cursors[this.#at]!.key;
  }

  get value(): Uint8Array {
    return this.#cursors[this.#at]!.value;
  }

  next(): boolean {
    for (; this.#at < this.#cursors.length; this.#at++) if (this.#cursors[this.#at]!.next()) return true;
    return false;
  }

  close(): void {
    for (const cursor of this.#cursors) cursor.close();
  }
}

/** Merges few cursors by what follows the segment number; a scan for the smallest beats a heap at this size. */
class MergedCursor implements Cursor<Uint8Array> {
  readonly #live: Cursor<Uint8Array>[];
  #current: Cursor<Uint8Array> | null = null;

  constructor(cursors: readonly Cursor<Uint8Array>[]) {
    this.#live = cursors.filter((cursor) => cursor.next());
  }

  get key(): Uint8Array {
    return this.#current!.key;
  }

  get value(): Uint8Array {
    return this.#current!.value;
  }

  next(): boolean {
    const passed = this.#current;
    if (passed !== null && !passed.next()) this.#live.splice(this.#live.indexOf(passed), 1);
    let smallest: Cursor<Uint8Array> | null = null;
    for (const cursor of this.#live) {
      if (smallest === null || compareBytes(cursor.key, smallest.key, SEGMENT_SIZE) < 0) {
        smallest = cursor;
      }
    }
    this.#current = smallest;
    return smallest !== null;
  }

  close(): void {
    for (const cursor of this.#live) cursor.close();
    this.#live.length = 0;
    this.#current = null;
  }
}

type TimeOrder = { readonly fromMs: number; readonly toMs: number; readonly reverse: boolean };

type Row = { readonly timeMs: number; readonly key: Uint8Array; readonly value: Uint8Array };

/** Rows of a segment stand by key; here each segment is read whole, when its turn comes, and sorted by time. */
class TimeSortedCursor implements Cursor<Uint8Array> {
  readonly #cursors: readonly Cursor<Uint8Array>[];
  readonly #keys: TimedRowKeys;
  readonly #order: TimeOrder;
  #rows: readonly Row[] = [];
  #at = -1;
  #nextCursor = 0;

  constructor(cursors: readonly Cursor<Uint8Array>[], keys: TimedRowKeys, order: TimeOrder) {
    this.#cursors = cursors;
    this.#keys = keys;
    this.#order = order;
  }

  get key(): Uint8Array {
    return this.#rows[this.#at]!.key;
  }

  get value(): Uint8Array {
    return this.#rows[this.#at]!.value;
  }

  next(): boolean {
    this.#at++;
    while (this.#at >= this.#rows.length) {
      if (this.#nextCursor >= this.#cursors.length) return false;
      this.#rows = this.#sorted(this.#cursors[this.#nextCursor++]!);
      this.#at = 0;
    }
    return true;
  }

  close(): void {
    for (const cursor of this.#cursors) cursor.close();
    this.#nextCursor = this.#cursors.length;
    this.#rows = [];
  }

  #sorted(cursor: Cursor<Uint8Array>): readonly Row[] {
    const { fromMs, toMs, reverse } = this.#order;
    const rows: Row[] = [];
    while (cursor.next()) {
      const timeMs = this.#keys.timeOf(cursor.key);
      if (timeMs >= fromMs && timeMs <= toMs) rows.push({ timeMs, key: cursor.key, value: cursor.value });
    }
    const sign = reverse ? -1 : 1;
    return rows.sort((a, b) => sign * (a.timeMs - b.timeMs || this.#keys.compareAtSameTime(a.key, b.key)));
  }
}
