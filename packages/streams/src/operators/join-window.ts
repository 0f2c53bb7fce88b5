import type { WindowStore } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';

/** Keeps the records of one side of a stream join for the other side; joins first, so a record never meets itself. */
export class JoinWindow extends RunningNode {
  readonly #storeName: string;
  #store: WindowStore<unknown, unknown> | null = null;

  constructor(name: string, storeName: string) {
    super(name);
    this.#storeName = storeName;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#storeName) as WindowStore<unknown, unknown>;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.forward(key, value, timestamp);
    if (key !== null) this.#store!.put(key, value, timestamp);
  }
}
