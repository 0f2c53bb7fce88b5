import { type Cursor, type KeyRange, NO_ROWS } from '../../lib/ordered-map.ts';
import { SEGMENT_SIZE, segmentOfRow } from '../keys/segmented.ts';
import type { Rows } from '../rows.ts';
import { SegmentRows } from './segment-rows.ts';

/** What a row costs beside its bytes, roughly. */
const ROW_OVERHEAD_BYTES = 40;

/** The bound over the recent segments of all stores of a thread. */
export class RecentMemory {
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isOver(): boolean {
    return this.#bytes > this.#bytesMax;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }
}

/** A segment whose rows are all here, and the bytes they take; `rows` is null where only the engine knows them all. */
type Segment = { readonly rows: SegmentRows | null; bytes: number };

const GIVEN_UP: SegmentRows | null = null;

/**
 * Keeps segments of time that began in this process whole in memory, beside the engine: joins and windows look at the
 * latest times again and again, and a look into the engine costs twenty times as much. What a whole segment does not
 * have, the store does not have. At the memory's bound the oldest ones are given up; they are in the engine, too.
 */
export class RecentSegments implements Rows {
  readonly #inner: Rows;
  readonly #memory: RecentMemory;
  readonly #tailSize: number;
  readonly #segments = new Map<number, Segment>();

  /** `tailSize`: so many bytes at the end of a row key are not of its key. */
  constructor(inner: Rows, memory: RecentMemory, tailSize: number) {
    this.#inner = inner;
    this.#memory = memory;
    this.#tailSize = tailSize;
  }

  /** Says which segments the engine has rows of; all others begin here. */
  resume(stored: readonly number[]): void {
    for (const segment of [...this.#segments.keys()]) this.#giveUp(segment);
    this.#segments.clear();
    for (const segment of stored) this.#segments.set(segment, { rows: GIVEN_UP, bytes: 0 });
  }

  get(key: Uint8Array): Uint8Array | null {
    const segment = this.#segments.get(segmentOfRow(key));
    // A segment that nobody has put to, here or before the start, is whole: it is empty.
    if (segment === undefined) return null;
    return segment.rows === null ? this.#inner.get(key) : (segment.rows.get(key) ?? null);
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    this.#inner.put(key, value);
    const number = segmentOfRow(key);
    let segment = this.#segments.get(number);
    if (segment === undefined) {
      segment = { rows: this.#memory.isOver ? GIVEN_UP : new SegmentRows(this.#tailSize), bytes: 0 };
      this.#segments.set(number, segment);
    }
    if (segment.rows === null) return;
    this.#count(segment, key, value, segment.rows.put(key, value));
    if (this.#memory.isOver) this.#giveUpOldest();
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    if (range.from !== null && range.to !== null) {
      const number = segmentOfRow(range.from);
      const isWithin = segmentOfRow(range.to) === number || range.to.length === SEGMENT_SIZE;
      if (isWithin) {
        const segment = this.#segments.get(number);
        if (segment === undefined) return NO_ROWS;
        if (segment.rows !== null) return segment.rows.scan(range, reverse);
      }
    }
    return this.#inner.scan(range, reverse);
  }

  dropRange(range: KeyRange): void {
    this.#inner.dropRange(range);
    const end = range.to === null ? Number.POSITIVE_INFINITY : segmentOfRow(range.to);
    for (const segment of [...this.#segments.keys()]) {
      if (segment >= end) continue;
      this.#giveUp(segment);
      this.#segments.delete(segment);
    }
  }

  #count(segment: Segment, key: Uint8Array, value: Uint8Array | null, previous: Uint8Array | undefined): void {
    const size = (row: Uint8Array): number => key.length + row.length + ROW_OVERHEAD_BYTES;
    const change = (value === null ? 0 : size(value)) - (previous === undefined ? 0 : size(previous));
    segment.bytes += change;
    this.#memory.add(change);
  }

  #giveUpOldest(): void {
    let oldest = Number.POSITIVE_INFINITY;
    for (const [number, { rows }] of this.#segments) if (rows !== null && number < oldest) oldest = number;
    this.#giveUp(oldest);
  }

  /** From here on the segment is read from the engine. */
  #giveUp(number: number): void {
    const segment = this.#segments.get(number);
    if (segment === undefined || segment.rows === null) return;
    this.#memory.add(-segment.bytes);
    this.#segments.set(number, { rows: GIVEN_UP, bytes: 0 });
  }
}
