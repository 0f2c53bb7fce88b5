import { unreachable } from '@millrace/base';
import type { StoreEngine } from './engines/store-engine.ts';
import { plainRowKeys, type RowKeys, type TimedRowKeys } from './keys/row-keys.ts';
import { segmentIntervalFor } from './keys/segmented.ts';
import { sessionRowKeys } from './keys/session-keys.ts';
import { windowRowKeys } from './keys/window-keys.ts';
import { KeyBytes } from './kinds/key-bytes.ts';
import { RowKeyValueStore } from './kinds/key-value-store.ts';
import { SegmentScans } from './kinds/segment-scans.ts';
import { RowSessionStore } from './kinds/session-store.ts';
import { RowVersionedStore } from './kinds/versioned-store.ts';
import { RowWindowStore } from './kinds/window-store.ts';
import type { CacheMemory } from './layers/cache-memory.ts';
import { ChangelogRows, type ChangelogSink, rowOfChangelog } from './layers/changelog.ts';
import { ReadCache } from './layers/read-cache.ts';
import { type RecentMemory, RecentSegments } from './layers/recent-segments.ts';
import { RecordCache } from './layers/record-cache.ts';
import { NO_TIME, RetentionRows } from './layers/retention.ts';
import { UncommittedRows } from './layers/uncommitted.ts';
import type { RecordContext } from './record-context.ts';
import type { Rows, Scans } from './rows.ts';
import type { StoreSpec } from './store-spec.ts';
import type { StateStore } from './stores.ts';
import { plainValues, timestampedValues, type ValueCodec } from './value-codec.ts';
import { RowValues, type Values } from './values.ts';

export type StoreEnvironment = {
  readonly engine: StoreEngine;
  /** What each of the store's rows begins with in the engine. */
  readonly prefix: Uint8Array;
  /** The topic name that serdes are told: the store's changelog topic. */
  readonly topic: string;
  readonly context: RecordContext;
  /** The thread's cache; null turns caching off for every store (`statestore.cache.max.bytes` 0). */
  readonly cache: CacheMemory | null;
  /** Memory for recent segments of window and session stores; null where the engine is as fast. */
  readonly recent: RecentMemory | null;
  /** Null when nothing is logged. */
  readonly sink: ChangelogSink | null;
};

/** Its bytes may be views: who keeps them copies them. */
export type ChangelogRecord = {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
};

/** What a store knows beside its rows; kept with them, so that a restart goes on where the store was. */
export type StoreMemory = { readonly observedMs: number; readonly sequence: number };

/** A store with the ends of its stack that the task works on. */
export type BuiltStore = {
  readonly spec: StoreSpec;
  readonly store: StateStore;
  /** The same store below its record cache, for reads; `store` where there is none. */
  uncached(): StateStore;
  /** What it holds back is written by `flush`, or forgotten by `clear`. */
  readonly cache: { flush(): void; clear(): void } | null;
  readonly uncommitted: UncommittedRows;
  /** Applies a changelog record below the changelog layer. */
  restore(record: ChangelogRecord): void;
  memory(): StoreMemory;
  /** Sets what the store knows: from its record, or `NO_MEMORY` when its rows were dropped. */
  resume(memory: StoreMemory): void;
  /** Forgets what caches hold, also what they have not written. */
  clearCaches(): void;
};

/**
 * Composes a store from its spec: kind over values, by the record cache, a read cache or straight, over [changelog] over
 * [retention over recent segments] over uncommitted rows over the engine. The only place that knows which layers a
 * store has.
 */
export function buildStore(spec: StoreSpec, environment: StoreEnvironment): BuiltStore {
  switch (spec.kind) {
    case 'key-value':
      return buildKeyValue(spec, environment);
    case 'versioned':
      return buildVersioned(spec, environment);
    case 'window':
      return buildWindow(spec, environment);
    case 'session':
      return buildSession(spec, environment);
    default:
      return unreachable(spec);
  }
}

type SpecOf<Kind> = Extract<StoreSpec, { kind: Kind }>;

