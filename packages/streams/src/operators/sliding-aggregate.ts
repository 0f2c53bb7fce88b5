import type { HoldingStore, TimestampedWindowStore, ValueAndTimestamp } from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';
import type { SlidingWindows } from '../windows/sliding-windows.ts';
import { type Aggregation, aggregated, initialValue } from './aggregate.ts';
import { type Emission, FinalResults, NEVER_EMITTED } from './final-results.ts';
import { StoredTable } from './stored-table.ts';

type Windows = TimestampedWindowStore<unknown, unknown> & HoldingStore<unknown, ValueAndTimestamp<unknown>>;

type SlidingAggregateOptions = {
  readonly storeName: string;
  readonly aggregation: Aggregation;
  readonly windows: SlidingWindows;
  readonly emission: Emission;
  readonly sendsOldValues: boolean;
};

type Row = ValueAndTimestamp<unknown> | null;
type InputRecord = {
  readonly key: unknown;
  readonly value: unknown;
  readonly timestamp: number;
  readonly closeMs: number;
};

/** What the windows around a record tell about its neighbours. A row's timestamp is that of its window's last record. */
type Neighbours = {
  readonly starts: Set<number>;
  /** The last record before this one, if a window shows it. */
  previousMs: number | null;
  /** The window that ends before the record: what its left window starts from. */
  left: Row;
  /** A window over the record: what its right window starts from. */
  right: Row;
  hasLeftWindow: boolean;
  hasRightWindow: boolean;
};

/** Aggregates by key and sliding window: every distinct, non-empty window of the time difference. */
export class SlidingAggregate extends StoredTable {
  readonly #options: SlidingAggregateOptions;
  readonly #differenceMs: number;
  #store: Windows | null = null;
  #final: FinalResults | null = null;
  #streamTimeMs = -1;

  constructor(name: string, options: SlidingAggregateOptions) {
    super(name, options.sendsOldValues);
    this.#options = options;
    this.#differenceMs = options.windows.timeDifferenceMs;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#options.storeName) as Windows;
    const { emission } = this.#options;
    if (emission.kind === 'updates') this.followTimestamped(this.#store);
    else this.#final = this.#beginFinals(context, emission);
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    // Other windows aggregate null values; these do not.
    if (key === null || value === null) {
      this.context.dropped(this.name, 'null key or value');
      return;
    }
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    const closeMs = this.#streamTimeMs - this.#options.windows.graceMs;
    const isEarly = timestamp < this.#differenceMs;
    // An early record closes no window, as in Kafka Streams; it does not begin the interval of emissions either.
    const final = isEarly ? null : this.#final;
    if (timestamp + 1 + this.#differenceMs <= closeMs) {
      this.refuseLate(key, value, timestamp, 'expired window');
      return;
    }
    const record = { key, value, timestamp, closeMs };
    if (isEarly) this.#processEarly(record);
    else this.#processUsual(record);
    final?.advance(closeMs);
  }

  #processUsual(record: InputRecord): void {
    const { key, timestamp } = record;
    const difference = this.#differenceMs;
    const around: Neighbours = noNeighbours();
    const fromMs = Math.max(0, timestamp - 2 * difference);
    for (const [startMs, row] of this.#store!.backwardFetchRange(key, fromMs, timestamp + 1)) {
      around.starts.add(startMs);
      const endMs = startMs + difference;
      if (startMs === timestamp + 1) {
        around.hasRightWindow = true;
      } else if (endMs > timestamp) {
        around.right ??= row;
        this.#update(record, startMs, row);
      } else if (endMs === timestamp) {
        around.hasLeftWindow = true;
        this.#update(record, startMs, row);
        // A window that ends with an earlier record of this very time: all of this record's windows exist.
        if (row.timestamp >= timestamp) return;
        around.previousMs = row.timestamp;
      } else {
        around.left = row;
        around.previousMs = row.timestamp;
        break;
      }
    }
    this.#createMissing(record, around);
  }

