import { compareBytes } from '../../lib/bytes.ts';
import { hashBytes } from '../../lib/hash-bytes.ts';
import { KeyIndex } from '../../lib/key-index.ts';
import { NumberLists } from '../../lib/number-lists.ts';
import { type Cursor, type KeyRange, NO_ROWS } from '../../lib/ordered-map.ts';
import { RowArena } from '../../lib/row-arena.ts';
import { SEGMENT_SIZE } from '../keys/segmented.ts';

/** Memory that rows leave behind when they change is freed when there is more of it than of rows, from this size on. */
const FREED_BYTES_MIN = 256 * 1024;

/**
 * The rows of one segment, in memory of its own that goes with it: a hash table of keys, each with the places of its few
 * rows in order of time. Joins scan one key, windows look up one row: neither has anything to do with other keys. Whoever
 * wants all keys pays for sorting them.
 */
export class SegmentRows {
  /** So many bytes at the end of a row key tell the rows of one key apart. */
  readonly #tailSize: number;
  #arena = new RowArena();
  /** The places of a key's rows, by their tails. */
  #lists = new NumberLists();
  /** The first row that a key had, by its list: it is where the key stands. */
  #keyRows: number[] = [0];
  #index = new KeyIndex(this);
  /** All lists by key; null when one came since they were sorted. */
  #sorted: readonly number[] | null = null;
  #openCursors = 0;
  #leftBytes = 0;
  readonly #cursorClosed = (): void => {
    this.#openCursors--;
  };

  constructor(tailSize: number) {
    this.#tailSize = tailSize;
  }

  /** For the index: of a list's key. */
  hashOf(list: number): number {
    return this.#arena.hashOf(this.#keyRows[list]!);
  }

  /** For the index: whether a list is of the key of this row. */
  hasKey(list: number, row: Uint8Array): boolean {
    const keyRow = this.#keyRows[list]!;
    const size = row.length;
    return (
      this.#arena.keySize(keyRow) === size && this.#arena.hasKeyPart(keyRow, row, SEGMENT_SIZE, size - this.#tailSize)
    );
  }

  /** A view. */
  get(key: Uint8Array): Uint8Array | undefined {
    const list = this.#index.find(key, this.#hash(key));
    if (list === 0) return undefined;
    const at = this.#lowerBound(list, key);
    return this.#isAt(list, at, key) ? this.#valueAt(list, at) : undefined;
  }

  /** Null deletes. Copies the row; returns a view of what was there. */
  put(key: Uint8Array, value: Uint8Array | null): Uint8Array | undefined {
    const hash = this.#hash(key);
    const list = this.#index.find(key, hash);
    if (list === 0) {
      if (value !== null) this.#addKey(this.#arena.append(key, value, hash));
      return undefined;
    }
    const at = this.#lowerBound(list, key);
    const previous = this.#isAt(list, at, key) ? this.#valueAt(list, at) : undefined;
    if (value === null && previous === undefined) return undefined;
    // What an open cursor goes through must stay; behind its end rows may come.
    if (this.#openCursors > 0 && at < this.#lists.sizeOf(list)) this.#lists.moveAway(list);
    if (value === null) this.#lists.delete(list, at);
    else {
      const place = this.#arena.append(key, value, hash);
      if (previous === undefined) this.#lists.insert(list, at, place);
      else this.#lists.set(list, at, place);
    }
    if (previous !== undefined) this.#left(key.length + previous.length);
    return previous;
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    const runs = this.#runsOf(range);
    if (runs.length === 0) return NO_ROWS;
    this.#openCursors++;
    return new RunsCursor(this.#arena, this.#lists.pool, { runs, reverse, closed: this.#cursorClosed });
  }

  /** Where rows of a range stand, by key. */
  #runsOf(range: KeyRange): readonly Run[] {
    const { from, ofOneKey } = range;
    if (ofOneKey === true) {
      const list = this.#index.find(from!, this.#hash(from!));
      if (list === 0) return NO_RUNS;
      const run = this.#runOf(list, range);
      return run.first === run.end ? NO_RUNS : [run];
    }
    this.#sorted ??= [...this.#index.values()].sort((a, b) => this.#compareKeys(a, b));
    return this.#sorted.map((list) => this.#runOf(list, range));
  }

  #runOf(list: number, { from, to }: KeyRange): Run {
    const size = this.#lists.sizeOf(list);
    // A bare segment number as the end is the next segment's, so the scan goes to the end of this one.
    const isOpen = to === null || to.length === SEGMENT_SIZE;
    const first = from === null ? 0 : this.#search(list, from, SEGMENT_SIZE);
    const end = isOpen ? size : this.#search(list, to, SEGMENT_SIZE);
    const start = this.#lists.startOf(list);
    return { first: start + first, end: start + Math.max(first, end) };
  }

  #addKey(place: number): void {
    const list = this.#lists.create(place);
    this.#keyRows[list] = place;
    this.#index.add(list);
    this.#sorted = null;
  }

  #valueAt(list: number, at: number): Uint8Array {
    return this.#arena.value(this.#lists.at(list, at))!;
  }

  #hash(key: Uint8Array): number {
    return hashBytes(key, SEGMENT_SIZE, key.length - this.#tailSize);
  }

  #compareKeys(a: number, b: number): number {
    return compareBytes(this.#arena.key(this.#keyRows[a]!), this.#arena.key(this.#keyRows[b]!), SEGMENT_SIZE);
  }

  /** Where the first row at or above `key` stands; most rows come in order of time, so the end is tried first. */
  #lowerBound(list: number, key: Uint8Array): number {
    const size = this.#lists.sizeOf(list);
    const from = key.length - this.#tailSize;
    if (size > 0 && this.#arena.compareKey(this.#lists.at(list, size - 1), key, from) < 0) return size;
    return this.#search(list, key, from);
  }

  #search(list: number, key: Uint8Array, from: number): number {
    let low = 0;
    let high = this.#lists.sizeOf(list);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#arena.compareKey(this.#lists.at(list, middle), key, from) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isAt(list: number, at: number, key: Uint8Array): boolean {
    if (at >= this.#lists.sizeOf(list)) return false;
    return this.#arena.compareKey(this.#lists.at(list, at), key, key.length - this.#tailSize) === 0;
  }

  /** A row was left behind. */
  #left(bytes: number): void {
    this.#leftBytes += bytes;
    const isMost = 2 * this.#leftBytes > this.#arena.size;
    if (isMost && this.#leftBytes > FREED_BYTES_MIN && this.#openCursors === 0) this.#moveTogether();
  }

  /** Goes on in new memory with what is there. */
  #moveTogether(): void {
    const { pool } = this.#lists;
    const arena = this.#arena;
    const runs = [...this.#index.values()].map((list) => this.#runOf(list, ALL));
    this.#arena = new RowArena();
    this.#lists = new NumberLists();
    this.#keyRows = [0];
    this.#index = new KeyIndex(this);
    this.#sorted = null;
    this.#leftBytes = 0;
    for (const { first, end } of runs) {
      for (let at = first; at < end; at++) this.put(arena.key(pool[at]!), arena.value(pool[at]!));
    }
  }
}

