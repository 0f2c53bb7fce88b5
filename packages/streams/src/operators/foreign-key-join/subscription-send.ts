import { hash128 } from '../../lib/murmur3.ts';
import { isSame } from '../../lib/same.ts';
import type { Serde } from '../../serdes/serde.ts';
import { RunningNode } from '../../topology/running-node.ts';
import type { Change } from '../change.ts';
import type { Fn2 } from '../user-functions.ts';
import { INSTRUCTIONS, type Instruction, type Subscription } from './messages.ts';

export type SubscriptionSendOptions = {
  readonly foreignKey: Fn2;
  readonly valueSerde: Serde<unknown>;
  readonly isLeft: boolean;
  readonly skipsPast: boolean;
};

/** The left side: subscribes each row to the foreign key that its value names, and ends the subscription to the old. */
export class SubscriptionSend extends RunningNode {
  readonly #options: SubscriptionSendOptions;

  constructor(name: string, options: SubscriptionSendOptions) {
    super(name);
    this.#options = options;
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    if (this.#options.skipsPast && !change.isLatest) {
      this.context.dropped(this.name, 'change of the past');
      return;
    }
    const oldKey = this.#foreignKey(key, change.old);
    const newKey = this.#foreignKey(key, change.new);
    const hash = change.new === null ? null : hash128(this.#options.valueSerde.serialize(change.new, this.name));
    const send = (foreignKey: unknown, instruction: Instruction): void => {
      const primaryPartition = Math.max(this.context.record.partition, 0);
      const message: Subscription = { hash, instruction, primaryKey: key, primaryPartition };
      this.forward(foreignKey, message, timestamp);
    };
    if (this.#options.isLeft) {
      if (oldKey !== null && !isSame(oldKey, newKey)) send(oldKey, INSTRUCTIONS.deleteAndKeepQuiet);
      // Also without a foreign key: the answer, null, makes the row with nothing on its right, or its deletion.
      send(newKey, INSTRUCTIONS.propagateNullIfAbsent);
    } else if (newKey === null) {
      if (oldKey !== null) send(oldKey, INSTRUCTIONS.deleteAndPropagate);
      else if (change.new !== null) this.context.dropped(this.name, 'null foreign key');
    } else if (oldKey === null) {
      send(newKey, INSTRUCTIONS.propagateOnlyIfPresent);
    } else {
      if (!isSame(oldKey, newKey)) send(oldKey, INSTRUCTIONS.deleteAndKeepQuiet);
      // A result may stand downstream: if the new key has no row, that must go.
      send(newKey, INSTRUCTIONS.propagateNullIfAbsent);
    }
  }

  #foreignKey(key: unknown, value: unknown): unknown {
    return value === null ? null : (this.#options.foreignKey(value, key) ?? null);
  }
}
