import { compareBytes } from '../../lib/bytes.ts';
import { copyInto, newBytes } from '../../lib/new-bytes.ts';
import { ALL_KEYS, type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import type { EngineWrite, StoreEngine } from '../engines/store-engine.ts';
import type { Rows } from '../rows.ts';
import { OverlayCursor } from './overlay-cursor.ts';
import { PrefixCursor, withPrefix } from './prefix.ts';

/** What a row costs beside its bytes: the two array objects and its place in the tree, roughly. */
const ROW_OVERHEAD_BYTES = 200;

/**
 * The bottom of every store: rows that no commit has covered yet, over the engine. The engine is written only after
 * the commit, together with the changelog offset (`take`), so that what is on disk always agrees with what the brokers
 * know. Never changes what a read sees.
 */
export class UncommittedRows implements Rows {
  readonly #engine: StoreEngine;
  readonly #prefix: Uint8Array;
  readonly #rows = new OrderedMap<Uint8Array | null>();
  /** What was put since somebody read here last; stores that a layer above answers for are hardly ever read here. */
  #log: EngineWrite[] = [];
  /** How long the log was when it was last freed of dropped rows. */
  #logFreed = 0;
  #dropped: KeyRange[] = [];
  /** Rows below this were dropped, and none is put there any more; those in the log are left out when it is read. */
  #droppedBelow: Uint8Array | null = null;
  #bytes = 0;

  constructor(engine: StoreEngine, prefix: Uint8Array) {
    this.#engine = engine;
    this.#prefix = prefix;
  }

  /** Memory held, to be bounded by an early commit. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: Uint8Array): Uint8Array | null {
    if (this.#log.length > 0) this.#index();
    const row = this.#rows.size === 0 ? undefined : this.#rows.get(key);
    return row === undefined ? this.#engine.get(this.#engineKey(key)) : row;
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    this.#log.push({ key, value });
    this.#bytes += sizeOf(key, value);
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    if (this.#log.length > 0) this.#index();
    const prefix = this.#prefix;
    const lower = new PrefixCursor(this.#engine.scan(withPrefix(prefix, range), reverse), prefix.length);
    return this.#rows.size === 0 ? lower : new OverlayCursor(this.#rows.scan(range, reverse), lower, reverse);
  }

  dropRange(range: KeyRange): void {
    // Retention drops ever longer beginnings, and each range that RocksDB keeps makes its reads dearer.
    const isBeginning = range.from === null && range.to !== null;
    if (!isBeginning && this.#log.length > 0) this.#index();
    const cursor = this.#rows.scan(range);
    while (cursor.next()) this.#bytes -= sizeOf(cursor.key, this.#rows.delete(cursor.key) ?? null);
    if (isBeginning) {
      this.#droppedBelow = range.to;
      if (this.#log.length > 2 * this.#logFreed + LOG_FREED_MIN) this.#freeLog();
    }
    this.#dropped = this.#dropped.filter((earlier) => !(isBeginning && earlier.from === null));
    this.#dropped.push(range);
  }

  /** Hands over what must be written to the engine, and forgets it: the caller writes it in the same turn. */
  take(into: EngineWrite[]): readonly KeyRange[] {
    const cursor = this.#rows.scan(ALL_KEYS);
    while (cursor.next()) into.push({ key: this.#engineKey(cursor.key), value: cursor.value });
    // In the order in which they were put: of several puts of one key the last one counts.
    for (const { key, value } of this.#log) {
      if (!this.#isDropped(key)) into.push({ key: this.#engineKey(key), value });
    }
    const dropped = this.#dropped.map((range) => withPrefix(this.#prefix, range));
    this.discard();
    return dropped;
  }

  /** Forgets what was not committed. */
  discard(): void {
    this.#rows.clear();
    this.#log = [];
    this.#logFreed = 0;
    this.#dropped = [];
    this.#droppedBelow = null;
    this.#bytes = 0;
  }

  /** Makes what was put findable. */
  #index(): void {
    for (const { key, value } of this.#log) {
      const previous = this.#isDropped(key) ? value : this.#rows.set(key, value);
      if (previous !== undefined) this.#bytes -= sizeOf(key, previous);
    }
    this.#log = [];
    this.#logFreed = 0;
  }

  #freeLog(): void {
    this.#log = this.#log.filter(({ key, value }) => {
      const isDropped = this.#isDropped(key);
      if (isDropped) this.#bytes -= sizeOf(key, value);
      return !isDropped;
    });
    this.#logFreed = this.#log.length;
  }

  #isDropped(key: Uint8Array): boolean {
    return this.#droppedBelow !== null && compareBytes(key, this.#droppedBelow) < 0;
  }

  #engineKey(key: Uint8Array): Uint8Array {
    const prefix = this.#prefix;
    const joined = newBytes(prefix.length + key.length);
    copyInto(joined, 0, prefix);
    copyInto(joined, prefix.length, key);
    return joined;
  }
}

/** A log shorter than this is not worth freeing. */
const LOG_FREED_MIN = 4_096;

function sizeOf(key: Uint8Array, value: Uint8Array | null): number {
  return key.length + (value === null ? 0 : value.length) + ROW_OVERHEAD_BYTES;
}