  #createMissing(record: InputRecord, around: Neighbours): void {
    const { timestamp } = record;
    const difference = this.#differenceMs;
    const { previousMs } = around;
    if (previousMs !== null && !around.starts.has(previousMs + 1) && previousMs + 1 + difference >= timestamp) {
      this.#update(record, previousMs + 1, this.#fresh(timestamp));
    }
    if (!around.hasLeftWindow) {
      const reachesPrevious = previousMs !== null && timestamp - difference <= previousMs;
      const base = reachesPrevious ? around.left && { value: around.left.value, timestamp } : this.#fresh(timestamp);
      this.#update(record, timestamp - difference, base);
    }
    if (!around.hasRightWindow) this.#createRightWindow(record, around.right);
  }

  /** Records of times before the first full window share the window [0, difference]. */
  #processEarly(record: InputRecord): void {
    const { key, timestamp } = record;
    const around: Neighbours = noNeighbours();
    let shared: Row = null;
    for (const [startMs, row] of this.#store!.fetchRange(key, 0, timestamp + 1)) {
      around.starts.add(startMs);
      if (startMs === 0) {
        shared = row;
        if (row.timestamp < timestamp) around.previousMs = row.timestamp;
      } else if (startMs <= timestamp) {
        around.right = row;
        this.#update(record, startMs, row);
      } else {
        around.hasRightWindow = true;
      }
    }
    // Without a window that begins between, the shared one holds only records that come after this one.
    around.right ??= shared;
    if (!around.hasRightWindow) this.#createRightWindow(record, around.right);
    const { previousMs } = around;
    if (previousMs !== null && !around.starts.has(previousMs + 1)) {
      this.#update(record, previousMs + 1, this.#fresh(timestamp));
    }
    this.#update(record, 0, shared ?? this.#fresh(timestamp));
  }

  /** The window right of the record, which holds what comes after it, if anything does. */
  #createRightWindow(record: InputRecord, right: Row): void {
    if (right === null || right.timestamp <= record.timestamp) return;
    const startMs = record.timestamp + 1;
    this.#store!.put(record.key, right, startMs);
    this.#forwardUpdate(record.key, startMs, right.value, null, right.timestamp);
  }

  #fresh(timestamp: number): Row {
    const value = initialValue(this.#options.aggregation);
    return value === null ? null : { value, timestamp };
  }

  #update(record: InputRecord, startMs: number, row: Row): void {
    if (startMs + this.#differenceMs < record.closeMs) {
      this.context.dropped(this.name, 'expired window');
      return;
    }
    const old = row === null ? null : row.value;
    const next = aggregated(this.#options.aggregation, record.key, record.value, old);
    const timestamp = row === null ? record.timestamp : Math.max(record.timestamp, row.timestamp);
    this.#store!.put(record.key, next === null ? null : { value: next, timestamp }, startMs);
    this.#forwardUpdate(record.key, startMs, next, old, timestamp);
  }

  #forwardUpdate(key: unknown, startMs: number, next: unknown, old: unknown, timestamp: number): void {
    if (this.#final !== null) return;
    const window = { startMs, endMs: startMs + this.#differenceMs };
    this.forwardChange({ key, window }, next, old, true, timestamp);
  }

  #beginFinals(context: NodeContext, emission: Extract<Emission, { kind: 'finals' }>): FinalResults {
    const { storeName, windows } = this.#options;
    const store = this.#store!;
    const difference = this.#differenceMs;
    const holds = emission.of === 'all';
    const final = new FinalResults(this, context, emission, {
      storeName,
      hold: (fromMs) => store.holdFrom(fromMs),
      emit: (emittedCloseMs, closeMs) => {
        // Both ends are inclusive: a window that ends at the close time is still open.
        const latestStartMs = closeMs - difference - 1;
        if (latestStartMs < 0) return null;
        const fromMs = emittedCloseMs === NEVER_EMITTED ? 0 : Math.max(0, emittedCloseMs - difference);
        const closed = holds ? store.fetchHeld(fromMs, latestStartMs) : store.fetchAll(fromMs, latestStartMs);
        for (const [windowed, row] of closed) this.forwardChange(windowed, row.value, null, true, row.timestamp);
        return latestStartMs + 1;
      },
      closeAll: () => {
        this.#streamTimeMs += difference + 1 + windows.graceMs;
        return this.#streamTimeMs - windows.graceMs;
      },
    });
    // What was emitted before a restart is closed, whoever comes first.
    if (final.emittedCloseMs !== NEVER_EMITTED) this.#streamTimeMs = final.emittedCloseMs + windows.graceMs;
    return final;
  }
}

function noNeighbours(): Neighbours {
  return {
    starts: new Set(),
    previousMs: null,
    left: null,
    right: null,
    hasLeftWindow: false,
    hasRightWindow: false,
  };
}
