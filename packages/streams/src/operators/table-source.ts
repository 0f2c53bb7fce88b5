import type { NodeContext } from '../topology/running-node.ts';
import { latestChange } from './change.ts';
import { StoredTable } from './stored-table.ts';
import { type TableStore, tableStore } from './table-store.ts';

/** Reads records as changes of rows: of a topic, of a stream, or of a foreign-key join's answers. */
export class TableSource extends StoredTable {
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

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key === null) {
      this.context.dropped(this.name, 'null key');
      return;
    }
    const store = this.#store;
    if (store === null) {
      this.forward(key, latestChange(value, null), timestamp);
      return;
    }
    const old = store.get(key);
    const put = store.put(key, value, timestamp);
    if (put !== 'refused') this.forwardChange(key, value, old === null ? null : old.value, put === 'latest', timestamp);
  }
}
