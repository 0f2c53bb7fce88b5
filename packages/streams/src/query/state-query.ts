import type { ValueAndTimestamp, VersionedRecord, Windowed } from '../state/stores.ts';
import type { Position } from './position.ts';

// Queries of stores as data (Kafka Streams: IQv2, KIP-796 and those after it). What a query answers with is part of its
// type.

declare const RESULT: unique symbol;

/** Carries the type of the answer; there is never a value. */
type Answers<R> = { readonly [RESULT]?: R };

/** Rows that come as they are asked for; leave early by `return()`, or by leaving the loop. */
export type QueryRows<Row> = AsyncIterableIterator<Row>;

/** In which order rows come, within each partition; `any` is the store's own. */
export type ResultOrder = 'any' | 'ascending' | 'descending';

/** The value of a key, or null. */
export type KeyQuery<K, V> = Answers<V | null> & {
  readonly kind: 'key';
  readonly key: K;
  /** Whether what the record cache holds back is passed over. */
  readonly skipCache: boolean;
};

/** The same with its timestamp, of a timestamped key-value store. */
export type TimestampedKeyQuery<K, V> = Answers<ValueAndTimestamp<V> | null> & {
  readonly kind: 'timestamped-key';
  readonly key: K;
  readonly skipCache: boolean;
};

type Range<K> = { readonly lower: K | null; readonly upper: K | null; readonly order: ResultOrder };

/** Keys from one to another, both inclusive; null is open. */
export type RangeQuery<K, V> = Answers<QueryRows<readonly [K, V]>> & { readonly kind: 'range' } & Range<K>;

/** The same with timestamps, of a timestamped key-value store. */
export type TimestampedRangeQuery<K, V> = Answers<QueryRows<readonly [K, ValueAndTimestamp<V>]>> & {
  readonly kind: 'timestamped-range';
} & Range<K>;

/** Windows of a key that start from one time to another, both inclusive. */
export type WindowKeyQuery<K, V> = Answers<QueryRows<readonly [startMs: number, V]>> & {
  readonly kind: 'window-key';
  readonly key: K;
  readonly fromMs: number;
  readonly toMs: number;
  readonly withTimestamps: boolean;
};

/** Windows of all keys that start from one time to another, both inclusive. */
export type WindowRangeQuery<K, V> = Answers<QueryRows<readonly [Windowed<K>, V]>> & {
  readonly kind: 'window-range';
  readonly fromMs: number;
  readonly toMs: number;
  readonly withTimestamps: boolean;
};

/** All sessions of a key. (Kafka Streams: WindowRangeQuery.withKey.) */
export type SessionKeyQuery<K, V> = Answers<QueryRows<readonly [Windowed<K>, V]>> & {
  readonly kind: 'session-key';
  readonly key: K;
};

/** The version of a key that is the latest, or was valid at a time (KIP-960). */
export type VersionedKeyQuery<K, V> = Answers<VersionedRecord<V> | null> & {
  readonly kind: 'versioned-key';
  readonly key: K;
  readonly asOfMs: number | null;
};

/** All versions of a key that were valid at some moment from one time to another, both inclusive (KIP-968). */
export type MultiVersionedKeyQuery<K, V> = Answers<QueryRows<VersionedRecord<V>>> & {
  readonly kind: 'multi-versioned-key';
  readonly key: K;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly order: ResultOrder;
};

/** How many rows a key-value store has, counted. (Not in Kafka Streams.) */
export type CountQuery = Answers<number> & { readonly kind: 'count' };

export type StateQuery =
  | KeyQuery<unknown, unknown>
  | TimestampedKeyQuery<unknown, unknown>
  | RangeQuery<unknown, unknown>
  | TimestampedRangeQuery<unknown, unknown>
  | WindowKeyQuery<unknown, unknown>
  | WindowRangeQuery<unknown, unknown>
  | SessionKeyQuery<unknown, unknown>
  | VersionedKeyQuery<unknown, unknown>
  | MultiVersionedKeyQuery<unknown, unknown>
  | CountQuery;

