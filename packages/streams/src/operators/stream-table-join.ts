import type { ReadOnlyKeyValueStore, ValueAndTimestamp } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';
import type { Fn2, Fn3 } from './user-functions.ts';
import { type GetterSpec, makeGetter, type ValueGetter } from './value-getter.ts';

export type StreamTableJoinOptions = {
  readonly table: GetterSpec;
  readonly joiner: Fn3;
  readonly isLeft: boolean;
};

/** Joins each record of a stream with the table's row: the present one, or with a history that of the record's time. */
export class StreamTableJoin extends RunningNode {
  readonly #options: StreamTableJoinOptions;
  #table: ValueGetter | null = null;

  constructor(name: string, options: StreamTableJoinOptions) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#table = makeGetter(this.#options.table, context);
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (this.isDropped(key, value)) this.context.dropped(this.name, 'null key or value');
    else this.join(key, value, timestamp);
  }

  protected isDropped(key: unknown, value: unknown): boolean {
    return value === null || (key === null && !this.#options.isLeft);
  }

  protected join(key: unknown, value: unknown, timestamp: number): void {
    const table = this.#table!;
    let row: ValueAndTimestamp<unknown> | null = null;
    if (key !== null) row = table.getAsOf === null ? table.get(key) : table.getAsOf(key, timestamp);
    if (row === null && !this.#options.isLeft) return;
    this.forward(key, this.#options.joiner(value, row === null ? null : row.value, key) ?? null, timestamp);
  }
}

/** Joins each record of a stream with the row of a global table that a key of the record's choice names. */
export class StreamGlobalJoin extends RunningNode {
  readonly #storeName: string;
  readonly #selectKey: Fn2;
  readonly #joiner: Fn3;
  readonly #isLeft: boolean;
  #rows: ReadOnlyKeyValueStore<unknown, ValueAndTimestamp<unknown>> | null = null;

  constructor(
    name: string,
    storeName: string,
    functions: { readonly selectKey: Fn2; readonly joiner: Fn3 },
    isLeft: boolean,
  ) {
    super(name);
    this.#storeName = storeName;
    this.#selectKey = functions.selectKey;
    this.#joiner = functions.joiner;
    this.#isLeft = isLeft;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#rows = context.getStore(this.#storeName) as ReadOnlyKeyValueStore<unknown, ValueAndTimestamp<unknown>>;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (value === null) {
      this.context.dropped(this.name, 'null value');
      return;
    }
    const tableKey = this.#selectKey(key, value) ?? null;
    const row = tableKey === null ? null : this.#rows!.get(tableKey);
    if (row !== null || this.#isLeft) {
      this.forward(key, this.#joiner(value, row === null ? null : row.value, key) ?? null, timestamp);
    } else if (tableKey === null) {
      this.context.dropped(this.name, 'null mapped key');
    }
  }
}
