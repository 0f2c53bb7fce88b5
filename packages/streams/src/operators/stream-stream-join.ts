import type { KeyValueStore, WindowStore } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';
import type { JoinWindows } from '../windows/join-windows.ts';
import type { UnmatchedKey, UnmatchedValues } from './unmatched-serdes.ts';
import type { Fn3 } from './user-functions.ts';

/** What the two sides of one join in one task share. */
export class JoinClock {
  streamTimeMs = -1;
  /** No unmatched record is older. */
  oldestUnmatchedMs: number = Number.POSITIVE_INFINITY;
  nextEmitMs = 0;
}

export type StreamJoinSideOptions = {
  readonly isLeft: boolean;
  readonly otherStore: string;
  readonly windows: JoinWindows;
  /** Takes the left value first, whichever side this is. */
  readonly joiner: Fn3;
  /** Whether records of this side leave without a match, too. */
  readonly isOuter: boolean;
  /** Where records without a match wait; null for an inner join. */
  readonly sharedStore: string | null;
  readonly clock: JoinClock;
};

/** One side of a join of streams: joins each record with those of the other side within the window. */
export class StreamJoinSide extends RunningNode {
  readonly #options: StreamJoinSideOptions;
  readonly #beforeMs: number;
  readonly #afterMs: number;
  #others: WindowStore<unknown, unknown> | null = null;
  #unmatched: KeyValueStore<UnmatchedKey, UnmatchedValues> | null = null;

  constructor(name: string, options: StreamJoinSideOptions) {
    super(name);
    this.#options = options;
    const { isLeft, windows } = options;
    this.#beforeMs = isLeft ? windows.beforeMs : windows.afterMs;
    this.#afterMs = isLeft ? windows.afterMs : windows.beforeMs;
  }

  override init(context: NodeContext): void {
    super.init(context);
    const { otherStore, sharedStore } = this.#options;
    this.#others = context.getStore(otherStore) as WindowStore<unknown, unknown>;
    if (sharedStore === null) return;
    this.#unmatched = context.getStore(sharedStore) as KeyValueStore<UnmatchedKey, UnmatchedValues>;
    // After a restart nothing is known of what waits: look at the next chance.
    for (const [key] of this.#unmatched.all()) {
      this.#options.clock.oldestUnmatchedMs = Math.min(this.#options.clock.oldestUnmatchedMs, key.timestamp);
      break;
    }
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    const { clock, isLeft, isOuter } = this.#options;
    clock.streamTimeMs = Math.max(clock.streamTimeMs, timestamp);
    if (key === null && value !== null && isOuter) {
      this.forward(key, this.#joined(key, value, null), timestamp);
      return;
    }
    if (key === null || value === null) {
      this.context.dropped(this.name, 'null key or value');
      return;
    }
    const unmatched = this.#unmatched;
    if (unmatched !== null && timestamp === clock.streamTimeMs) this.#emitUnmatched(unmatched);

    const toMs = Math.max(0, timestamp + this.#afterMs);
    let hasMatch = false;
    for (const [otherMs, other] of this.#others!.fetchRange(key, Math.max(0, timestamp - this.#beforeMs), toMs)) {
      hasMatch = true;
      if (unmatched !== null) this.#forget(unmatched, { timestamp: otherMs, isLeft: !isLeft, key });
      this.forward(key, this.#joined(key, value, other), Math.max(timestamp, otherMs));
    }
    if (hasMatch || !isOuter) return;
    if (unmatched === null || toMs < clock.streamTimeMs) this.forward(key, this.#joined(key, value, null), timestamp);
    else this.#remember(unmatched, { timestamp, isLeft, key }, value);
  }

  #remember(store: KeyValueStore<UnmatchedKey, UnmatchedValues>, unmatchedKey: UnmatchedKey, value: unknown): void {
    const { clock } = this.#options;
    clock.oldestUnmatchedMs = Math.min(clock.oldestUnmatchedMs, unmatchedKey.timestamp);
    const present = store.get(unmatchedKey)?.values ?? [];
    store.put(unmatchedKey, { isLeft: unmatchedKey.isLeft, values: [...present, value] });
  }

  #forget(store: KeyValueStore<UnmatchedKey, UnmatchedValues>, unmatchedKey: UnmatchedKey): void {
    if (store.get(unmatchedKey) !== null) store.put(unmatchedKey, null);
  }

  /** Emits what can find no match any more, in the order of time. */
  #emitUnmatched(store: KeyValueStore<UnmatchedKey, UnmatchedValues>): void {
    const { clock, windows } = this.#options;
    const leastAheadMs = Math.min(windows.beforeMs, windows.afterMs);
    if (clock.oldestUnmatchedMs + leastAheadMs + windows.graceMs >= clock.streamTimeMs) return;
    const nowMs = this.context.clock.wallMs();
    if (nowMs < clock.nextEmitMs) return;
    clock.nextEmitMs = nowMs + this.context.emitIntervalMs;

    clock.oldestUnmatchedMs = Number.POSITIVE_INFINITY;
    let isLeftOpen = false;
    let isRightOpen = false;
    for (const [unmatchedKey, { values }] of store.all()) {
      const { timestamp, isLeft, key } = unmatchedKey;
      const aheadMs = isLeft ? windows.afterMs : windows.beforeMs;
      if (timestamp + aheadMs + windows.graceMs >= clock.streamTimeMs) {
        clock.oldestUnmatchedMs = Math.min(clock.oldestUnmatchedMs, timestamp);
        // In order of time, so behind an open window of a side all of that side are open.
        if (isLeft) isLeftOpen = true;
        else isRightOpen = true;
        if (isLeftOpen && isRightOpen) break;
        continue;
      }
      for (const value of values) {
        const { joiner } = this.#options;
        this.forward(key, (isLeft ? joiner(value, null, key) : joiner(null, value, key)) ?? null, timestamp);
      }
      store.put(unmatchedKey, null);
    }
  }

  #joined(key: unknown, own: unknown, other: unknown): unknown {
    const { isLeft, joiner } = this.#options;
    return (isLeft ? joiner(own, other, key) : joiner(other, own, key)) ?? null;
  }
}
