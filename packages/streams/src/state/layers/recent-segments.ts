import { type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import { segmentOfRow, segmentPrefix } from '../keys/segmented.ts';
import type { Rows } from '../rows.ts';

/** What a row costs beside its bytes, roughly. */
const ROW_OVERHEAD_BYTES = 200;

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

/** A segment whose rows are all here, and how many bytes they take; or one of which the engine may know more. */
type Segment = { readonly isWhole: boolean; bytes: number };

/**
 * Keeps segments of time that began in this process whole in memory, beside the engine: joins and windows look at the
 * latest times again and again, and a look into the engine costs twenty times as much. What a whole segment does not
 * have, the store does not have. At the memory's bound the oldest ones are given up; they are in the engine, too.
 */
export class RecentSegments implements Rows {
  readonly #inner: Rows;
  readonly #memory: RecentMemory;
  readonly #rows = new OrderedMap<Uint8Array>();
  readonly #segments = new Map<number, Segment>();

  constructor(inner: Rows, memory: RecentMemory) {
    this.#inner = inner;
    this.#memory = memory;
  }

  /** Says which segments the engine has rows of; all others begin here. */
  resume(stored: readonly number[]): void {
    for (const segment of [...this.#segments.keys()]) this.#giveUp(segment);
    this.#segments.clear();
    for (const segment of stored) this.#segments.set(segment, { isWhole: false, bytes: 0 });
  }

  get(key: Uint8Array): Uint8Array | null {
    return this.#isWhole(segmentOfRow(key)) ? (this.#rows.get(key) ?? null) : this.#inner.get(key);
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    this.#inner.put(key, value);
    const number = segmentOfRow(key);
    let segment = this.#segments.get(number);
    if (segment === undefined) {
      segment = { isWhole: !this.#memory.isOver, bytes: 0 };
      this.#segments.set(number, segment);
    }
    if (!segment.isWhole) return;
    const previous = value === null ? this.#rows.delete(key) : this.#rows.set(key, value);
    this.#count(segment, key, value, previous);
    if (this.#memory.isOver) this.#giveUpOldest();
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    if (range.from !== null && range.to !== null) {
      const segment = segmentOfRow(range.from);
      const isWithin = segmentOfRow(range.to) === segment || range.to.length === segmentPrefix(segment).length;
      if (isWithin && this.#isWhole(segment)) return this.#rows.scan(range, reverse);
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

  /** A segment that nobody has put to, here or before the start, is whole: it is empty. */
  #isWhole(segment: number): boolean {
    return this.#segments.get(segment)?.isWhole ?? true;
  }

  #count(segment: Segment, key: Uint8Array, value: Uint8Array | null, previous: Uint8Array | undefined): void {
    const size = (row: Uint8Array): number => key.length + row.length + ROW_OVERHEAD_BYTES;
    const change = (value === null ? 0 : size(value)) - (previous === undefined ? 0 : size(previous));
    segment.bytes += change;
    this.#memory.add(change);
  }

  #giveUpOldest(): void {
    let oldest = Number.POSITIVE_INFINITY;
    for (const [number, { isWhole }] of this.#segments) if (isWhole && number < oldest) oldest = number;
    this.#giveUp(oldest);
  }

  /** From here on the segment is read from the engine. */
  #giveUp(number: number): void {
    const segment = this.#segments.get(number);
    if (segment?.isWhole !== true) return;
    const cursor = this.#rows.scan({ from: segmentPrefix(number), to: segmentPrefix(number + 1) });
    while (cursor.next()) this.#rows.delete(cursor.key);
    this.#memory.add(-segment.bytes);
    this.#segments.set(number, { isWhole: false, bytes: 0 });
  }
}
