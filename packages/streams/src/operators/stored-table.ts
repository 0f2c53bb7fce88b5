import type { FlushingStore, ValueAndTimestamp } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';
import { latestChange } from './change.ts';
import { LateRecords } from './pass-through.ts';

/**
 * A node whose results stand in a store. Without a record cache it forwards each change itself; with one, the cache
 * forwards when it lets go of a key, so that of several changes only the last goes on.
 */
export abstract class StoredTable extends RunningNode {
  protected readonly sendsOldValues: boolean;
  #cacheForwards = false;
  #late: RunningNode | null = null;

  constructor(name: string, sendsOldValues: boolean) {
    super(name);
    this.sendsOldValues = sendsOldValues;
  }

  override init(context: NodeContext): void {
    super.init(context);
    const at = this.children.findIndex((child) => child instanceof LateRecords);
    if (at >= 0) this.#late = this.children.splice(at, 1)[0]!;
  }

  /** A record that no window takes any more goes to who asked for such, or is dropped. */
  protected refuseLate(key: unknown, value: unknown, timestamp: number, reason: string): void {
    if (this.#late === null) this.context.dropped(this.name, reason);
    else this.#late.receive(key, value, timestamp);
  }

  protected followTimestamped(store: FlushingStore<unknown, ValueAndTimestamp<unknown>>): void {
    this.#cacheForwards = store.setFlushListener((key, newRow, oldRow) => {
      const old = this.sendsOldValues && oldRow !== null ? oldRow.value : null;
      const timestamp = newRow === null ? this.context.record.timestamp : newRow.timestamp;
      this.forward(key, latestChange(newRow === null ? null : newRow.value, old), timestamp);
    }, this.sendsOldValues);
  }

  /** Session stores keep plain values; a session's time is its end. */
  protected followSessions(store: FlushingStore<{ readonly window: { readonly endMs: number } }, unknown>): void {
    this.#cacheForwards = store.setFlushListener((session, newValue, oldValue) => {
      this.forward(session, latestChange(newValue, this.sendsOldValues ? oldValue : null), session.window.endMs);
    }, this.sendsOldValues);
  }

  protected forwardChange(
    key: unknown,
    newValue: unknown,
    oldValue: unknown,
    isLatest: boolean,
    timestamp: number,
  ): void {
    if (this.#cacheForwards) return;
    this.forward(key, { new: newValue, old: this.sendsOldValues ? oldValue : null, isLatest }, timestamp);
  }
}
