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
  #streamTimeMs = -1;

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
    const { beforeMs, afterMs, sizeMs, graceMs } = this.#windows;
    const store = this.#store!;
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    // Of two equal streams, the second would not find the record in the first one's store if that is too old to keep.
    let meetsItself = timestamp > this.#streamTimeMs - (sizeMs + graceMs) + 1;
    for (const [otherMs, other] of store.fetchRange(key, Math.max(0, timestamp - beforeMs), timestamp + afterMs)) {
      this.forward(key, this.#joined(key, value, other), Math.max(timestamp, otherMs));
    }
    for (const [otherMs, other] of store.fetchRange(key, Math.max(0, timestamp - afterMs), timestamp + beforeMs)) {
      if (otherMs > timestamp && meetsItself) {
        meetsItself = false;
        this.forward(key, this.#joined(key, value, value), timestamp);
      }
      this.forward(key, this.#joined(key, other, value), Math.max(timestamp, otherMs));
    }
    if (meetsItself) this.forward(key, this.#joined(key, value, value), timestamp);
  }

  #joined(key: unknown, left: unknown, right: unknown): unknown {
    return this.#joiner(left, right, key) ?? null;
  }
}