/** A query whose answer, of one partition, is an `R`. */
export type Query<R> = StateQuery & Answers<R>;

/** A query, of which store, and what must hold of a partition that answers. */
export type StateQueryRequest<R> = {
  readonly store: string;
  readonly query: Query<R>;
  /** Default: all that this instance holds. */
  readonly partitions?: readonly number[];
  /** Whether only running tasks may answer: no copies, none that is being restored. Default: false. */
  readonly requireActive?: boolean;
  /**
   * Partitions that are not as far as this do not answer: a writer reads what it wrote. Default: any position will
   * do.
   */
  readonly positionBound?: Position;
  /** Whether results tell how they came about. Default: false. */
  readonly executionInfo?: boolean;
};

type SkipCache = { readonly skipCache?: boolean };

export function keyQuery<K, V>(key: K, { skipCache = false }: SkipCache = {}): KeyQuery<K, V> {
  return { kind: 'key', key, skipCache };
}

export function timestampedKeyQuery<K, V>(key: K, { skipCache = false }: SkipCache = {}): TimestampedKeyQuery<K, V> {
  return { kind: 'timestamped-key', key, skipCache };
}

export type RangeOptions<K> = { readonly lower?: K; readonly upper?: K; readonly order?: ResultOrder };

export function rangeQuery<K, V>({ lower, upper, order = 'any' }: RangeOptions<K> = {}): RangeQuery<K, V> {
  return { kind: 'range', lower: lower ?? null, upper: upper ?? null, order };
}

export function timestampedRangeQuery<K, V>(options: RangeOptions<K> = {}): TimestampedRangeQuery<K, V> {
  return { ...rangeQuery<K, ValueAndTimestamp<V>>(options), kind: 'timestamped-range' };
}

export type TimeRange = { readonly fromMs: number; readonly toMs: number };

export function windowKeyQuery<K, V>(
  key: K,
  range: TimeRange & { readonly withTimestamps: true },
): WindowKeyQuery<K, ValueAndTimestamp<V>>;
export function windowKeyQuery<K, V>(key: K, range: TimeRange): WindowKeyQuery<K, V>;
export function windowKeyQuery<K, V>(
  key: K,
  { fromMs, toMs, withTimestamps = false }: TimeRange & { readonly withTimestamps?: boolean },
): WindowKeyQuery<K, V> {
  return { kind: 'window-key', key, fromMs, toMs, withTimestamps };
}

export function windowRangeQuery<K, V>(
  range: TimeRange & { readonly withTimestamps: true },
): WindowRangeQuery<K, ValueAndTimestamp<V>>;
export function windowRangeQuery<K, V>(range: TimeRange): WindowRangeQuery<K, V>;
export function windowRangeQuery<K, V>({
  fromMs,
  toMs,
  withTimestamps = false,
}: TimeRange & { readonly withTimestamps?: boolean }): WindowRangeQuery<K, V> {
  return { kind: 'window-range', fromMs, toMs, withTimestamps };
}

export function sessionKeyQuery<K, V>(key: K): SessionKeyQuery<K, V> {
  return { kind: 'session-key', key };
}

export function versionedKeyQuery<K, V>(
  key: K,
  { asOfMs = null }: { readonly asOfMs?: number | null } = {},
): VersionedKeyQuery<K, V> {
  return { kind: 'versioned-key', key, asOfMs };
}

export function multiVersionedKeyQuery<K, V>(
  key: K,
  options: Partial<TimeRange> & { readonly order?: ResultOrder } = {},
): MultiVersionedKeyQuery<K, V> {
  const { fromMs = null, toMs = null, order = 'any' } = options;
  return { kind: 'multi-versioned-key', key, fromMs, toMs, order };
}

export function countQuery(): CountQuery {
  return { kind: 'count' };
}
