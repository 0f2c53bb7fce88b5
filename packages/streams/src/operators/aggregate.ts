import type { NodeContext } from '../topology/running-node.ts';
import { StoredTable } from './stored-table.ts';
import { type TableStore, tableStore } from './table-store.ts';
import type { Fn0, Fn3 } from './user-functions.ts';

/** `initializer` null means reduce: the first value is the aggregate. */
export type Aggregation = { readonly initializer: Fn0 | null; readonly aggregator: Fn3 };

/** Aggregates the records of each key. */
export class Aggregate extends StoredTable {
  readonly #storeName: string;
  readonly #initializer: Fn0 | null;
  readonly #aggregator: Fn3;
  #store: TableStore | null = null;

  constructor(name: string, storeName: string, aggregation: Aggregation, sendsOldValues: boolean) {
    super(name, sendsOldValues);
    this.#storeName = storeName;
    this.#initializer = aggregation.initializer;
    this.#aggregator = aggregation.aggregator;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = tableStore(context.getStore(this.#storeName));
    if (this.#store.flushing !== null) this.followTimestamped(this.#store.flushing);
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key === null || value === null) {
      this.context.dropped(this.name, 'null key or value');
      return;
    }
    const store = this.#store!;
    const row = store.get(key);
    let old = row === null ? null : row.value;
    const newTimestamp = row === null ? timestamp : Math.max(timestamp, row.timestamp);
    let next: unknown;
    if (this.#initializer === null) {
      next = old === null ? value : (this.#aggregator(key, value, old) ?? null);
    } else {
      // What the initializer gave counts as the old value, too.
      if (old === null) old = this.#initializer() ?? null;
      next = this.#aggregator(key, value, old) ?? null;
    }
    const put = store.put(key, next, newTimestamp);
    if (put !== 'refused') this.forwardChange(key, next, old, put === 'latest', newTimestamp);
  }
}

/** The next aggregate of a window, where a reduction has no aggregate yet. */
export function aggregated(aggregation: Aggregation, key: unknown, value: unknown, old: unknown): unknown {
  if (aggregation.initializer === null && old === null) return value;
  return aggregation.aggregator(key, value, old) ?? null;
}

export function initialValue(aggregation: Aggregation): unknown {
  return aggregation.initializer === null ? null : (aggregation.initializer() ?? null);
}
