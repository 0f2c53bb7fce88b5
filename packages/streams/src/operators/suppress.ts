import { StreamsError } from '../errors.ts';
import { readInt64, writeInt64 } from '../lib/int64.ts';
import { ALL_KEYS, OrderedMap } from '../lib/ordered-map.ts';
import type { Serde } from '../serdes/serde.ts';
import { restoreRecordContext, saveRecordContext } from '../state/record-context.ts';
import type { Windowed } from '../state/stores.ts';
import { type NodeContext, RunningNode } from '../topology/running-node.ts';
import type { Change } from './change.ts';
import { contextOf, heldContext } from './held-context.ts';
import { type HeldChange, HeldChanges, type SuppressStore } from './suppress-buffer.ts';

export type SuppressOptions = {
  readonly storeName: string;
  readonly keySerde: Serde<unknown>;
  readonly valueSerde: Serde<unknown>;
  /** In stream time, from the time that a change waits by until it leaves. */
  readonly waitMs: number;
  /** Waits by the end of the key's window, and drops deletions; else by the time of the key's first held change. */
  readonly untilWindowCloses: boolean;
  readonly recordsMax: number;
  readonly bytesMax: number;
  readonly whenFull: 'emit' | 'shut-down';
};

/** Where a held change stands in the queue. */
type Place = { readonly key: unknown; sizeBytes: number };

const TIME_SIZE = 8;

/** Holds back changes of a table: the latest of each key, which leave in the order of (time, key bytes). */
export class Suppress extends RunningNode {
  readonly #options: SuppressOptions;
  /** By time and key bytes; made of the store's rows, which a restart restores. */
  #queue: OrderedMap<Place> | null = null;
  #store: SuppressStore | null = null;
  #changes: HeldChanges | null = null;
  #streamTimeMs = -1;
  /** The time of the first in the queue. */
  #earliestMs = Number.POSITIVE_INFINITY;
  #bytes = 0;

  constructor(name: string, options: SuppressOptions) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    const { storeName, valueSerde } = this.#options;
    this.#store = context.getStore(storeName) as SuppressStore;
    this.#changes = new HeldChanges(valueSerde, `${context.applicationId}-${storeName}-changelog`);
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    const { waitMs, whenFull, recordsMax, bytesMax } = this.#options;
    const queue = this.#queue ?? this.#restoredQueue();
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    this.#hold(queue, key, change, timestamp);
    const dueMs = this.#streamTimeMs - waitMs;
    this.#releaseWhile(queue, () => this.#earliestMs <= dueMs);
    if (!this.#isOver(queue)) return;
    if (whenFull === 'emit') {
      this.#releaseWhile(queue, () => this.#isOver(queue));
      return;
    }
    throw new StreamsError(
      'STREAMS_FAILED',
      `${this.name} buffer exceeded its max capacity. Currently [${queue.size}/${recordsMax}] records and ` +
        `[${this.#bytes}/${bytesMax}] bytes.`,
    );
  }

  #hold(queue: OrderedMap<Place>, key: unknown, change: Change, timestamp: number): void {
    const store = this.#store!;
    const changes = this.#changes!;
    const context = heldContext(this.context.record, timestamp);
    const held = store.get(key);
    const next =
      held === null
        ? changes.first(this.#timeOf(key, timestamp), change, context)
        : changes.next(held, change, context);
    store.put(key, next);
    this.#enqueue(queue, key, next);
  }

  #timeOf(key: unknown, timestamp: number): number {
    return this.#options.untilWindowCloses ? (key as Windowed<unknown>).window.endMs : timestamp;
  }

  /** After a restart what was held is in the store again. */
  #restoredQueue(): OrderedMap<Place> {
    const queue = new OrderedMap<Place>();
    for (const [key, held] of this.#store!.all()) this.#enqueue(queue, key, held);
    this.#queue = queue;
    return queue;
  }

  #enqueue(queue: OrderedMap<Place>, key: unknown, held: HeldChange): void {
    const keyBytes = this.#options.keySerde.serialize(key, this.#options.storeName);
    const place = new Uint8Array(TIME_SIZE + keyBytes.length);
    writeInt64(place, 0, held.timeMs);
    place.set(keyBytes, TIME_SIZE);
    const sizeBytes = keyBytes.length + held.sizeBytes;
    const replaced = queue.set(place, { key, sizeBytes });
    this.#bytes += sizeBytes - (replaced?.sizeBytes ?? 0);
    this.#earliestMs = Math.min(this.#earliestMs, held.timeMs);
  }

  #isOver(queue: OrderedMap<Place>): boolean {
    return queue.size > this.#options.recordsMax || this.#bytes > this.#options.bytesMax;
  }

  #releaseWhile(queue: OrderedMap<Place>, isDue: () => boolean): void {
    if (!isDue()) return;
    const cursor = queue.scan(ALL_KEYS);
    try {
      let hasNext = cursor.next();
      while (hasNext && isDue()) {
        const { key: place, value } = cursor;
        const held = this.#store!.get(value.key)!;
        // Held until it has left: who looks the row up meanwhile still sees what was known downstream.
        this.#emit(value.key, held);
        this.#store!.put(value.key, null);
        queue.delete(place);
        this.#bytes -= value.sizeBytes;
        hasNext = cursor.next();
        this.#earliestMs = hasNext ? timeOf(cursor.key) : Number.POSITIVE_INFINITY;
      }
    } finally {
      cursor.close();
    }
  }

  #emit(key: unknown, held: HeldChange): void {
    if (held.parts.new === null && this.#options.untilWindowCloses) return;
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

function timeOf(place: Uint8Array): number {
  return readInt64(place, 0);
}
