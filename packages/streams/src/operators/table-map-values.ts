import type { NodeContext } from '../topology/running-node.ts';
import type { Change } from './change.ts';
import { StoredTable } from './stored-table.ts';
import { type TableStore, tableStore } from './table-store.ts';
import { transformerContext } from './transformer-context.ts';
import type { Fn2 } from './user-functions.ts';
import type { RowTransformer } from './value-getter.ts';

/** Computes a new value for each row, and keeps it if the result has a store. */
abstract class MappedTable extends StoredTable {
  readonly #storeName: string | null;
  #store: TableStore | null = null;

  constructor(name: string, storeName: string | null, sendsOldValues: boolean) {
    super(name, sendsOldValues);
    this.#storeName = storeName;
  }

  override init(context: NodeContext): void {
    super.init(context);
    if (this.#storeName === null) return;
    this.#store = tableStore(context.getStore(this.#storeName));
    if (this.#store.flushing !== null) this.followTimestamped(this.#store.flushing);
  }

  protected abstract compute(key: unknown, value: unknown): unknown;

  protected process(key: unknown, change: Change, timestamp: number): void {
    const next = this.compute(key, change.new) ?? null;
    const store = this.#store;
    if (store === null) {
      const old = this.sendsOldValues ? (this.compute(key, change.old) ?? null) : null;
      this.forward(key, { new: next, old, isLatest: change.isLatest }, timestamp);
      return;
    }
    const old = this.sendsOldValues ? (store.get(key)?.value ?? null) : null;
    const put = store.put(key, next, timestamp);
    if (put !== 'refused') this.forwardChange(key, next, old, put === 'latest', timestamp);
  }
}

/** The mapper never sees a deleted row. */
export class TableMapValues extends MappedTable {
  readonly #mapper: Fn2;

  constructor(name: string, mapper: Fn2, storeName: string | null, sendsOldValues: boolean) {
    super(name, storeName, sendsOldValues);
    this.#mapper = mapper;
  }

  protected compute(key: unknown, value: unknown): unknown {
    return value === null ? null : this.#mapper(value, key);
  }
}

/** The transformer sees deleted rows as null, and the time of the change. */
export class TableTransformValues extends MappedTable {
  readonly #transformer: RowTransformer;

  constructor(name: string, supplier: () => RowTransformer, storeName: string | null, sendsOldValues: boolean) {
    super(name, storeName, sendsOldValues);
    this.#transformer = supplier();
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#transformer.init?.(transformerContext(context));
  }

  override close(): void {
    this.#transformer.close?.();
  }

  protected compute(key: unknown, value: unknown): unknown {
    return this.#transformer.transform(key, value);
  }
}
