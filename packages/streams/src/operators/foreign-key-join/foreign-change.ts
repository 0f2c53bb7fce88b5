import { type NodeContext, RunningNode } from '../../topology/running-node.ts';
import type { Change } from '../change.ts';
import { answerTo } from './subscription-answer.ts';
import type { SubscriptionStoreOptions } from './subscription-receive.ts';
import type { SubscriptionStore } from './subscription-store.ts';

/** Tells each change of a right row to all its subscribers, in the order of their keys' bytes. */
export class ForeignChange extends RunningNode {
  readonly #options: SubscriptionStoreOptions & { readonly skipsPast: boolean };
  #store: SubscriptionStore | null = null;

  /** `skipsPast`: the right table keeps history, and changes of its past are left out. */
  constructor(name: string, options: SubscriptionStoreOptions & { readonly skipsPast: boolean }) {
    super(name);
    this.#options = options;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#store = context.getStore(this.#options.store) as SubscriptionStore;
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    if (key === null) {
      this.context.dropped(this.name, 'null key');
      return;
    }
    const { keys, topic, skipsPast } = this.#options;
    if (skipsPast && !change.isLatest) {
      this.context.dropped(this.name, 'change of the past');
      return;
    }
    for (const [, { value: subscription }] of this.#store!.prefixScan(keys.prefixOf(key, topic))) {
      this.forward(subscription.primaryKey, answerTo(subscription, change.new), timestamp);
    }
  }
}
