import { StreamsError } from '../errors.ts';
import type { NodeContext } from '../topology/running-node.ts';
import type { Change } from './change.ts';
import { StoredTable } from './stored-table.ts';
import { type TableStore, tableStore } from './table-store.ts';
import type { Fn0, Fn3 } from './user-functions.ts';

type TableAggregation = { readonly initializer: Fn0 | null; readonly adder: Fn3; readonly subtractor: Fn3 };

/** Aggregates the rows of each group: takes a row's old value out, then puts its new one in. */
export class TableAggregate extends StoredTable {
  readonly #storeName: string;
  readonly #aggregation: TableAggregation;
  #store: TableStore | null = null;

  constructor(name: string, storeName: string, aggregation: TableAggregation, sendsOldValues: boolean) {
    super(name, sendsOldValues);
    this.#storeName = storeName;
    this.#aggregation = aggregation;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = tableStore(context.getStore(this.#storeName));
    if (this.#store.flushing !== null) this.followTimestamped(this.#store.flushing);
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    if (key === null) {
      throw new StreamsError(
        'STREAMS_FAILED',
        `Record key for KTable aggregate operator with state ${this.#storeName} should not be null.`,
      );
    }
    const { subtractor } = this.#aggregation;
    const store = this.#store!;
    const row = store.get(key);
    const old = row === null ? null : row.value;
    const newTimestamp = row === null ? timestamp : Math.max(timestamp, row.timestamp);
    const without = change.old !== null && old !== null ? (subtractor(key, change.old, old) ?? null) : old;
    const next = change.new === null ? without : this.#added(key, change.new, without);
    const put = store.put(key, next, newTimestamp);
    if (put !== 'refused') this.forwardChange(key, next, old, put === 'latest', newTimestamp);
  }

  #added(key: unknown, value: unknown, aggregate: unknown): unknown {
    const { initializer, adder } = this.#aggregation;
    if (aggregate !== null) return adder(key, value, aggregate) ?? null;
    return initializer === null ? value : (adder(key, value, initializer()) ?? null);
  }
}
