import { equalBytes } from '../../lib/bytes.ts';
import { hash128 } from '../../lib/murmur3.ts';
import type { Serde } from '../../serdes/serde.ts';
import { RunningNode } from '../../topology/running-node.ts';
import type { Change } from '../change.ts';
import type { Fn2 } from '../user-functions.ts';
import type { Instruction, Subscription } from './subscription.ts';

export type SubscriptionRegistrationOptions = {
  readonly join: 'inner' | 'left';
  /** Gets the left value, then the left key. */
  readonly foreignKey: Fn2;
  readonly foreignKeySerde: Serde<unknown>;
  readonly valueSerde: Serde<unknown>;
  /** The topic behind this node; serdes are told it. */
  readonly topic: string;
  /** The left table keeps history: changes of its past are left out. */
  readonly skipsPast: boolean;
};

/** Turns each change of a left row into subscriptions to the right rows that its old and new value name. */
export class SubscriptionRegistration extends RunningNode {
  readonly #options: SubscriptionRegistrationOptions;

  constructor(name: string, options: SubscriptionRegistrationOptions) {
    super(name);
    this.#options = options;
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    if (this.#options.skipsPast && !change.isLatest) {
      this.context.dropped(this.name, 'change of the past');
      return;
    }
    if (change.old === null && change.new === null) return;
    const old = this.#foreignKeyOf(key, change.old);
    const next = this.#foreignKeyOf(key, change.new);
    const hash = change.new === null ? null : hash128(this.#options.valueSerde.serialize(change.new, this.#topic));
    const send = (foreignKey: unknown, instruction: Instruction): void => {
      const { partition } = this.context.record;
      const primaryPartition = partition < 0 ? null : partition;
      const subscription: Subscription = { hash, instruction, primaryKey: key, primaryPartition };
      this.forward(foreignKey, subscription, timestamp);
    };
    if (this.#options.join === 'left') this.#sendLeft(old, next, send);
    else this.#sendInner(change, old, next, send);
  }

  /** Every change is answered, also one that names no right row: the left row is then the whole result. */
  #sendLeft(old: unknown, next: unknown, send: (foreignKey: unknown, instruction: Instruction) => void): void {
    if (old !== null && !this.#isSame(old, next)) send(old, 'delete');
    send(next, 'answer-always');
  }

  #sendInner(
    change: Change,
    old: unknown,
    next: unknown,
    send: (foreignKey: unknown, instruction: Instruction) => void,
  ): void {
    if (next === null) {
      if (change.new !== null) this.context.dropped(this.name, 'null foreign key');
      // Whether there was a result to delete is known to nobody, so a deletion may come without one.
      if (old !== null) send(old, 'delete-and-answer');
      return;
    }
    if (old === null || this.#isSame(old, next)) {
      // Without a right row there is no result now, and was none before.
      send(next, 'answer-if-found');
      return;
    }
    send(old, 'delete');
    send(next, 'answer-always');
  }

  #foreignKeyOf(key: unknown, value: unknown): unknown {
    return value === null ? null : (this.#options.foreignKey(value, key) ?? null);
  }

  /** Equal bytes are the same key; the old subscription may lie in another partition than the new one. */
  #isSame(old: unknown, next: unknown): boolean {
    if (next === null) return false;
    const { foreignKeySerde } = this.#options;
    return equalBytes(foreignKeySerde.serialize(old, this.#topic), foreignKeySerde.serialize(next, this.#topic));
  }

  get #topic(): string {
    return this.#options.topic;
  }
}
