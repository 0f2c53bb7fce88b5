import type { WindowStore } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';
import type { JoinWindows } from '../windows/join-windows.ts';
import type { Fn3 } from './user-functions.ts';

/** A stream joined with itself over one store: results and their order are those of a join of two equal streams. */
export class StreamSelfJoin extends RunningNode {
  readonly #storeName: string;
  readonly #windows: JoinWindows;
  readonly #joiner: Fn3;
  #store: WindowStore<unknown, unknown> | null = null;

  constructor(name: string, storeName: string, windows: JoinWindows, joiner: Fn3) {
    super(name);
    this.#storeName = storeName;
    this.#windows = windows;
    this.#joiner = joiner;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#storeName) as WindowStore<unknown, unknown>;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key === null || value === null) {
      this.context.dropped(this.name, 'null key or value');
      return;
    }
    const { beforeMs, afterMs } = this.#windows;
    const store = this.#store!;
    for (const [otherMs, other] of store.fetchRange(key, Math.max(0, timestamp - beforeMs), timestamp + afterMs)) {
      this.forward(key, this.#joiner(value, other, key) ?? null, Math.max(timestamp, otherMs));
    }
    let hasMetItself = false;
    for (const [otherMs, other] of store.fetchRange(key, Math.max(0, timestamp - afterMs), timestamp + beforeMs)) {
      if (otherMs > timestamp && !hasMetItself) {
        hasMetItself = true;
        this.forward(key, this.#joiner(value, value, key) ?? null, timestamp);
      }
      this.forward(key, this.#joiner(other, value, key) ?? null, Math.max(timestamp, otherMs));
    }
    if (!hasMetItself) this.forward(key, this.#joiner(value, value, key) ?? null, timestamp);
  }
}
