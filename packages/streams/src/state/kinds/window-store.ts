import { type Cursor, NO_ROWS } from '../../lib/ordered-map.ts';
import { timeWindowAt, type Windowed } from '../../serdes/windowed.ts';
import { keyBound, keyBoundAfter } from '../keys/segmented.ts';
import { SEQUENCE_MAX, type WindowRowKeys } from '../keys/window-keys.ts';
import { FilterCursor } from '../layers/filter-cursor.ts';
import type { RecordCache } from '../layers/record-cache.ts';
import type { FlushListener, HoldingStore, WindowStore } from '../stores.ts';
import type { ValueCodec } from '../value-codec.ts';
import type { Values } from '../values.ts';
import { Entries, NO_ENTRIES } from './entries.ts';
import type { KeyBytes } from './key-bytes.ts';
import type { SegmentScans } from './segment-scans.ts';

export type WindowStoreParts<K, V> = {
  readonly name: string;
  readonly persistent: boolean;
  readonly keys: KeyBytes<K>;
  readonly codec: ValueCodec<V>;
  readonly values: Values<V>;
  readonly rowKeys: WindowRowKeys;
  readonly windowSizeMs: number;
  readonly retainDuplicates: boolean;
  readonly scans: SegmentScans;
  readonly cache: RecordCache<V> | null;
};

/** Window stores, plain and timestamped, with and without duplicates. */
export class RowWindowStore<K, V> implements WindowStore<K, V>, HoldingStore<K, V> {
  readonly name: string;
  readonly persistent: boolean;
  readonly #parts: WindowStoreParts<K, V>;
  #sequence = 0;

  constructor(parts: WindowStoreParts<K, V>) {
    this.name = parts.name;
    this.persistent = parts.persistent;
    this.#parts = parts;
  }

  /** The number of the latest duplicate: goes on after a restart, so that no earlier one is overwritten. */
  get sequence(): number {
    return this.#sequence;
  }

  resumeSequence(sequence: number): void {
    this.#sequence = Math.max(this.#sequence, sequence);
  }

  put(key: K, value: V | null, startMs: number): void {
    const { keys, values, rowKeys, scans, retainDuplicates } = this.#parts;
    if (retainDuplicates) this.#sequence = this.#sequence === SEQUENCE_MAX ? 0 : this.#sequence + 1;
    scans.noticePut(startMs);
    values.put(rowKeys.row(keys.of(key), startMs, this.#sequence), value);
  }

  fetch(key: K, startMs: number): V | null {
    const { keys, values, rowKeys } = this.#parts;
    return values.get(rowKeys.row(keys.of(key), startMs, this.#sequence));
  }

  fetchRange(key: K, fromMs: number, toMs: number): IterableIterator<readonly [number, V]> {
    return this.#ofKey(key, fromMs, toMs, false);
  }

  backwardFetchRange(key: K, fromMs: number, toMs: number): IterableIterator<readonly [number, V]> {
    return this.#ofKey(key, fromMs, toMs, true);
  }

  fetchKeys(from: K | null, to: K | null, fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]> {
    const { keys, rowKeys, scans } = this.#parts;
    const range = {
      from: from === null ? null : keyBound(keys.of(from)),
      to: to === null ? null : keyBoundAfter(keys.of(to)),
    };
    const inTime = (rowKey: Uint8Array): boolean => {
      const startMs = rowKeys.timeOf(rowKey);
      return startMs >= fromMs && startMs <= toMs;
    };
    return this.#windows(new FilterCursor(scans.byKey(range, fromMs, toMs), inTime));
  }

  fetchAll(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]> {
    return this.#windows(this.#parts.scans.byTime(fromMs, toMs, false));
  }

  backwardFetchAll(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]> {
    return this.#windows(this.#parts.scans.byTime(fromMs, toMs, true));
  }

  all(): IterableIterator<readonly [Windowed<K>, V]> {
    return this.fetchAll(0, Number.MAX_SAFE_INTEGER);
  }

  holdFrom(timeMs: number): void {
    this.#parts.scans.holdFrom(timeMs);
  }

  fetchHeld(fromMs: number, toMs: number): IterableIterator<readonly [Windowed<K>, V]> {
    return this.#windows(this.#parts.scans.heldByTime(fromMs, toMs));
  }

  setFlushListener(listener: FlushListener<Windowed<K>, V>, sendOldValues: boolean): boolean {
    const { cache } = this.#parts;
    cache?.setFlushListener((rowKey, newValue, oldValue) => {
      listener(this.#windowed(rowKey), newValue, oldValue);
    }, sendOldValues);
    return cache !== null;
  }

  #ofKey(key: K, fromMs: number, toMs: number, reverse: boolean): IterableIterator<readonly [number, V]> {
    const { keys, codec, rowKeys, scans } = this.#parts;
    const bytes = keys.of(key);
    const range = {
      from: rowKeys.row(bytes, Math.max(fromMs, 0), 0),
      to: rowKeys.row(bytes, Math.max(toMs + 1, 0), 0),
      ofOneKey: true,
    } as const;
    const cursor = scans.bySegment(range, fromMs, toMs, reverse);
    if (cursor === NO_ROWS) return NO_ENTRIES;
    return new Entries(cursor, ({ key: rowKey, value }) => [rowKeys.timeOf(rowKey), codec.decode(value)]);
  }

  #windows(cursor: Cursor<Uint8Array>): IterableIterator<readonly [Windowed<K>, V]> {
    const { codec } = this.#parts;
    return new Entries(cursor, ({ key, value }) => [this.#windowed(key), codec.decode(value)]);
  }

  #windowed(rowKey: Uint8Array): Windowed<K> {
    const { keys, rowKeys, windowSizeMs } = this.#parts;
    const key = keys.from(rowKeys.keyOf(rowKey));
    return { key, window: timeWindowAt(rowKeys.timeOf(rowKey), windowSizeMs) };
  }
}
