import { StreamsError } from '../errors.ts';
import { restoreRecordContext, saveRecordContext } from '../state/record-context.ts';
import type { KeyValueStore } from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';
import { contextOf, heldContext } from './held-context.ts';
import type { HeldKey, HeldRecord } from './held-records.ts';
import { StreamTableJoin, type StreamTableJoinOptions } from './stream-table-join.ts';

const SEQUENCE_MAX = 0x7fffffff;

/** Holds records back for a grace period, so that the table's rows of their time can arrive before they are joined. */
export class StreamTableGraceJoin extends StreamTableJoin {
  readonly #storeName: string;
  readonly #graceMs: number;
  #held: KeyValueStore<HeldKey, HeldRecord> | null = null;
  #streamTimeMs = -1;
  #oldestMs = Number.POSITIVE_INFINITY;
  #sequence = 0;

  constructor(name: string, options: StreamTableJoinOptions, buffer: { storeName: string; graceMs: number }) {
    super(name, options);
    this.#storeName = buffer.storeName;
    this.#graceMs = buffer.graceMs;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#held = context.getStore(this.#storeName) as KeyValueStore<HeldKey, HeldRecord>;
    for (const [{ timestamp, sequence }] of this.#held.all()) {
      this.#oldestMs = Math.min(this.#oldestMs, timestamp);
      this.#sequence = Math.max(this.#sequence, sequence);
    }
  }

  protected override process(key: unknown, value: unknown, timestamp: number): void {
    if (this.isDropped(key, value)) {
      this.context.dropped(this.name, 'null key or value');
      return;
    }
    // Late or not: whether a record is refused must not depend on when it comes.
    if (key === null) {
      throw new StreamsError(
        'NULL_ARGUMENT',
        `${this.name} has a grace period and cannot hold a record without a key; filter null keys out before the join`,
      );
    }
    this.#streamTimeMs = Math.max(this.#streamTimeMs, timestamp);
    const dueMs = this.#streamTimeMs - this.#graceMs;
    if (timestamp < dueMs) this.join(key, value, timestamp);
    else this.#hold(key, value, timestamp);
    if (this.#oldestMs <= dueMs) this.#release(dueMs);
  }

  #hold(key: unknown, value: unknown, timestamp: number): void {
    this.#sequence = this.#sequence === SEQUENCE_MAX ? 0 : this.#sequence + 1;
    const context = heldContext(this.context.record, timestamp);
    this.#held!.put({ timestamp, key, sequence: this.#sequence }, { value, context });
    this.#oldestMs = Math.min(this.#oldestMs, timestamp);
  }

  #release(dueMs: number): void {
    this.#oldestMs = Number.POSITIVE_INFINITY;
    const { record } = this.context;
    const saved = saveRecordContext(record);
    try {
      for (const [heldKey, held] of this.#held!.all()) {
        if (heldKey.timestamp > dueMs) {
          this.#oldestMs = heldKey.timestamp;
          break;
        }
        this.#held!.put(heldKey, null);
        restoreRecordContext(record, contextOf(held.context));
        this.join(heldKey.key, held.value, heldKey.timestamp);
      }
    } finally {
      restoreRecordContext(record, saved);
    }
  }
}
