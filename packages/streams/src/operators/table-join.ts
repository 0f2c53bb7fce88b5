import type { NodeContext } from '../topology/running-node.ts';
import { RunningNode } from '../topology/running-node.ts';
import type { Change } from './change.ts';
import { StoredTable } from './stored-table.ts';
import { type TableStore, tableStore } from './table-store.ts';
import type { Fn2 } from './user-functions.ts';
import { type GetterSpec, makeGetter, type ValueGetter } from './value-getter.ts';

type TableJoinSideOptions = {
  /** The other table. */
  readonly other: GetterSpec;
  /** Takes this side's value first. */
  readonly joiner: Fn2;
  /** Whether there is no result without a value of this side, or of the other. */
  readonly needsOwn: boolean;
  readonly needsOther: boolean;
  readonly skipsPast: boolean;
  readonly sendsOldValues: boolean;
};

/** One side of a join of tables: joins each change with the other table's present row. */
export class TableJoinSide extends RunningNode {
  readonly #options: TableJoinSideOptions;
  #other: ValueGetter | null = null;

  constructor(name: string, options: TableJoinSideOptions) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#other = makeGetter(this.#options.other, context);
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    const { needsOther, skipsPast, sendsOldValues } = this.#options;
    if (key === null) {
      this.context.dropped(this.name, 'null key');
      return;
    }
    if (skipsPast && !change.isLatest) {
      this.context.dropped(this.name, 'change of the past');
      return;
    }
    const row = this.#other!.get(key);
    const other = row === null ? null : row.value;
    if (other === null && (needsOther || (change.new === null && change.old === null))) return;
    const joined = {
      new: this.#joined(change.new, other),
      old: sendsOldValues ? this.#joined(change.old, other) : null,
      isLatest: change.isLatest,
    };
    this.forward(key, joined, other === null ? timestamp : Math.max(timestamp, row!.timestamp));
  }

  #joined(own: unknown, other: unknown): unknown {
    if (own === null && (this.#options.needsOwn || other === null)) return null;
    return this.#options.joiner(own, other) ?? null;
  }
}

/** Where the results of both sides meet; keeps them if the result has a store. */
export class TableJoinMerge extends StoredTable {
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

  protected process(key: unknown, change: Change, timestamp: number): void {
    if (this.#store === null) {
      this.forwardChange(key, change.new, change.old, change.isLatest, timestamp);
      return;
    }
    const put = this.#store.put(key, change.new, timestamp);
    if (put !== 'refused') this.forwardChange(key, change.new, change.old, put === 'latest', timestamp);
  }
}
