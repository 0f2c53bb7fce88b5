import { type NodeContext, RunningNode } from '../../topology/running-node.ts';
import type { CombinedKeys } from './combined-key.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionStore } from './subscription-store.ts';

export type SubscriptionStoreOptions = {
  readonly store: string;
  readonly keys: CombinedKeys;
  /** The subscriptions' topic; serdes are told it. */
  readonly topic: string;
};

/** Keeps or deletes each subscription where the right rows are, so that changes of them find their subscribers. */
export class SubscriptionReceive extends RunningNode {
  readonly #options: SubscriptionStoreOptions;
  #store: SubscriptionStore | null = null;

  constructor(name: string, options: SubscriptionStoreOptions) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#options.store) as SubscriptionStore;
  }

  protected process(foreignKey: unknown, subscription: Subscription, timestamp: number): void {
    const { instruction, primaryKey } = subscription;
    if (foreignKey === null) {
      // Of a left join's row that names no right one: it waits for an answer, but for no change.
      if (instruction === 'answer-always') this.forward(null, subscription, timestamp);
      else this.context.dropped(this.name, 'null foreign key');
      return;
    }
    const { keys, topic } = this.#options;
    const isDeleted = instruction === 'delete' || instruction === 'delete-and-answer';
    const row = isDeleted ? null : { value: subscription, timestamp };
    this.#store!.put(keys.of(foreignKey, primaryKey, topic), row);
    this.forward(foreignKey, subscription, timestamp);
  }
}
