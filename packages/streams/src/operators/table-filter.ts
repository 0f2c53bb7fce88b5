import type { NodeContext } from '../topology/running-node.ts';
import type { Change } from './change.ts';
import { StoredTable } from './stored-table.ts';
import { type TableStore, tableStore } from './table-store.ts';
import type { Predicate2 } from './user-functions.ts';

/** Rows that the predicate does not let through become deletions. */
export class TableFilter extends StoredTable {
  readonly #predicate: Predicate2;
  readonly #not: boolean;
  readonly #isVersioned: boolean;
  readonly #storeName: string | null;
  #store: TableStore | null = null;

  constructor(
    name: string,
    filter: { readonly predicate: Predicate2; readonly not: boolean; readonly isVersioned: boolean },
    storeName: string | null,
    sendsOldValues: boolean,
  ) {
    super(name, sendsOldValues);
    this.#predicate = filter.predicate;
    this.#not = filter.not;
    this.#isVersioned = filter.isVersioned;
    this.#storeName = storeName;
  }

  override init(context: NodeContext): void {
    super.init(context);
    if (this.#storeName === null) return;
    this.#store = tableStore(context.getStore(this.#storeName));
    if (this.#store.flushing !== null) this.followTimestamped(this.#store.flushing);
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    const store = this.#store;
    const next = this.#kept(key, change.new);
    let old: unknown = null;
    if (this.sendsOldValues) old = store === null ? this.#kept(key, change.old) : (store.get(key)?.value ?? null);
    // A row that was not there before and is not there now; of a table with history, it may be so at another time only.
    if (this.sendsOldValues && !this.#isVersioned && next === null && old === null) return;
    if (store === null) {
      this.forward(key, { new: next, old, isLatest: change.isLatest }, timestamp);
      return;
    }
    const put = store.put(key, next, timestamp);
    if (put !== 'refused') this.forwardChange(key, next, old, put === 'latest', timestamp);
  }

  #kept(key: unknown, value: unknown): unknown {
    return value !== null && this.#predicate(key, value) !== this.#not ? value : null;
  }
}
