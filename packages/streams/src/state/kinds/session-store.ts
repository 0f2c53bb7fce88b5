import type { Cursor } from '../../lib/ordered-map.ts';
import type { Windowed } from '../../serdes/windowed.ts';
import { keyBound, keyBoundAfter } from '../keys/segmented.ts';
import type { SessionRowKeys } from '../keys/session-keys.ts';
import { FilterCursor } from '../layers/filter-cursor.ts';
import type { RecordCache } from '../layers/record-cache.ts';
import type { Rows } from '../rows.ts';
import type { FlushListener, HoldingStore, SessionStore } from '../stores.ts';
import { Entries } from './entries.ts';
import type { KeyBytes } from './key-bytes.ts';
import type { SegmentScans } from './segment-scans.ts';
import type { ValueCodec } from './value-codec.ts';

export type SessionStoreParts<K, V> = {
  readonly name: string;
  readonly persistent: boolean;
  readonly keys: KeyBytes<K>;
  readonly values: ValueCodec<V>;
  readonly rowKeys: SessionRowKeys;
  readonly rows: Rows;
  readonly scans: SegmentScans;
  readonly cache: RecordCache | null;
};

export class RowSessionStore<K, V> implements SessionStore<K, V>, HoldingStore<K, V> {
  readonly name: string;
  readonly persistent: boolean;
  readonly #parts: SessionStoreParts<K, V>;

  constructor(parts: SessionStoreParts<K, V>) {
    this.name = parts.name;
    this.persistent = parts.persistent;
    this.#parts = parts;
  }

  put({ key, window }: Windowed<K>, value: V | null): void {
    const { keys, values, rowKeys, rows, scans } = this.#parts;
    scans.noticePut(window.endMs);
    const rowKey = rowKeys.row(keys.of(key), window.startMs, window.endMs);
    rows.put(rowKey, value === null ? null : values.encode(value));
  }

  remove(session: Windowed<K>): void {
    this.put(session, null);
  }

  fetchSession(key: K, startMs: number, endMs: number): V | null {
    const { keys, values, rowKeys, rows } = this.#parts;
    const row = rows.get(rowKeys.row(keys.of(key), startMs, endMs));
    return row === null ? null : values.decode(row);
  }

  fetch(key: K): IterableIterator<readonly [Windowed<K>, V]> {
    const { keys, scans } = this.#parts;
    const bytes = keys.of(key);
    return this.#sessions(scans.ofAllTimes({ from: keyBound(bytes), to: keyBoundAfter(bytes) }));
  }

  findSessions(key: K, earliestEndMs: number, latestStartMs: number): IterableIterator<readonly [Windowed<K>, V]> {
    const { keys, rowKeys, scans } = this.#parts;
    const bytes = keys.of(key);
    const earliestMs = Math.max(earliestEndMs, 0);
    const range = {
      from: rowKeys.row(bytes, 0, earliestMs),
      to: rowKeys.row(bytes, 0, Number.MAX_SAFE_INTEGER + 1),
    };
    // A session that starts early enough may end at any time, so only the start is left to check.
    const cursor = scans.bySegment(range, earliestMs, Number.MAX_SAFE_INTEGER, false);
    return this.#sessions(new FilterCursor(cursor, (rowKey) => rowKeys.startOf(rowKey) <= latestStartMs));
  }

  findSessionsByEnd(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]> {
    return this.#sessions(this.#parts.scans.byTime(fromMs, toMs, false));
  }

  holdFrom(timeMs: number): void {
    this.#parts.scans.holdFrom(timeMs);
  }

  fetchHeld(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]> {
    return this.#sessions(this.#parts.scans.heldByTime(fromMs, toMs));
  }

  setFlushListener(listener: FlushListener<Windowed<K>, V>, sendOldValues: boolean): boolean {
    const { cache, values } = this.#parts;
    cache?.setFlushListener((rowKey, newRow, oldRow) => {
      const newValue = newRow === null ? null : values.decode(newRow);
      const oldValue = oldRow === null ? null : values.decode(oldRow);
      listener(this.#windowed(rowKey), newValue, oldValue);
    }, sendOldValues);
    return cache !== null;
  }

  #sessions(cursor: Cursor<Uint8Array>): IterableIterator<readonly [Windowed<K>, V]> {
    const { values } = this.#parts;
    return new Entries(cursor, ({ key, value }) => [this.#windowed(key), values.decode(value)]);
  }

  #windowed(rowKey: Uint8Array): Windowed<K> {
    const { keys, rowKeys } = this.#parts;
    const window = { startMs: rowKeys.startOf(rowKey), endMs: rowKeys.timeOf(rowKey) };
    return { key: keys.from(rowKeys.keyOf(rowKey)), window };
  }
}