function buildKeyValue(spec: SpecOf<'key-value'>, environment: StoreEnvironment): BuiltStore {
  return spec.timestamped
    ? keyValueOf(spec, environment, timestampedValues(spec.valueSerde, environment.topic))
    : keyValueOf(spec, environment, plainValues(spec.valueSerde, environment.topic));
}

function keyValueOf<V>(spec: SpecOf<'key-value'>, environment: StoreEnvironment, codec: ValueCodec<V>): BuiltStore {
  const uncommitted = new UncommittedRows(environment.engine, environment.prefix);
  const { timestamped } = spec;
  const stack = stackRows(spec, environment, {
    keys: plainRowKeys,
    codec,
    timestamped,
    uncommitted,
    kept: uncommitted,
  });
  const reads = readCacheOf(stack, environment);
  const parts = { ...common(spec, environment), ...stack };
  const store = new RowKeyValueStore({ ...parts, values: reads ?? stack.values });
  const { logged } = stack;
  return {
    spec,
    store,
    uncached: () => new RowKeyValueStore({ ...parts, values: new RowValues(logged, codec), rows: logged, cache: null }),
    ...stack,
    restore(record) {
      reads?.clear();
      stack.restore(record);
    },
    memory: () => NO_MEMORY,
    resume: () => {},
    clearCaches() {
      stack.clearCaches();
      reads?.clear();
    },
  };
}

/** Where nothing is held back and a look into the engine is dear, what was looked at is remembered. */
function readCacheOf<V>(stack: Stack<V>, { cache, engine }: StoreEnvironment): ReadCache<V> | null {
  if (stack.cache !== null || cache === null || !engine.persistent) return null;
  return new ReadCache(stack.logged, stack.codec, cache);
}

function buildWindow(spec: SpecOf<'window'>, environment: StoreEnvironment): BuiltStore {
  return spec.timestamped
    ? windowOf(spec, environment, timestampedValues(spec.valueSerde, environment.topic))
    : windowOf(spec, environment, plainValues(spec.valueSerde, environment.topic));
}

function windowOf<V>(spec: SpecOf<'window'>, environment: StoreEnvironment, codec: ValueCodec<V>): BuiltStore {
  const rowKeys = windowRowKeys(segmentIntervalFor(spec.retentionMs));
  const { retainDuplicates, windowSizeMs, timestamped } = spec;
  const stack = stackTimedRows(spec, environment, {
    keys: rowKeys,
    codec,
    timestamped,
    retentionMs: spec.emitsOnClose ? spec.retentionMs + 1 : spec.retentionMs,
    retainDuplicates,
  });
  const store = new RowWindowStore({
    ...common(spec, environment),
    ...stack,
    rowKeys,
    windowSizeMs,
    retainDuplicates,
  });
  return {
    spec,
    store,
    uncached: () => store,
    ...stack,
    restore(record) {
      stack.restore(record);
      if (retainDuplicates) store.resumeSequence(rowKeys.sequenceOf(rowKeys.fromChangelog(record.key)));
    },
    memory: () => ({ observedMs: stack.retention.observedMs, sequence: store.sequence }),
    resume(memory) {
      stack.resume(memory);
      store.resumeSequence(memory.sequence);
    },
  };
}

function buildSession(spec: SpecOf<'session'>, environment: StoreEnvironment): BuiltStore {
  const rowKeys = sessionRowKeys(segmentIntervalFor(spec.retentionMs));
  const codec = plainValues(spec.valueSerde, environment.topic);
  const stack = stackTimedRows(spec, environment, {
    keys: rowKeys,
    codec,
    timestamped: false,
    retentionMs: spec.retentionMs,
    retainDuplicates: false,
  });
  const { retention } = stack;
  const store = new RowSessionStore({ ...common(spec, environment), ...stack, rowKeys });
  return {
    spec,
    store,
    uncached: () => store,
    ...stack,
    memory: () => ({ observedMs: retention.observedMs, sequence: 0 }),
  };
}

