import type { Serde } from '../../serdes/serde.ts';
import type { TimestampedKeyValueStore } from '../../state/stores.ts';
import { type NodeContext, RunningNode } from '../../topology/running-node.ts';
import type { Change } from '../change.ts';
import { type GetterSpec, makeGetter, type ValueGetter } from '../value-getter.ts';
import { type CombinedKey, combinedKeyPrefix, INSTRUCTIONS, type Response, type Subscription } from './messages.ts';

type Subscriptions = TimestampedKeyValueStore<CombinedKey, Subscription>;

/** Keeps what is subscribed to, and passes each subscription on under (foreign key, primary key). */
export class SubscriptionReceive extends RunningNode {
  readonly #storeName: string;
  #subscriptions: Subscriptions | null = null;

  constructor(name: string, storeName: string) {
    super(name);
    this.#storeName = storeName;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#subscriptions = context.getStore(this.#storeName) as Subscriptions;
  }

  protected process(foreignKey: unknown, message: Subscription, timestamp: number): void {
    const { instruction, primaryKey } = message;
    const combined: CombinedKey = { foreignKey, primaryKey };
    if (foreignKey === null) {
      if (instruction !== INSTRUCTIONS.propagateNullIfAbsent) {
        this.context.dropped(this.name, 'null foreign key');
        return;
      }
    } else {
      const isDelete =
        instruction === INSTRUCTIONS.deleteAndKeepQuiet || instruction === INSTRUCTIONS.deleteAndPropagate;
      this.#subscriptions!.put(combined, isDelete ? null : { value: message, timestamp });
    }
    this.forward(combined, message, timestamp);
  }
}

/** Answers a subscription with the present row of its foreign key. */
export class SubscriptionJoin extends RunningNode {
  readonly #foreignTable: GetterSpec;
  #rows: ValueGetter | null = null;

  constructor(name: string, foreignTable: GetterSpec) {
    super(name);
    this.#foreignTable = foreignTable;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#rows = makeGetter(this.#foreignTable, context);
  }

  protected process(combined: CombinedKey, message: Subscription, timestamp: number): void {
    const { hash, instruction, primaryPartition } = message;
    if (instruction === INSTRUCTIONS.deleteAndKeepQuiet) return;
    const row = combined.foreignKey === null ? null : this.#rows!.get(combined.foreignKey);
    if (row === null && instruction === INSTRUCTIONS.propagateOnlyIfPresent) return;
    const isDelete = instruction === INSTRUCTIONS.deleteAndPropagate;
    const answer: Response = { hash, foreignValue: isDelete || row === null ? null : row.value, primaryPartition };
    this.forward(combined.primaryKey, answer, row === null ? timestamp : Math.max(timestamp, row.timestamp));
  }
}

/** Tells all subscribers of a foreign key that its row has changed. */
export class ForeignTableChange extends RunningNode {
  readonly #storeName: string;
  readonly #foreignKeySerde: Serde<unknown>;
  readonly #skipsPast: boolean;
  #subscriptions: Subscriptions | null = null;

  constructor(name: string, storeName: string, foreignKeySerde: Serde<unknown>, skipsPast: boolean) {
    super(name);
    this.#storeName = storeName;
    this.#foreignKeySerde = foreignKeySerde;
    this.#skipsPast = skipsPast;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#subscriptions = context.getStore(this.#storeName) as Subscriptions;
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    if (key === null || (this.#skipsPast && !change.isLatest)) {
      this.context.dropped(this.name, key === null ? 'null key' : 'change of the past');
      return;
    }
    const prefix = combinedKeyPrefix(this.#foreignKeySerde, key, this.#storeName);
    for (const [combined, subscribed] of this.#subscriptions!.prefixScan(prefix)) {
      const { hash, primaryPartition } = subscribed.value;
      const answer: Response = { hash, foreignValue: change.new, primaryPartition };
      this.forward(combined.primaryKey, answer, Math.max(timestamp, subscribed.timestamp));
    }
  }
}
