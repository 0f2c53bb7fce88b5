import { StreamsError } from '../errors.ts';
import { writeInt64 } from '../lib/int64.ts';
import { ALL_KEYS, OrderedMap } from '../lib/ordered-map.ts';
import type { Serde } from '../serdes/serde.ts';
import { restoreRecordContext, saveRecordContext } from '../state/record-context.ts';
import type { KeyValueStore, Windowed } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';
import type { Change } from './change.ts';
import { contextOf, heldContext } from './held-context.ts';
import type { HeldChange } from './suppress-buffer.ts';

export type SuppressOptions = {
  readonly storeName: string;
  readonly keySerde: Serde<unknown>;
  readonly waitMs: number;
  /** Waits by the end of the key's window, and drops deletions; else by the record's time. */
  readonly untilWindowCloses: boolean;
  readonly recordsMax: number;
  readonly bytesMax: number;
  readonly whenFull: 'emit' | 'shut-down';
};

type Slot = { readonly key: unknown; bytes: number };

const TIME_SIZE = 8;

/** Roughly what a held change costs beside its key and value. */
const SLOT_BYTES = 100;

/** Holds back changes of a table: the latest of each key, in the order of (time, key bytes). */
export class Suppress extends RunningNode {
  readonly #options: SuppressOptions;
  readonly #order = new OrderedMap<Slot>();
  #store: KeyValueStore<unknown, HeldChange> | null = null;
  #streamTimeMs = -1;
  #bytes = 0;

  constructor(name: string, options: SuppressOptions) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#options.storeName) as KeyValueStore<unknown, HeldChange>;
    for (const [key, held] of this.#store.all()) this.#enter(key, held.time);
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    const { waitMs, whenFull, recordsMax, bytesMax } = this.#options;
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    this.#hold(key, change, timestamp);
    const expiryMs = this.#streamTimeMs - waitMs;
    this.#release((timeMs) => timeMs <= expiryMs);
    if (!this.#isOver()) return;
    if (whenFull === 'emit') {
      this.#release(() => this.#isOver());
      return;
    }
    throw new StreamsError(
      'STREAMS_FAILED',
      `${this.name} buffer exceeded its max capacity. Currently [${this.#order.size}/${recordsMax}] records and ` +
        `[${this.#bytes}/${bytesMax}] bytes.`,
    );
  }

  #hold(key: unknown, change: Change, timestamp: number): void {
    const store = this.#store!;
    const held = store.get(key);
    const time = held?.time ?? this.#timeOf(key, timestamp);
    store.put(key, {
      time,
      prior: held === null ? change.old : held.prior,
      old: change.old,
      new: change.new,
      context: heldContext(this.context.record, timestamp),
    });
    if (held === null) this.#enter(key, time);
  }

  #timeOf(key: unknown, timestamp: number): number {
    return this.#options.untilWindowCloses ? (key as Windowed<unknown>).window.endMs : timestamp;
  }

  #enter(key: unknown, time: number): void {
    const orderKey = this.#orderKey(key, time);
    const bytes = orderKey.length + SLOT_BYTES;
    this.#order.set(orderKey, { key, bytes });
    this.#bytes += bytes;
  }

  #orderKey(key: unknown, time: number): Uint8Array {
    const keyBytes = this.#options.keySerde.serialize(key, this.#options.storeName);
    const bytes = new Uint8Array(TIME_SIZE + keyBytes.length);
    writeInt64(bytes, 0, time);
    bytes.set(keyBytes, TIME_SIZE);
    return bytes;
  }

  #isOver(): boolean {
    return this.#order.size > this.#options.recordsMax || this.#bytes > this.#options.bytesMax;
  }

  #release(isDue: (timeMs: number) => boolean): void {
    const store = this.#store!;
    for (let first = this.#first(); first !== null; first = this.#first()) {
      const held = store.get(first.slot.key)!;
      if (!isDue(held.time)) return;
      this.#order.delete(first.orderKey);
      this.#bytes -= first.slot.bytes;
      store.put(first.slot.key, null);
      this.#emit(first.slot.key, held);
    }
  }

  #first(): { readonly orderKey: Uint8Array; readonly slot: Slot } | null {
    const cursor = this.#order.scan(ALL_KEYS);
    const first = cursor.next() ? { orderKey: cursor.key, slot: cursor.value } : null;
    cursor.close();
    return first;
  }

  #emit(key: unknown, held: HeldChange): void {
    if (held.new === null && this.#options.untilWindowCloses) return;
    const { record } = this.context;
    const saved = saveRecordContext(record);
    restoreRecordContext(record, contextOf(held.context));
    try {
      this.forward(key, { new: held.new, old: held.old, isLatest: true }, held.context.timestamp);
    } finally {
      restoreRecordContext(record, saved);
    }
  }
}
