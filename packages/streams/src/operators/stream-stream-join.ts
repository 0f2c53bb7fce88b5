import type { KeyValueStore, WindowStore } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';
import type { JoinWindows } from '../windows/join-windows.ts';
import type { JoinClock, JoinClocks } from './join-clock.ts';
import type { UnmatchedKey, UnmatchedValues } from './unmatched-serdes.ts';
import type { Fn3 } from './user-functions.ts';

type UnmatchedStore = KeyValueStore<UnmatchedKey, UnmatchedValues>;

export type StreamJoinSideOptions = {
  readonly isLeft: boolean;
  readonly otherStore: string;
  readonly windows: JoinWindows;
  /** Takes the left value first, whichever side this is; then the right value, then the key. */
  readonly joiner: Fn3;
  /** Whether records of this side leave without a match, too. */
  readonly isOuter: boolean;
  /** Where records of either side wait for a match; null for an inner join. */
  readonly sharedStore: string | null;
  /** The same for both sides. */
  readonly clocks: JoinClocks;
};

/** One side of a join of streams: joins each record with those of the other side within the window. */
export class StreamJoinSide extends RunningNode {
  readonly #options: StreamJoinSideOptions;
  readonly #beforeMs: number;
  readonly #afterMs: number;
  #clock: JoinClock | null = null;
  #others: WindowStore<unknown, unknown> | null = null;
  #unmatched: UnmatchedStore | null = null;

  constructor(name: string, options: StreamJoinSideOptions) {
    super(name);
    this.#options = options;
    const { isLeft, windows } = options;
    this.#beforeMs = isLeft ? windows.beforeMs : windows.afterMs;
    this.#afterMs = isLeft ? windows.afterMs : windows.beforeMs;
  }

  override init(context: NodeContext): void {
    super.init(context);
    const { otherStore, sharedStore, clocks } = this.#options;
    this.#clock = clocks.of(context);
    this.#others = context.getStore(otherStore) as WindowStore<unknown, unknown>;
    if (sharedStore !== null) this.#unmatched = context.getStore(sharedStore) as UnmatchedStore;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    const clock = this.#clock!;
    const { isOuter } = this.#options;
    // Also a record that joins nothing moves the time.
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
    if (unmatched !== null && timestamp === clock.streamTimeMs) this.#emitUnmatched(clock, unmatched);
    if (this.#joinWithOthers(key, value, timestamp) || !isOuter) return;
    if (unmatched === null || Math.max(0, timestamp + this.#afterMs) < clock.streamTimeMs) {
      this.forward(key, this.#joined(key, value, null), timestamp);
      return;
    }
    clock.noticeUnmatched(timestamp);
    this.#keep(unmatched, key, value, timestamp);
  }

  /** Returns whether there was any. */
  #joinWithOthers(key: unknown, value: unknown, timestamp: number): boolean {
    const fromMs = Math.max(0, timestamp - this.#beforeMs);
    const toMs = Math.max(0, timestamp + this.#afterMs);
    let hasMatch = false;
    for (const [otherMs, other] of this.#others!.fetchRange(key, fromMs, toMs)) {
      hasMatch = true;
      this.#matched(key, otherMs);
      this.forward(key, this.#joined(key, value, other), Math.max(timestamp, otherMs));
    }
    return hasMatch;
  }

  /** A record of the other side that waited for a match has one now. */
  #matched(key: unknown, timestamp: number): void {
    const unmatched = this.#unmatched;
    if (unmatched === null) return;
    const unmatchedKey = { timestamp, isLeft: !this.#options.isLeft, key };
    if (unmatched.get(unmatchedKey) !== null) unmatched.put(unmatchedKey, null);
  }

  #keep(unmatched: UnmatchedStore, key: unknown, value: unknown, timestamp: number): void {
    const { isLeft } = this.#options;
    const unmatchedKey = { timestamp, isLeft, key };
    const values = unmatched.get(unmatchedKey)?.values ?? [];
    unmatched.put(unmatchedKey, { isLeft, values: [...values, value] });
  }

  /** Emits what can find no match any more, in the order of time. */
  #emitUnmatched(clock: JoinClock, unmatched: UnmatchedStore): void {
    if (!this.#maySomeBeDue(clock)) return;
    const nowMs = this.context.clock.wallMs();
    if (nowMs < clock.nextEmitMs) return;
    clock.nextEmitMs = nowMs + this.context.emitIntervalMs;

    clock.oldestUnmatchedMs = null;
    let isLeftOpen = false;
    let isRightOpen = false;
    for (const [unmatchedKey, { values }] of unmatched.all()) {
      const { timestamp, isLeft } = unmatchedKey;
      const isOpen = this.#isOpen(clock, timestamp, isLeft);
      for (const value of values) {
        // As in Kafka Streams, what is remembered is the record behind those that show both sides open.
        clock.oldestUnmatchedMs = timestamp;
        // In order of time: behind an open window of a side, all of that side are open.
        if (isLeftOpen && isRightOpen) return;
        if (!isOpen) this.#emit(unmatchedKey, value);
        else if (isLeft) isLeftOpen = true;
        else isRightOpen = true;
      }
      if (!isOpen) unmatched.put(unmatchedKey, null);
    }
  }

  #emit({ timestamp, isLeft, key }: UnmatchedKey, value: unknown): void {
    const { joiner } = this.#options;
    this.forward(key, (isLeft ? joiner(value, null, key) : joiner(null, value, key)) ?? null, timestamp);
  }

  /**
   * Spares most records the scan. By the window of this side, so a side with the wider one lets records wait longer, as
   * in Kafka Streams; so does that a join without any reach does not look before it knows of a record that waits.
   */
  #maySomeBeDue({ oldestUnmatchedMs, streamTimeMs }: JoinClock): boolean {
    const reachMs = this.#afterMs + this.#options.windows.graceMs;
    return oldestUnmatchedMs === null ? reachMs > 0 : oldestUnmatchedMs + reachMs < streamTimeMs;
  }

  #isOpen(clock: JoinClock, timestamp: number, isLeft: boolean): boolean {
    const { beforeMs, afterMs, graceMs } = this.#options.windows;
    return timestamp + (isLeft ? afterMs : beforeMs) + graceMs >= clock.streamTimeMs;
  }

  #joined(key: unknown, own: unknown, other: unknown): unknown {
    const { isLeft, joiner } = this.#options;
    return (isLeft ? joiner(own, other, key) : joiner(other, own, key)) ?? null;
  }
}
