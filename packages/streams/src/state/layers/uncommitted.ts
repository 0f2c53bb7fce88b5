import { concatBytes } from '../../lib/bytes.ts';
import { type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
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
  #dropped: KeyRange[] = [];
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
    const row = this.#rows.size === 0 ? undefined : this.#rows.get(key);
    return row === undefined ? this.#engine.get(concatBytes(this.#prefix, key)) : row;
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    const size = value === null ? 0 : value.length;
    const previous = this.#rows.set(key, value);
    if (previous === undefined) this.#bytes += key.length + size + ROW_OVERHEAD_BYTES;
    else this.#bytes += size - (previous === null ? 0 : previous.length);
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    const prefix = this.#prefix;
    const lower = new PrefixCursor(this.#engine.scan(withPrefix(prefix, range), reverse), prefix.length);
    return this.#rows.size === 0 ? lower : new OverlayCursor(this.#rows.scan(range, reverse), lower, reverse);
  }

  dropRange(range: KeyRange): void {
    const cursor = this.#rows.scan(range);
    while (cursor.next()) {
      const dropped = this.#rows.delete(cursor.key);
      this.#bytes -= cursor.key.length + (dropped?.length ?? 0) + ROW_OVERHEAD_BYTES;
    }
    // Retention drops ever longer beginnings, and each range that RocksDB keeps makes its reads dearer.
    const isBeginning = range.from === null;
    this.#dropped = this.#dropped.filter((earlier) => !(isBeginning && earlier.from === null));
    this.#dropped.push(range);
  }

  /** Hands over what must be written to the engine, and forgets it: the caller writes it in the same turn. */
  take(into: EngineWrite[]): readonly KeyRange[] {
    const cursor = this.#rows.scan(EVERYTHING);
    while (cursor.next()) into.push({ key: concatBytes(this.#prefix, cursor.key), value: cursor.value });
    const dropped = this.#dropped.map((range) => withPrefix(this.#prefix, range));
    this.discard();
    return dropped;
  }

  /** Forgets what was not committed. */
  discard(): void {
    this.#rows.clear();
    this.#dropped = [];
    this.#bytes = 0;
  }
}

const EVERYTHING: KeyRange = { from: null, to: null };
