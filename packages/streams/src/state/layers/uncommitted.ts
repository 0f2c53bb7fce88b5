import { compareBytes } from '../../lib/bytes.ts';
import { copyOf } from '../../lib/new-bytes.ts';
import { ALL_KEYS, type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import type { EnginePut, StoreEngine } from '../engines/store-engine.ts';
import type { Rows } from '../rows.ts';
import { OverlayCursor } from './overlay-cursor.ts';
import { PrefixCursor, PrefixedKeys, withPrefix } from './prefix.ts';
import { NOT_PUT, RowLog } from './row-log.ts';

/** What a row in order costs beside its bytes: the two array objects and its place in the tree, roughly. */
const ROW_OVERHEAD_BYTES = 200;

/**
 * The bottom of every store: rows that no commit has covered yet, over the engine. The engine is written only after
 * the commit, together with the changelog offset (`take`), so that what is on disk always agrees with what the brokers
 * know. Never changes what a read sees.
 */
export class UncommittedRows implements Rows {
  readonly #engine: StoreEngine;
  readonly #prefix: Uint8Array;
  readonly #engineKeys: PrefixedKeys;
  /** What was put since somebody scanned here last. */
  #log = new RowLog();
  /** What was put before, in order. */
  readonly #rows = new OrderedMap<Uint8Array | null>();
  #rowBytes = 0;
  /** How long the log was when it was last freed of dropped rows. */
  #logFreed = 0;
  #dropped: KeyRange[] = [];
  /** Rows below this were dropped, and none is put there any more; those in the log are left out when it is read. */
  #droppedBelow: Uint8Array | null = null;

  constructor(engine: StoreEngine, prefix: Uint8Array) {
    this.#engine = engine;
    this.#prefix = prefix;
    this.#engineKeys = new PrefixedKeys(prefix);
  }

  /** Memory held, to be bounded by an early commit. */
  get bytes(): number {
    return this.#log.bytes + this.#rowBytes;
  }

  get(key: Uint8Array): Uint8Array | null {
    if (this.#isDropped(key)) return null;
    const logged = this.#log.get(key);
    if (logged !== NOT_PUT) return logged;
    const row = this.#rows.size === 0 ? undefined : this.#rows.get(key);
    return row === undefined ? this.#engine.get(this.#engineKeys.of(key)) : row;
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    this.#log.put(key, value);
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    this.#order();
    const prefix = this.#prefix;
    const lower = new PrefixCursor(this.#engine.scan(withPrefix(prefix, range), reverse), prefix.length);
    return this.#rows.size === 0 ? lower : new OverlayCursor(this.#rows.scan(range, reverse), lower, reverse);
  }

  dropRange(range: KeyRange): void {
    // Retention drops ever longer beginnings, and each range that RocksDB keeps makes its reads dearer.
    const isBeginning = range.from === null && range.to !== null;
    if (!isBeginning) this.#order();
    const cursor = this.#rows.scan(range);
    while (cursor.next()) this.#rowBytes -= sizeOf(cursor.key, this.#rows.delete(cursor.key) ?? null);
    if (isBeginning) {
      this.#droppedBelow = range.to;
      if (this.#log.count > 2 * this.#logFreed + LOG_FREED_MIN) this.#freeLog();
    }
    this.#dropped = this.#dropped.filter((earlier) => !(isBeginning && earlier.from === null));
    this.#dropped.push(range);
  }

  get isEmpty(): boolean {
    return this.#log.count === 0 && this.#rows.size === 0;
  }

  /** Puts what must be written to the engine, to be `discard`ed then. */
  writeTo(put: EnginePut): void {
    const cursor = this.#rows.scan(ALL_KEYS);
    while (cursor.next()) put(this.#engineKeys.of(cursor.key), cursor.value);
    this.#log.forEach((key, value) => {
      if (!this.#isDropped(key)) put(this.#engineKeys.of(key), value);
    });
  }

  /** The ranges that were dropped and have to be dropped in the engine, before the changes. */
  dropped(): KeyRange[] {
    return this.#dropped.map((range) => withPrefix(this.#prefix, range));
  }

  /** Forgets what was not committed. */
  discard(): void {
    this.#rows.clear();
    this.#rowBytes = 0;
    this.#log.clear();
    this.#logFreed = 0;
    this.#dropped = [];
    this.#droppedBelow = null;
  }

  /** Puts what was logged in order. */
  #order(): void {
    if (this.#log.count === 0) return;
    this.#log.forEach((key, value) => {
      if (this.#isDropped(key)) return;
      const previous = this.#rows.set(copyOf(key), value === null ? null : copyOf(value));
      if (previous === undefined) this.#rowBytes += sizeOf(key, value);
      else this.#rowBytes += (value?.length ?? 0) - (previous?.length ?? 0);
    });
    this.#log.clear();
    this.#logFreed = 0;
  }

  #freeLog(): void {
    const freed = new RowLog();
    this.#log.forEach((key, value) => {
      if (!this.#isDropped(key)) freed.put(key, value);
    });
    this.#log = freed;
    this.#logFreed = freed.count;
  }

  #isDropped(key: Uint8Array): boolean {
    return this.#droppedBelow !== null && compareBytes(key, this.#droppedBelow) < 0;
  }
}

/** A log shorter than this is not worth freeing. */
const LOG_FREED_MIN = 4_096;

function sizeOf(key: Uint8Array, value: Uint8Array | null): number {
  return key.length + (value === null ? 0 : value.length) + ROW_OVERHEAD_BYTES;
}
