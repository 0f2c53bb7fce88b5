import type { Cursor } from '../../lib/ordered-map.ts';
import type { Windowed } from '../../serdes/windowed.ts';
import { keyBound, keyBoundAfter } from '../keys/segmented.ts';
import type { SessionRowKeys } from '../keys/session-keys.ts';
import { FilterCursor } from '../layers/filter-cursor.ts';
import type { RecordCache } from '../layers/record-cache.ts';
import type { FlushListener, HoldingStore, SessionStore } from '../stores.ts';
import type { ValueCodec } from '../value-codec.ts';
import type { Values } from '../values.ts';
import { Entries } from './entries.ts';
import type { KeyBytes } from './key-bytes.ts';
import type { SegmentScans } from './segment-scans.ts';

export type SessionStoreParts<K, V> = {
  readonly name: string;
  readonly persistent: boolean;
  readonly keys: KeyBytes<K>;
  readonly codec: ValueCodec<V>;
  readonly values: Values<V>;
  readonly rowKeys: SessionRowKeys;
  readonly scans: SegmentScans;
  readonly cache: RecordCache<V> | null;
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
    const { keys, values, rowKeys, scans } = this.#parts;
    scans.noticePut(window.endMs);
    values.put(rowKeys.row(keys.of(key), window.startMs, window.endMs), value);
  }

  remove(session: Windowed<K>): void {
    this.put(session, null);
  }

  fetchSession(key: K, startMs: number, endMs: number): V | null {
    const { keys, values, rowKeys } = this.#parts;
    return values.get(rowKeys.row(keys.of(key), startMs, endMs));
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
      ofOneKey: true,
    } as const;
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
    const { cache } = this.#parts;
    cache?.setFlushListener((rowKey, newValue, oldValue) => {
      listener(this.#windowed(rowKey), newValue, oldValue);
    }, sendOldValues);
    return cache !== null;
  }

  #sessions(cursor: Cursor<Uint8Array>): IterableIterator<readonly [Windowed<K>, V]> {
    const { codec } = this.#parts;
    return new Entries(cursor, ({ key, value }) => [this.#windowed(key), codec.decode(value)]);
  }

  #windowed(rowKey: Uint8Array): Windowed<K> {
    const { keys, rowKeys } = this.#parts;
    const window = { startMs: rowKeys.startOf(rowKey), endMs: rowKeys.timeOf(rowKey) };
    return { key: keys.from(rowKeys.keyOf(rowKey)), window };
  }
}