function buildVersioned(spec: SpecOf<'versioned'>, environment: StoreEnvironment): BuiltStore {
  const uncommitted = new UncommittedRows(environment.engine, environment.prefix);
  const store = new RowVersionedStore({
    ...common(spec, environment),
    valueSerde: spec.valueSerde,
    topic: environment.topic,
    historyRetentionMs: spec.historyRetentionMs,
    rows: uncommitted,
    sink: spec.logging === false ? null : environment.sink,
  });
  return {
    spec,
    store,
    uncached: () => store,
    cache: null,
    uncommitted,
    restore: ({ key, value, timestamp }) => void store.putBytes(key, { value, timestamp }),
    memory: () => ({ observedMs: store.observedMs, sequence: 0 }),
    resume: (memory) => store.resume(memory.observedMs),
    clearCaches: () => {},
  };
}

export const NO_MEMORY: StoreMemory = { observedMs: NO_TIME, sequence: 0 };

type StackOptions<V> = {
  readonly keys: RowKeys;
  readonly codec: ValueCodec<V>;
  readonly timestamped: boolean;
  readonly uncommitted: UncommittedRows;
  /** The uncommitted rows, or what limits them to a retention. */
  readonly kept: Rows;
};

type Stack<V> = Pick<BuiltStore, 'uncommitted' | 'restore' | 'clearCaches'> & {
  readonly codec: ValueCodec<V>;
  readonly values: Values<V>;
  /** What is below the cache, if there is one. */
  readonly logged: Rows;
  /** Values as rows, in order. */
  readonly rows: Scans;
  readonly cache: RecordCache<V> | null;
};

function stackRows<V>(spec: StoreSpec, environment: StoreEnvironment, options: StackOptions<V>): Stack<V> {
  const { context, sink } = environment;
  const { keys, codec, timestamped, uncommitted, kept } = options;
  const logged: Rows =
    spec.logging === false || sink === null
      ? kept
      : new ChangelogRows(kept, { store: spec.name, keys, timestamped, sink, context });
  const cache =
    spec.caching && environment.cache !== null ? new RecordCache(logged, codec, environment.cache, context) : null;
  return {
    codec,
    values: cache ?? new RowValues(logged, codec),
    logged,
    rows: cache ?? logged,
    cache,
    uncommitted,
    clearCaches: () => cache?.clear(),
    restore(record) {
      const row = rowOfChangelog({ keys, timestamped }, record);
      kept.put(row.key, row.value);
    },
  };
}

type TimedOptions<V> = {
  readonly keys: TimedRowKeys;
  readonly codec: ValueCodec<V>;
  readonly timestamped: boolean;
  readonly retentionMs: number;
  readonly retainDuplicates: boolean;
};

type TimedStack<V> = Stack<V> & {
  readonly retention: RetentionRows;
  readonly scans: SegmentScans;
  resume(memory: StoreMemory): void;
};

function stackTimedRows<V>(spec: StoreSpec, environment: StoreEnvironment, options: TimedOptions<V>): TimedStack<V> {
  const uncommitted = new UncommittedRows(environment.engine, environment.prefix);
  const { tailSize } = options.keys;
  const recent = environment.recent === null ? null : new RecentSegments(uncommitted, environment.recent, tailSize);
  const retention = new RetentionRows(recent ?? uncommitted, options.keys, options);
  const stack = stackRows(spec, environment, { ...options, uncommitted, kept: retention });
  return {
    ...stack,
    retention,
    scans: new SegmentScans(stack.rows, retention, options.keys, stack.cache),
    resume({ observedMs }) {
      retention.resume(observedMs);
      recent?.resume(retention.segmentsBetween(0, Number.MAX_SAFE_INTEGER));
    },
  };
}

function common(
  spec: StoreSpec,
  environment: StoreEnvironment,
): { readonly name: string; readonly persistent: boolean; readonly keys: KeyBytes<unknown> } {
  return {
    name: spec.name,
    persistent: environment.engine.persistent,
    keys: new KeyBytes(spec.keySerde, environment.topic),
  };
}
