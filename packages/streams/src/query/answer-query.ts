import { unreachable } from '@millrace/base';
import type { StoreSpec } from '../state/store-spec.ts';
import type {
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyWindowStore,
  StateStore,
  ValueAndTimestamp,
  VersionedKeyValueStore,
} from '../state/stores.ts';
import type { StateQuery } from './state-query.ts';
import { isTimestamped, kindMismatch } from './store-kinds.ts';

/** A store of one task, as queries see it. */
export type QueriedStore = {
  readonly spec: StoreSpec;
  readonly store: StateStore;
  /** The same below its record cache. */
  uncached(): StateStore;
};

export type Answer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'rows'; readonly rows: IterableIterator<unknown> }
  /** Stores of this kind have no answer to such a query. */
  | { readonly kind: 'refused'; readonly message: string };

/** Looks a query up in one store. Rows are as of this moment; their cursor is closed by whoever reads them. */
export function answerQuery(query: StateQuery, queried: QueriedStore): Answer {
  const { spec } = queried;
  switch (query.kind) {
    case 'key':
    case 'range':
    case 'count':
      return spec.kind === 'key-value' ? answerKeyValue(query, queried) : refused(spec, 'key-value');
    case 'timestamped-key':
    case 'timestamped-range':
      return spec.kind === 'key-value' && spec.timestamped
        ? answerKeyValue(query, queried)
        : refused(spec, 'timestamped key-value');
    case 'window-key':
    case 'window-range':
      return spec.kind === 'window' ? answerWindow(query, queried) : refused(spec, 'window');
    case 'session-key': {
      if (spec.kind !== 'session') return refused(spec, 'session');
      return { kind: 'rows', rows: (queried.store as ReadOnlySessionStore<unknown, unknown>).fetch(query.key) };
    }
    case 'versioned-key':
    case 'multi-versioned-key':
      return spec.kind === 'versioned' ? answerVersioned(query, queried) : refused(spec, 'versioned');
    default:
      return unreachable(query);
  }
}

type OfKind<Kind> = Extract<StateQuery, { readonly kind: Kind }>;
type KeyValueQuery = OfKind<'key' | 'timestamped-key' | 'range' | 'timestamped-range' | 'count'>;

function answerKeyValue(query: KeyValueQuery, queried: QueriedStore): Answer {
  const store = queried.store as ReadOnlyKeyValueStore<unknown, unknown>;
  if (query.kind === 'count') return { kind: 'value', value: store.approximateNumEntries() };
  const isStripped = isTimestamped(queried.spec) && (query.kind === 'key' || query.kind === 'range');
  if (query.kind === 'key' || query.kind === 'timestamped-key') {
    const asked = query.skipCache ? (queried.uncached() as ReadOnlyKeyValueStore<unknown, unknown>) : store;
    const stored = asked.get(query.key);
    return { kind: 'value', value: isStripped ? plainValue(stored) : stored };
  }
  const { lower, upper, order } = query;
  const rows = order === 'descending' ? store.reverseRange(lower, upper) : store.range(lower, upper);
  return { kind: 'rows', rows: isStripped ? new StrippedRows(rows) : rows };
}

function answerWindow(query: OfKind<'window-key' | 'window-range'>, { spec, store }: QueriedStore): Answer {
  const { fromMs, toMs } = query;
  const windows = store as ReadOnlyWindowStore<unknown, unknown>;
  const rows: IterableIterator<readonly [unknown, unknown]> =
    query.kind === 'window-key' ? windows.fetchRange(query.key, fromMs, toMs) : windows.fetchAll(fromMs, toMs);
  return { kind: 'rows', rows: isTimestamped(spec) && !query.withTimestamps ? new StrippedRows(rows) : rows };
}

function answerVersioned(query: OfKind<'versioned-key' | 'multi-versioned-key'>, { store }: QueriedStore): Answer {
  const versions = store as VersionedKeyValueStore<unknown, unknown>;
  if (query.kind === 'versioned-key') {
    const { key, asOfMs } = query;
    return { kind: 'value', value: asOfMs === null ? versions.get(key) : versions.getAsOf(key, asOfMs) };
  }
  const { key, fromMs, toMs, order } = query;
  const found = versions.getRange(key, fromMs ?? 0, toMs ?? Number.MAX_SAFE_INTEGER);
  return { kind: 'rows', rows: (order === 'ascending' ? found.toReversed() : found).values() };
}

function refused(spec: StoreSpec, asked: string): Answer {
  return { kind: 'refused', message: kindMismatch(spec, asked) };
}

function plainValue(stored: unknown): unknown {
  return stored === null ? null : (stored as ValueAndTimestamp<unknown>).value;
}

/** Rows of a timestamped store without the timestamps. */
class StrippedRows implements IterableIterator<readonly [unknown, unknown]> {
  readonly #rows: IterableIterator<readonly [unknown, unknown]>;

  constructor(rows: IterableIterator<readonly [unknown, unknown]>) {
    this.#rows = rows;
  }

  next(): IteratorResult<readonly [unknown, unknown]> {
    const next = this.#rows.next();
    if (next.done === true) return next;
    const [key, stored] = next.value;
    return { done: false, value: [key, plainValue(stored)] };
  }

  return(): IteratorResult<readonly [unknown, unknown]> {
    this.#rows.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
