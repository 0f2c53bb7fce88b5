import type { HoldingStore, TimestampedWindowStore, ValueAndTimestamp } from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';
import { firstWindowStart, type TimeWindows } from '../windows/time-windows.ts';
import { UNLIMITED_END_MS, type UnlimitedWindows } from '../windows/unlimited-windows.ts';
import { type Aggregation, aggregated, initialValue } from './aggregate.ts';
import { type Emission, FinalResults, NEVER_EMITTED } from './final-results.ts';
import { StoredTable } from './stored-table.ts';

type Windows = TimestampedWindowStore<unknown, unknown> & HoldingStore<unknown, ValueAndTimestamp<unknown>>;

type WindowAggregateOptions = {
  readonly storeName: string;
  readonly aggregation: Aggregation;
  readonly windows: TimeWindows | UnlimitedWindows;
  readonly emission: Emission;
  readonly sendsOldValues: boolean;
};

/** Aggregates by key and fixed windows: tumbling, hopping, unlimited. */
export class WindowAggregate extends StoredTable {
  readonly #options: WindowAggregateOptions;
  readonly #sizeMs: number;
  readonly #advanceMs: number;
  #store: Windows | null = null;
  #final: FinalResults | null = null;
  #streamTimeMs = -1;

  constructor(name: string, options: WindowAggregateOptions) {
    super(name, options.sendsOldValues);
    this.#options = options;
    const { windows } = options;
    this.#sizeMs = windows.kind === 'time' ? windows.sizeMs : UNLIMITED_END_MS;
    this.#advanceMs = windows.kind === 'time' ? windows.advanceMs : UNLIMITED_END_MS;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#options.storeName) as Windows;
    const { emission } = this.#options;
    if (emission.kind === 'updates') this.followTimestamped(this.#store);
    else this.#final = this.#beginFinals(context, emission);
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key === null) {
      this.context.dropped(this.name, 'null key');
      return;
    }
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    const closeMs = this.#streamTimeMs - this.#options.windows.graceMs;
    this.#updateWindows(key, value, timestamp, closeMs);
    this.#final?.advance(closeMs);
  }

  #updateWindows(key: unknown, value: unknown, timestamp: number, closeMs: number): void {
    const { windows } = this.#options;
    if (windows.kind === 'unlimited') {
      if (timestamp >= windows.startMs) this.#update(key, value, timestamp, windows.startMs);
      return;
    }
    let isLate = true;
    for (let startMs = firstWindowStart(windows, timestamp); startMs <= timestamp; startMs += this.#advanceMs) {
      if (startMs + this.#sizeMs <= closeMs) continue;
      isLate = false;
      this.#update(key, value, timestamp, startMs);
    }
    if (isLate) this.refuseLate(key, value, timestamp, 'expired window');
  }

  #update(key: unknown, value: unknown, timestamp: number, startMs: number): void {
    const store = this.#store!;
    const { aggregation } = this.#options;
    const row = store.fetch(key, startMs);
    const old = row === null ? initialValue(aggregation) : row.value;
    const newTimestamp = row === null ? timestamp : Math.max(timestamp, row.timestamp);
    const next = aggregated(aggregation, key, value, old);
    store.put(key, next === null ? null : { value: next, timestamp: newTimestamp }, startMs);
    if (this.#final !== null) return;
    const endMs = Math.min(startMs + this.#sizeMs, UNLIMITED_END_MS);
    this.forwardChange({ key, window: { startMs, endMs } }, next, old, true, newTimestamp);
  }

  #beginFinals(context: NodeContext, emission: Extract<Emission, { kind: 'finals' }>): FinalResults {
    const { storeName, windows } = this.#options;
    const store = this.#store!;
    const holds = emission.of === 'all';
    const final = new FinalResults(this, context, emission, {
      storeName,
      hold: (fromMs) => store.holdFrom(fromMs),
      emit: (emittedCloseMs, closeMs) => {
        const latestStartMs = closeMs - this.#sizeMs;
        if (latestStartMs < 0) return null;
        const fromMs = emittedCloseMs === NEVER_EMITTED ? 0 : Math.max(0, emittedCloseMs - this.#sizeMs + 1);
        const closed = holds ? store.fetchHeld(fromMs, latestStartMs) : store.fetchAll(fromMs, latestStartMs);
        for (const [windowed, row] of closed) this.forwardChange(windowed, row.value, null, true, row.timestamp);
        return latestStartMs + 1;
      },
      closeAll: () => {
        const endMs = lastWindowStart(this.#streamTimeMs, this.#advanceMs) + this.#sizeMs;
        this.#streamTimeMs = Math.max(this.#streamTimeMs, endMs + windows.graceMs);
        return this.#streamTimeMs - windows.graceMs;
      },
    });
    // What was emitted before a restart is closed, whoever comes first.
    if (final.emittedCloseMs !== NEVER_EMITTED) this.#streamTimeMs = final.emittedCloseMs + windows.graceMs;
    return final;
  }
}

/** No window that holds a record up to this time begins later. */
function lastWindowStart(timeMs: number, advanceMs: number): number {
  return timeMs - (timeMs % advanceMs);
}
