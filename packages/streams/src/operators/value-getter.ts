import { unreachable } from '@millrace/base';
import { emptyRecordContext, restoreRecordContext, saveRecordContext } from '../state/record-context.ts';
import type {
  KeyValueStore,
  SessionStore,
  StateStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  ValueAndTimestamp,
  VersionedKeyValueStore,
  Windowed,
} from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';
import type { HeldChange } from './suppress-buffer.ts';
import { transformerContext } from './transformer-context.ts';
import type { Fn2, Predicate2 } from './user-functions.ts';

/** How rows of a table are found: in a store, or by computing them from those of the tables above. */
export type GetterSpec =
  | {
      readonly kind: 'store';
      readonly store: string;
      readonly form: 'timestamped' | 'versioned' | 'window' | 'session';
    }
  | { readonly kind: 'filter'; readonly parent: GetterSpec; readonly predicate: Predicate2; readonly not: boolean }
  | { readonly kind: 'map-values'; readonly parent: GetterSpec; readonly mapper: Fn2 }
  | { readonly kind: 'transform-values'; readonly parent: GetterSpec; readonly supplier: () => RowTransformer }
  | {
      readonly kind: 'join';
      readonly left: GetterSpec;
      readonly right: GetterSpec;
      readonly join: 'inner' | 'left' | 'outer';
      readonly joiner: Fn2;
    }
  | { readonly kind: 'suppress'; readonly parent: GetterSpec; readonly buffer: string };

/** A transformer of rows, as `transformValues` makes it; erased. */
export type RowTransformer = {
  init?(context: unknown): void;
  transform(key: unknown, value: unknown): unknown;
  close?(): void;
};

type Row = ValueAndTimestamp<unknown> | null;

/** Looks up rows of one table. */
export type ValueGetter = {
  get(key: unknown): Row;
  /** The row as it was at a time; null for tables that keep no history. */
  readonly getAsOf: ((key: unknown, timestamp: number) => Row) | null;
};

export function makeGetter(spec: GetterSpec, context: NodeContext): ValueGetter {
  switch (spec.kind) {
    case 'store':
      return storeGetter(spec.form, context.getStore(spec.store));
    case 'filter':
      return filterGetter(makeGetter(spec.parent, context), spec.predicate, spec.not);
    case 'map-values': {
      const { mapper } = spec;
      return mappedGetter(makeGetter(spec.parent, context), (key, value) =>
        value === null ? null : mapper(value, key),
      );
    }
    case 'transform-values':
      return transformGetter(makeGetter(spec.parent, context), spec.supplier(), context);
    case 'join':
      return joinGetter(spec, makeGetter(spec.left, context), makeGetter(spec.right, context));
    case 'suppress':
      return suppressGetter(
        makeGetter(spec.parent, context),
        context.getStore(spec.buffer) as KeyValueStore<unknown, HeldChange>,
      );
    default:
      return unreachable(spec);
  }
}

function storeGetter(form: 'timestamped' | 'versioned' | 'window' | 'session', store: StateStore): ValueGetter {
  // What kind of store bears a name was decided when the topology was built.
  switch (form) {
    case 'timestamped': {
      const rows = store as TimestampedKeyValueStore<unknown, unknown>;
      return { get: (key) => rows.get(key), getAsOf: null };
    }
    case 'versioned': {
      const rows = store as VersionedKeyValueStore<unknown, unknown>;
      return { get: (key) => rows.get(key), getAsOf: (key, timestamp) => rows.getAsOf(key, timestamp) };
    }
    case 'window': {
      const rows = store as TimestampedWindowStore<unknown, unknown>;
      const get = (windowed: unknown) => {
        const { key, window } = windowed as Windowed<unknown>;
        return rows.fetch(key, window.startMs);
      };
      return { get, getAsOf: null };
    }
    case 'session': {
      const rows = store as SessionStore<unknown, unknown>;
      const get = (windowed: unknown) => {
        const { key, window } = windowed as Windowed<unknown>;
        const value = rows.fetchSession(key, window.startMs, window.endMs);
        return value === null ? null : { value, timestamp: window.endMs };
      };
      return { get, getAsOf: null };
    }
  }
}

function filterGetter(parent: ValueGetter, predicate: Predicate2, not: boolean): ValueGetter {
  const passing = (key: unknown, row: Row) => (row !== null && predicate(key, row.value) !== not ? row : null);
  const { getAsOf } = parent;
  return {
    get: (key) => passing(key, parent.get(key)),
    getAsOf: getAsOf === null ? null : (key, timestamp) => passing(key, getAsOf(key, timestamp)),
  };
}

function mappedGetter(parent: ValueGetter, mapper: (key: unknown, value: unknown) => unknown): ValueGetter {
  const mapped = (key: unknown, row: Row): Row => {
    const value = mapper(key, row === null ? null : row.value) ?? null;
    return value === null ? null : { value, timestamp: row === null ? -1 : row.timestamp };
  };
  const { getAsOf } = parent;
  return {
    get: (key) => mapped(key, parent.get(key)),
    getAsOf: getAsOf === null ? null : (key, timestamp) => mapped(key, getAsOf(key, timestamp)),
  };
}

/** A looked-up row has no record of its own: the transformer sees only the row's time. */
function transformGetter(parent: ValueGetter, transformer: RowTransformer, context: NodeContext): ValueGetter {
  transformer.init?.(transformerContext(context));
  const get = (key: unknown): Row => {
    const row = parent.get(key);
    const timestamp = row?.timestamp ?? -1;
    const saved = saveRecordContext(context.record);
    restoreRecordContext(context.record, { ...emptyRecordContext(), timestamp });
    try {
      const value = transformer.transform(key, row?.value ?? null) ?? null;
      return value === null ? null : { value, timestamp };
    } finally {
      restoreRecordContext(context.record, saved);
    }
  };
  return { get, getAsOf: null };
}

function joinGetter(
  spec: { readonly join: 'inner' | 'left' | 'outer'; readonly joiner: Fn2 },
  left: ValueGetter,
  right: ValueGetter,
): ValueGetter {
  const { join, joiner } = spec;
  const get = (key: unknown): Row => {
    const a = left.get(key);
    if (a === null && join !== 'outer') return null;
    const b = right.get(key);
    if (b === null && (join === 'inner' || a === null)) return null;
    const value = joiner(a?.value ?? null, b?.value ?? null) ?? null;
    return value === null ? null : { value, timestamp: Math.max(a?.timestamp ?? -1, b?.timestamp ?? -1) };
  };
  return { get, getAsOf: null };
}

/** Downstream has not seen yet what is held back: the value from before counts. */
function suppressGetter(parent: ValueGetter, buffer: KeyValueStore<unknown, HeldChange>): ValueGetter {
  const get = (key: unknown): Row => {
    const held = buffer.get(key);
    if (held === null) return parent.get(key);
    return held.prior === null ? null : { value: held.prior, timestamp: -1 };
  };
  return { get, getAsOf: null };
}
