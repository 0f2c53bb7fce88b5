import type { HoldingStore, TimestampedWindowStore, ValueAndTimestamp, Windowed } from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';
import { firstWindowStart, type TimeWindows } from '../windows/time-windows.ts';
import { UNLIMITED_END_MS, type UnlimitedWindows } from '../windows/unlimited-windows.ts';
import { type Aggregation, aggregated, initialValue } from './aggregate.ts';
import { type Emission, FinalResults } from './final-results.ts';
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
    if (emission !== 'updates') this.#final = this.#beginFinals(context, emission);
    else this.followTimestamped(this.#store);
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key === null) {
      this.context.dropped(this.name, 'null key');
      return;
    }
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    const closeMs = this.#streamTimeMs - this.#options.windows.graceMs;
    this.#updateWindows(key, value, timestamp, closeMs);
    if (this.#final !== null) this.#emitClosed(this.#final, closeMs);
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
    if (this.#final !== null) return;
    const endMs = Math.min(startMs + this.#sizeMs, UNLIMITED_END_MS);
    this.forwardChange({ key, window: { startMs, endMs } }, next, old, true, newTimestamp);
  }

  #emitClosed(final: FinalResults, closeMs: number): void {
    if (!final.isDue(closeMs)) return;
    const latestStartMs = closeMs - this.#sizeMs;
    if (latestStartMs < 0) return;
    const earliestStartMs = final.emittedCloseMs === -1 ? 0 : Math.max(0, final.emittedCloseMs - this.#sizeMs + 1);
    for (const [windowed, row] of this.#rowsOf(final, earliestStartMs, latestStartMs)) {
      this.forwardChange(windowed, row.value, null, true, row.timestamp);
    }
    final.emittedCloseMs = closeMs;
    if (final.holds) this.#store!.holdFrom(latestStartMs + 1);
  }

  #rowsOf(
    final: FinalResults,
    fromMs: number,
    toMs: number,
  ): Iterable<readonly [Windowed<unknown>, ValueAndTimestamp<unknown>]> {
    const store = this.#store!;
    return final.holds ? store.fetchHeld(fromMs, toMs) : store.fetchAll(fromMs, toMs);
  }

  #beginFinals(context: NodeContext, emission: Exclude<Emission, 'updates'>): FinalResults {
    const final = new FinalResults(context, emission);
    if (final.holds) this.#store!.holdFrom(0);
    return final;
  }
}