/** Where the rows of one key stand in the pool of lists, as of when a scan began. */
type Run = { readonly first: number; readonly end: number };

type RunsCursorOptions = {
  readonly runs: readonly Run[];
  readonly reverse: boolean;
  readonly closed: () => void;
};

class RunsCursor implements Cursor<Uint8Array> {
  readonly #arena: RowArena;
  readonly #pool: Int32Array;
  readonly #runs: readonly Run[];
  readonly #step: 1 | -1;
  readonly #closed: () => void;
  #nextRun: number;
  #at = 0;
  /** Where the run in turn ends, in the direction of the scan. */
  #end = 0;
  #isOpen = true;

  constructor(arena: RowArena, pool: Int32Array, { runs, reverse, closed }: RunsCursorOptions) {
    this.#arena = arena;
    this.#pool = pool;
    this.#runs = runs;
    this.#step = reverse ? -1 : 1;
    this.#closed = closed;
    this.#nextRun = reverse ? runs.length - 1 : 0;
    // So that the first step leads to the first run.
    this.#end = this.#step;
  }

  get key(): Uint8Array {
    return this.#arena.key(this.#pool[this.#at]!);
  }

  get value(): Uint8Array {
    return this.#arena.value(this.#pool[this.#at]!)!;
  }

  next(): boolean {
    if (!this.#isOpen) return false;
    this.#at += this.#step;
    while (this.#at === this.#end) {
      const run = this.#runs[this.#nextRun];
      if (run === undefined) {
        this.close();
        return false;
      }
      this.#nextRun += this.#step;
      this.#at = this.#step === 1 ? run.first : run.end - 1;
      this.#end = this.#step === 1 ? run.end : run.first - 1;
    }
    return true;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closed();
  }
}

const ALL: KeyRange = { from: null, to: null };
const NO_RUNS: readonly Run[] = [];
