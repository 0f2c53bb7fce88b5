import { compareBytes } from '../../lib/bytes.ts';
import { BytesTable } from '../../lib/bytes-table.ts';
import type { Cursor, KeyRange } from '../../lib/ordered-map.ts';
import { SEGMENT_SIZE } from '../keys/segmented.ts';

/** The rows of one key in order of their tails: row key and value by turns. */
type Run = { readonly key: Uint8Array; readonly hash: number; readonly epoch: number; readonly rows: Uint8Array[] };

const ROW_SIZE = 2;

/**
 * The rows of one segment: a hash table of keys, each with its few rows in order of time. Joins scan one key, windows
 * look up one row: neither has anything to do with other keys. Whoever wants all keys pays for sorting them.
 */
export class SegmentRows {
  /** So many bytes at the end of a row key tell the rows of one key apart. */
  readonly #tailSize: number;
  readonly #runs: BytesTable<Run>;
  /** All runs by key; null when one came, went or was replaced since they were sorted. */
  #sorted: readonly Run[] | null = null;
  /** Raised by each scan: a run of an earlier epoch is shared with cursors, if any of these is still open. */
  #epoch = 0;
  #openCursors = 0;
  readonly #cursorClosed = (): void => {
    this.#openCursors--;
  };

  constructor(tailSize: number) {
    this.#tailSize = tailSize;
    this.#runs = new BytesTable(SEGMENT_SIZE, tailSize);
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const run = this.#runs.get(key, this.#runs.hash(key));
    if (run === undefined) return undefined;
    const at = this.#lowerBound(run.rows, key);
    return this.#isAt(run.rows, at, key) ? run.rows[at + 1] : undefined;
  }

  /** Null deletes. Returns what was there. */
  put(key: Uint8Array, value: Uint8Array | null): Uint8Array | undefined {
    const hash = this.#runs.hash(key);
    const run = this.#runs.get(key, hash);
    if (run === undefined) {
      if (value !== null) this.#addRun({ key, hash, epoch: this.#epoch, rows: [key, value] });
      return undefined;
    }
    const at = this.#lowerBound(run.rows, key);
    const previous = this.#isAt(run.rows, at, key) ? run.rows[at + 1] : undefined;
    if (value === null) {
      if (previous !== undefined) this.#deleteRow(run, at);
      return previous;
    }
    const { rows } = this.#writable(run);
    if (previous !== undefined) rows[at + 1] = value;
    else if (at === rows.length) rows.push(key, value);
    else rows.splice(at, 0, key, value);
    return previous;
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    const runs = this.#runsOf(range);
    if (runs.length === 0) return NO_ROWS;
    this.#epoch++;
    this.#openCursors++;
    // A bare segment number as the end is the next segment's, so the scan goes to the end of this one.
    const isOpen = range.to === null || range.to.length === SEGMENT_SIZE;
    const bounds = isOpen ? { from: range.from, to: null } : range;
    return new RunsCursor(runs, { bounds, reverse, closed: this.#cursorClosed });
  }

  /** The runs that can hold rows of a range. */
  #runsOf({ from, ofOneKey }: KeyRange): readonly Run[] {
    if (ofOneKey === true) {
      const run = this.#runs.get(from!, this.#runs.hash(from!));
      return run === undefined ? NO_RUNS : [run];
    }
    this.#sorted ??= [...this.#runs.values()].sort((a, b) => compareBytes(a.key, b.key, SEGMENT_SIZE));
    return this.#sorted;
  }

  #addRun(run: Run): void {
    this.#runs.add(run);
    this.#sorted = null;
  }

  #deleteRow(run: Run, at: number): void {
    const writable = this.#writable(run);
    writable.rows.splice(at, ROW_SIZE);
    if (writable.rows.length > 0) return;
    this.#runs.delete(writable);
    this.#sorted = null;
  }

  #writable(run: Run): Run {
    if (run.epoch === this.#epoch || this.#openCursors === 0) return run;
    const copy = { ...run, epoch: this.#epoch, rows: run.rows.slice() };
    this.#runs.replace(run, copy);
    this.#sorted = null;
    return copy;
  }

  /** Where the first row at or above `key` stands; most rows come in order of time, so the end is tried first. */
  #lowerBound(rows: readonly Uint8Array[], key: Uint8Array): number {
    const from = key.length - this.#tailSize;
    if (compareBytes(rows[rows.length - ROW_SIZE]!, key, from) < 0) return rows.length;
    return lowerBound(rows, key, from);
  }

  #isAt(rows: readonly Uint8Array[], at: number, key: Uint8Array): boolean {
    return at < rows.length && compareBytes(rows[at]!, key, key.length - this.#tailSize) === 0;
  }
}

/** The first place whose row is at or above `key`; what lies before `from` is the same in all. */
function lowerBound(rows: readonly Uint8Array[], key: Uint8Array, from: number): number {
  let low = 0;
  let high = rows.length / ROW_SIZE;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareBytes(rows[middle * ROW_SIZE]!, key, from) < 0) low = middle + 1;
    else high = middle;
  }
  return low * ROW_SIZE;
}

type RunsCursorOptions = {
  readonly bounds: KeyRange;
  readonly reverse: boolean;
  readonly closed: () => void;
};

/** Goes through runs that nobody changes any more, from one bound to the other. */
class RunsCursor implements Cursor<Uint8Array> {
  readonly #runs: readonly Run[];
  readonly #options: RunsCursorOptions;
  readonly #step: 1 | -1;
  #run: number;
  #rows: readonly Uint8Array[] = NO_BYTES;
  #at = 0;
  /** Where the rows of the run in turn end, in the direction of the scan. */
  #end = 0;
  #isOpen = true;

  constructor(runs: readonly Run[], options: RunsCursorOptions) {
    this.#runs = runs;
    this.#options = options;
    this.#step = options.reverse ? -1 : 1;
    this.#run = options.reverse ? runs.length : -1;
  }

  get key(): Uint8Array {
    return this.#rows[this.#at]!;
  }

  get value(): Uint8Array {
    return this.#rows[this.#at + 1]!;
  }

  next(): boolean {
    if (!this.#isOpen) return false;
    this.#at += this.#step * ROW_SIZE;
    while (this.#at === this.#end || this.#rows === NO_BYTES) {
      this.#run += this.#step;
      const run = this.#runs[this.#run];
      if (run === undefined) {
        this.close();
        return false;
      }
      this.#enter(run);
    }
    return true;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#rows = NO_BYTES;
    this.#options.closed();
  }

  #enter({ rows }: Run): void {
    const { from, to } = this.#options.bounds;
    const first = from === null ? 0 : lowerBound(rows, from, SEGMENT_SIZE);
    const end = to === null ? rows.length : Math.max(lowerBound(rows, to, SEGMENT_SIZE), first);
    this.#rows = rows;
    this.#at = this.#step === 1 ? first : end - ROW_SIZE;
    this.#end = this.#step === 1 ? end : first - ROW_SIZE;
  }
}

const NO_RUNS: readonly Run[] = [];
const NO_BYTES: readonly Uint8Array[] = [];

export const NO_ROWS: Cursor<Uint8Array> = {
  get key(): Uint8Array {
    throw new RangeError('a cursor is read only after next() was true');
  },
  get value(): Uint8Array {
    throw new RangeError('a cursor is read only after next() was true');
  },
  next: () => false,
  close: () => {},
};
