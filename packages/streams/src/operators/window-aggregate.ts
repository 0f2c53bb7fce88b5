import type { TimestampedWindowStore } from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';
import { firstWindowStart, type TimeWindows } from '../windows/time-windows.ts';
import { UNLIMITED_END_MS, type UnlimitedWindows } from '../windows/unlimited-windows.ts';
import { type Aggregation, aggregated, initialValue } from './aggregate.ts';
import { type Emission, FinalResults } from './final-results.ts';
import { StoredTable } from './stored-table.ts';

type WindowAggregateOptions = {
  readonly storeName: string;
  readonly aggregation: Aggregation;
  readonly windows: TimeWindows | UnlimitedWindows;
  readonly emission: Emission;
  /** Of the store. */
  readonly retentionMs: number;
  readonly sendsOldValues: boolean;
};

/** Aggregates by key and fixed windows: tumbling, hopping, unlimited. */
export class WindowAggregate extends StoredTable {
  readonly #options: WindowAggregateOptions;
  readonly #sizeMs: number;
  readonly #advanceMs: number;
  #store: TimestampedWindowStore<unknown, unknown> | null = null;
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
    this.#store = context.getStore(this.#options.storeName) as TimestampedWindowStore<unknown, unknown>;
    const { emission } = this.#options;
    if (emission !== 'updates') this.#final = new FinalResults(context, emission, this.#options.retentionMs);
    else this.followTimestamped(this.#store);
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key === null) {
      this.context.dropped(this.name, 'null key');
      return;
    }
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    const closeMs = this.#streamTimeMs - this.#options.windows.graceMs;
    // Before the record moves the store's time, so that no closed window falls out of the store's retention unseen.
    if (this.#final?.isFirst === true) this.#emitClosed(this.#final, closeMs, timestamp);
    this.#updateWindows(key, value, timestamp, closeMs);
    if (this.#final?.isFirst === false) this.#emitClosed(this.#final, closeMs, timestamp);
  }

  #updateWindows(key: unknown, value: unknown, timestamp: number, closeMs: number): void {
    const { windows } = this.#options;
    if (windows.kind === 'unlimited') {
      if (timestamp >= windows.startMs) this.#update(key, value, timestamp, windows.startMs);
      return;
    }
    for (let startMs = firstWindowStart(windows, timestamp); startMs <= timestamp; startMs += this.#advanceMs) {
      if (startMs + this.#sizeMs > closeMs) this.#update(key, value, timestamp, startMs);
      else this.context.dropped(this.name, 'expired window');
    }
  }

  #update(key: unknown, value: unknown, timestamp: number, startMs: number): void {
    const store = this.#store!;
    const { aggregation } = this.#options;
    const row = store.fetch(key, startMs);
    const old = row === null ? initialValue(aggregation) : row.value;
    const newTimestamp = row === null ? timestamp : Math.max(timestamp, row.timestamp);
    const next = aggregated(aggregation, key, value, old);
    store.put(key, next === null ? null : { value: next, timestamp: newTimestamp }, startMs);
    const endMs = Math.min(startMs + this.#sizeMs, UNLIMITED_END_MS);
    if (this.#final !== null) {
      if (row === null) this.#final.opened(endMs);
      return;
    }
    this.forwardChange({ key, window: { startMs, endMs } }, next, old, true, newTimestamp);
  }

  #emitClosed(final: FinalResults, closeMs: number, timestamp: number): void {
    const earliestStartMs = final.emittedCloseMs === -1 ? 0 : Math.max(0, final.emittedCloseMs - this.#sizeMs + 1);
    if (!final.isDue(closeMs, earliestStartMs, timestamp)) return;
    const latestStartMs = closeMs - this.#sizeMs;
    if (latestStartMs < 0) return;
    for (const [windowed, row] of this.#store!.fetchAll(earliestStartMs, latestStartMs)) {
      this.forwardChange(windowed, row.value, null, true, row.timestamp);
    }
    final.emitted(closeMs);
  }
}
